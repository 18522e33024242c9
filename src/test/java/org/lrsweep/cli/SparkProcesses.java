package org.lrsweep.cli;

import java.io.File;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.spark.launcher.JavaModuleOptions;
import org.lrsweep.testing.FaultFileSystem;

/**
 * JVMs of Spark on the loopback interface, from the jars that the package phase leaves in {@code
 * target}. Closing ends them all, with the executors that they started.
 */
final class SparkProcesses implements AutoCloseable {
  private static final Path TARGET = Path.of("target").toAbsolutePath();

  private final Path folder;
  private final Path jars;
  private final List<Process> started = new ArrayList<>();
  private int drivers;

  /** A JVM and the file that holds what it printed. */
  record SparkProcess(Process process, Path log) {
    /** What the process has printed, to both streams. */
    String printed() throws IOException {
      return Files.readString(log);
    }

    /** Waits for a line to be printed; returns the pattern's match. */
    Matcher await(String pattern) throws IOException, InterruptedException {
      long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(90);
      while (true) {
        boolean ended = process.waitFor(50, TimeUnit.MILLISECONDS);
        Matcher matcher = Pattern.compile(pattern).matcher(printed());
        if (matcher.find()) {
          return matcher;
        }
        if (ended || System.nanoTime() > deadline) {
          throw new AssertionError("no '" + pattern + "' in what was printed:\n" + printed());
        }
      }
    }

    /** Waits for the end of the process. */
    int exitCode() throws InterruptedException {
      if (!process.waitFor(4, TimeUnit.MINUTES)) {
        throw new AssertionError(log.getFileName() + " still runs after four minutes");
      }
      return process.exitValue();
    }
  }

  /**
   * Prepares a Spark installation.
   *
   * @param folder is to hold the installation, the logs and everything that Spark writes
   */
  SparkProcesses(Path folder) throws IOException {
    this.folder = folder;
    jars = Files.createSymbolicLink(folder.resolve("jars"), TARGET.resolve("spark-runtime"));
  }

  /** Starts a standalone master; returns its URL. */
  String startMaster() throws IOException, InterruptedException {
    List<String> options = List.of("--host", "127.0.0.1", "--port", "0", "--webui-port", "0");
    return start("master", "org.apache.spark.deploy.master.Master", options)
        .await("Starting Spark master at (spark://127\\.0\\.0\\.1:\\d+)")
        .group(1);
  }

  /** Starts a worker with one core, and waits until the master knows it. */
  SparkProcess startWorker(String name, String master) throws IOException, InterruptedException {
    List<String> options = new ArrayList<>(List.of("--host", "127.0.0.1", "--webui-port", "0"));
    options.addAll(List.of("--cores", "1", "--memory", "1g"));
    options.addAll(List.of("--work-dir", folder.resolve(name).toString(), master));
    SparkProcess worker = start(name, "org.apache.spark.deploy.worker.Worker", options);
    worker.await("Successfully registered with master");
    return worker;
  }

  /** Submits a command of lrsweep in client mode, as submit/local.sh does. */
  SparkProcess submit(String master, List<String> command) throws IOException {
    return submit(master, List.of(), command);
  }

  /**
   * Submits a command with more properties of Spark.
   *
   * @param properties as {@code key=value}
   */
  SparkProcess submit(String master, List<String> properties, List<String> command)
      throws IOException {
    List<String> options = new ArrayList<>(List.of("--master", master));
    options.addAll(List.of("--properties-file", "conf/spark-local.conf"));
    properties.forEach(property -> options.addAll(List.of("--conf", property)));
    options.addAll(List.of("--class", LrSweep.class.getName(), applicationJar().toString()));
    options.addAll(command);
    drivers++;
    String name = drivers == 1 ? "driver" : "driver-" + drivers;
    return start(name, "org.apache.spark.deploy.SparkSubmit", options);
  }

  private static Path applicationJar() throws IOException {
    try (DirectoryStream<Path> jars = Files.newDirectoryStream(TARGET, "lrsweep-*-app.jar")) {
      return jars.iterator().next();
    }
  }

  /** A folder with {@link FaultFileSystem} and nothing else of the tests. */
  private Path faults() throws IOException {
    Path classes = TARGET.resolve("test-classes");
    Path copies = folder.resolve("faults");
    Path room = Path.of(FaultFileSystem.class.getPackageName().replace('.', '/'));
    Files.createDirectories(copies.resolve(room));
    try (DirectoryStream<Path> files =
        Files.newDirectoryStream(classes.resolve(room), "FaultFileSystem*.class")) {
      for (Path file : files) {
        Files.copy(
            file, copies.resolve(classes.relativize(file)), StandardCopyOption.REPLACE_EXISTING);
      }
    }
    return copies;
  }

  private SparkProcess start(String name, String mainClass, List<String> options)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(JavaModuleOptions.defaultModuleOptions().split(" ")));
    command.addAll(List.of("-Djava.awt.headless=true", "-Xmx1g"));
    // Workers take a SIGPWR for the notice of their end; drivers must ask for it themselves.
    if (mainClass.endsWith("Worker")) {
      command.add("-Dspark.decommission.enabled=true");
    }
    command.addAll(
        List.of("-cp", faults() + File.pathSeparator + TARGET.resolve("spark-runtime") + "/*"));
    command.add(mainClass);
    command.addAll(options);

    Path log = folder.resolve(name + ".log");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
    builder.environment().keySet().removeIf(variable -> variable.startsWith("SPARK_"));
    builder
        .environment()
        .putAll(
            Map.of(
                "SPARK_HOME", folder.toString(),
                "SPARK_SCALA_VERSION", "2.12",
                "SPARK_LOCAL_IP", "127.0.0.1",
                "SPARK_LOCAL_DIRS", folder.resolve("scratch").toString(),
                "OMP_NUM_THREADS", "1"));
    Process process = builder.start();
    started.add(process);
    return new SparkProcess(process, log);
  }

  @Override
  public void close() throws IOException {
    List<ProcessHandle> running =
        started.stream()
            .flatMap(process -> Stream.concat(Stream.of(process.toHandle()), process.descendants()))
            .toList();
    running.forEach(ProcessHandle::destroyForcibly);
    running.forEach(process -> process.onExit().orTimeout(30, TimeUnit.SECONDS).join());
    Files.delete(jars);
  }
}
