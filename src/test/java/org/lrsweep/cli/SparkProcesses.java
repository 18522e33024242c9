package org.lrsweep.cli;

import java.io.File;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.spark.launcher.JavaModuleOptions;
import org.lrsweep.testing.FaultFileSystem;
import org.lrsweep.testing.RunningProcess;

/**
 * Drivers in JVMs of their own, on Spark from the jars that the package phase leaves in {@code
 * target}. Closing ends them all, with the executors that they started.
 */
final class SparkProcesses implements AutoCloseable {
  private static final Path TARGET = Path.of("target").toAbsolutePath();

  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private final Path folder;
  private final Path jars;
  private final List<Process> started = new ArrayList<>();
  private int drivers;

  /**
   * Prepares a Spark installation.
   *
   * @param folder is to hold the installation, the logs and everything that Spark writes
   */
  SparkProcesses(Path folder) throws IOException {
    this.folder = folder;
    jars = Files.createSymbolicLink(folder.resolve("jars"), TARGET.resolve("spark-runtime"));
  }

  /**
   * Submits a command of lrsweep in client mode, as submit/local.sh does.
   *
   * @param properties of Spark, as {@code key=value}
   */
  RunningProcess submit(String master, List<String> properties, List<String> command)
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

  private RunningProcess start(String name, String mainClass, List<String> options)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(JavaModuleOptions.defaultModuleOptions().split(" ")));
    command.addAll(List.of("-Djava.awt.headless=true", "-Xmx1g"));
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
    return new RunningProcess(process, log, PATIENCE);
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
