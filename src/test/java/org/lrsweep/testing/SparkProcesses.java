package org.lrsweep.testing;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.apache.spark.launcher.JavaModuleOptions;
import org.apache.spark.package$;
import org.lrsweep.cli.LrSweep;

/**
 * A Spark installation, made of the jars that the build leaves in {@code target}, and processes on
 * the loopback interface that use it. Closing ends them all, with those that they started.
 */
public final class SparkProcesses implements AutoCloseable {
  /** The version that the build resolves. */
  public static final String SPARK_VERSION = package$.MODULE$.SPARK_VERSION();

  public static final Path TARGET = Path.of("target").toAbsolutePath();

  /** Processes of some seconds lose more by good machine code than they win. */
  public static final String QUICK_START = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC";

  /**
   * The same without verifying bytecode, where no test changes any of it, nor takes another Spark.
   */
  public static final String UNVERIFIED =
      QUICK_START + " -XX:+UnlockDiagnosticVMOptions -XX:-BytecodeVerificationRemote";

  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final String JAVA =
      Path.of(System.getProperty("java.home"), "bin/java").toString();
  private static final List<String> JVM_OPTIONS =
      Stream.concat(
              Stream.of(JavaModuleOptions.defaultModuleOptions().split(" ")),
              Stream.concat(
                  Stream.of(UNVERIFIED.split(" ")),
                  Stream.of("-Djava.awt.headless=true", "-Xmx1g")))
          .toList();

  private final Path home;
  private final List<RunningProcess> started = new ArrayList<>();

  /** An installation in a folder, which also gets the logs and everything that Spark writes. */
  public SparkProcesses(Path folder) throws IOException {
    home = folder;
    Path jars = Files.createDirectory(home.resolve("jars"));
    link(TARGET.resolve("spark-runtime"), jars);
    link(TARGET.resolve("cluster-runtime"), jars);
    writeFaults(jars.resolve("faults.jar"));
    // What Spark's own script does, which no jar holds.
    Path sparkSubmit = Files.createDirectory(home.resolve("bin")).resolve("spark-submit");
    Files.writeString(
        sparkSubmit,
        """
        #!/bin/sh
        exec %s %s -cp "$SPARK_HOME/jars/*:${HADOOP_CONF_DIR:-.}" org.apache.spark.deploy.SparkSubmit "$@"
        """
            .formatted(JAVA, String.join(" ", JVM_OPTIONS)));
    if (!sparkSubmit.toFile().setExecutable(true)) {
      throw new IOException(sparkSubmit + " can't be made executable");
    }
  }

  /**
   * An installation of a release, of whose jars {@code src/bench/spark-home.sh} makes it; those of
   * another version than the build's come from Maven Central.
   */
  public SparkProcesses(Path folder, String version) throws IOException, InterruptedException {
    home = folder;
    List<String> command = new ArrayList<>(List.of("src/bench/spark-home.sh", folder.toString()));
    if (!version.equals(SPARK_VERSION)) {
      command.add(version);
    }
    int exitCode = new ProcessBuilder(command).inheritIO().start().waitFor();
    if (exitCode != 0) {
      throw new IOException("no Spark " + version + ": exit code " + exitCode);
    }
  }

  private static void link(Path from, Path to) throws IOException {
    try (DirectoryStream<Path> jars = Files.newDirectoryStream(from, "*.jar")) {
      for (Path jar : jars) {
        Files.createSymbolicLink(to.resolve(jar.getFileName()), jar);
      }
    }
  }

  /** A jar with {@link FaultFileSystem}, {@link FaultPlugin} and nothing else of the tests. */
  private static void writeFaults(Path jar) throws IOException {
    Path classes = TARGET.resolve("test-classes");
    Path room = classes.resolve(FaultFileSystem.class.getPackageName().replace('.', '/'));
    try (DirectoryStream<Path> files = Files.newDirectoryStream(room, "Fault*.class");
        JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
      for (Path file : files) {
        out.putNextEntry(new JarEntry(classes.relativize(file).toString()));
        Files.copy(file, out);
      }
    }
  }

  /** Where Spark's jars are. */
  public Path jars() {
    return home.resolve("jars");
  }

  /** Starts a standalone master; returns its URL. */
  public String startMaster() throws IOException, InterruptedException {
    return start(
            "master",
            java("org.apache.spark.deploy.master.Master"),
            List.of("--host", "127.0.0.1", "--port", "0", "--webui-port", "0"),
            Map.of())
        .await("Starting Spark master at (spark://127\\.0\\.0\\.1:\\d+)")
        .group(1);
  }

  /** Starts a worker with room for an executor and a driver; waits until the master knows it. */
  public RunningProcess startWorker(String name, String host, String master)
      throws IOException, InterruptedException {
    List<String> options = new ArrayList<>(List.of("--host", host, "--webui-port", "0"));
    options.addAll(List.of("--cores", "2", "--memory", "2g"));
    options.addAll(List.of("--work-dir", home.resolve(name).toString(), master));
    RunningProcess worker =
        start(
            name,
            java("org.apache.spark.deploy.worker.Worker"),
            options,
            Map.of("SPARK_LOCAL_IP", host));
    worker.await("Successfully registered with master");
    return worker;
  }

  /** Starts a main class of the tests, with Spark's jars and those of a folder of the build. */
  public RunningProcess startMain(Class<?> main, String runtime, List<String> arguments)
      throws IOException {
    List<String> command = new ArrayList<>(List.of(JAVA));
    command.addAll(JVM_OPTIONS);
    String classPath = "%1$s/test-classes:%1$s/%2$s/*:%3$s/*".formatted(TARGET, runtime, jars());
    command.addAll(List.of("-cp", classPath, main.getName()));
    return start(main.getSimpleName(), command, arguments, Map.of());
  }

  /** Starts the jar that the build leaves in a folder of its own. */
  public RunningProcess startJar(String folder, List<String> arguments) throws IOException {
    try (DirectoryStream<Path> jars = Files.newDirectoryStream(TARGET.resolve(folder), "*.jar")) {
      List<String> command = List.of(JAVA, "-Xmx512m", "-jar", jars.iterator().next().toString());
      return start(folder, command, arguments, Map.of());
    }
  }

  /** Submits by a script of {@code submit/}: a command of lrsweep and what follows it. */
  public RunningProcess submit(
      String script, Map<String, String> environment, List<String> arguments) throws IOException {
    return start(script, List.of("submit/" + script), arguments, environment);
  }

  /**
   * Submits a command of lrsweep in client mode, to local mode and past the scripts. The first that
   * ends well leaves its classes in an archive, from which later ones start in less time.
   *
   * @param properties of Spark, as {@code key=value}
   */
  public RunningProcess submit(String master, List<String> properties, List<String> command)
      throws IOException {
    List<String> arguments = new ArrayList<>(List.of("--master", master));
    arguments.addAll(List.of("--properties-file", "conf/spark-local.conf"));
    properties.forEach(property -> arguments.addAll(List.of("--conf", property)));
    arguments.addAll(List.of("--class", LrSweep.class.getName(), applicationJar().toString()));
    arguments.addAll(command);
    Path archive = home.resolve("classes.jsa");
    String option = Files.exists(archive) ? "-XX:SharedArchiveFile=" : "-XX:ArchiveClassesAtExit=";
    List<String> java =
        java("org.apache.spark.deploy.SparkSubmit", option + archive, "-Xlog:cds*=off");
    return start("driver", java, arguments, Map.of());
  }

  private static Path applicationJar() throws IOException {
    try (DirectoryStream<Path> jars = Files.newDirectoryStream(TARGET, "lrsweep-*-app.jar")) {
      return jars.iterator().next();
    }
  }

  private List<String> java(String mainClass, String... options) {
    List<String> command = new ArrayList<>(List.of(JAVA));
    command.addAll(JVM_OPTIONS);
    command.addAll(List.of(options));
    command.addAll(List.of("-cp", jars() + "/*", mainClass));
    return command;
  }

  private RunningProcess start(
      String name, List<String> command, List<String> arguments, Map<String, String> environment)
      throws IOException {
    Path log = Files.createTempFile(home, name + "-", ".log");
    List<String> whole = new ArrayList<>(command);
    whole.addAll(arguments);
    ProcessBuilder builder =
        new ProcessBuilder(whole).redirectErrorStream(true).redirectOutput(log.toFile());
    builder.environment().keySet().removeIf(variable -> variable.startsWith("SPARK_"));
    builder.environment().putAll(variables(environment));
    RunningProcess process = new RunningProcess(builder.start(), log, PATIENCE);
    started.add(process);
    return process;
  }

  private Map<String, String> variables(Map<String, String> more) {
    Map<String, String> variables =
        new HashMap<>(
            Map.of(
                "JAVA_HOME",
                System.getProperty("java.home"),
                "SPARK_HOME",
                home.toString(),
                "SPARK_SCALA_VERSION",
                "2.12",
                "SPARK_LOCAL_IP",
                "127.0.0.1",
                "SPARK_LOCAL_DIRS",
                home.resolve("scratch").toString(),
                "OMP_NUM_THREADS",
                "1"));
    variables.putAll(more);
    return variables;
  }

  @Override
  public void close() throws IOException {
    List<ProcessHandle> running =
        started.stream()
            .map(RunningProcess::process)
            .flatMap(process -> Stream.concat(Stream.of(process.toHandle()), process.descendants()))
            .toList();
    running.forEach(ProcessHandle::destroyForcibly);
    running.forEach(process -> process.onExit().orTimeout(30, TimeUnit.SECONDS).join());
    // JUnit warns of each link out of a folder that it deletes.
    try (DirectoryStream<Path> links = Files.newDirectoryStream(jars(), Files::isSymbolicLink)) {
      for (Path link : links) {
        Files.delete(link);
      }
    }
  }
}
