package org.lrsweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lrsweep.testing.TriedInput;

/** What the scripts of submit/ would run, and what they refuse; nothing is submitted. */
class SubmitScriptsTest {
  private static final String RUN = "run --config conf/quickstart.conf";
  private static final Path REPOSITORY = Path.of("").toAbsolutePath();

  @TempDir Path folder;
  private final Map<String, String> environment = new HashMap<>();

  private record Execution(int exitCode, String out, String err) {}

  @BeforeEach
  void haveASparkAJarAndAHadoop() throws IOException {
    Path sparkSubmit = folder.resolve("spark/bin/spark-submit");
    Files.createDirectories(sparkSubmit.getParent());
    assertThat(Files.createFile(sparkSubmit).toFile().setExecutable(true)).isTrue();
    Files.createFile(folder.resolve("lrsweep-app.jar"));
    Files.createFile(folder.resolve("yarn-site.xml"));

    environment.put("DRY_RUN", "1");
    environment.put("SPARK_HOME", folder.resolve("spark").toString());
    environment.put("LRSWEEP_JAR", folder.resolve("lrsweep-app.jar").toString());
    environment.put("HADOOP_CONF_DIR", folder.toString());
    environment.put("PATH", "/usr/bin:/bin");
    environment.put("HOME", folder.toString());
    environment.put("JAVA_HOME", System.getProperty("java.home"));
  }

  private Execution execute(String script, String arguments) throws Exception {
    return execute(Path.of(""), Path.of("submit", script), arguments);
  }

  private Execution execute(Path where, Path script, String arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of(script.toString()));
    command.addAll(Stream.of(arguments.split(" ")).filter(word -> !word.isEmpty()).toList());
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.directory(where.toAbsolutePath().toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    Process process = builder.start();
    process.getOutputStream().close();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Execution(process.waitFor(), out.replace("\\", ""), err);
  }

  private void runs(String script, String arguments, String... parts) throws Exception {
    Execution execution = execute(script, arguments);

    assertThat(execution.err()).isEmpty();
    assertThat(execution.exitCode()).isZero();
    assertThat(execution.out())
        .hasLineCount(1)
        .contains("--class org.lrsweep.cli.LrSweep")
        .contains(parts);
  }

  private void refuses(String script, String arguments, String sentence) throws Exception {
    Execution execution = execute(script, arguments);

    assertThat(execution.exitCode()).isEqualTo(2);
    assertThat(execution.out()).isEmpty();
    assertThat(execution.err()).startsWith("submit/" + script + ": " + sentence).hasLineCount(1);
  }

  @Test
  void localRunsTheQuickstartIfToldNothing() throws Exception {
    runs(
        "local.sh",
        "",
        folder.resolve("spark/bin/spark-submit").toString(),
        "--driver-memory 2048m",
        "--properties-file " + REPOSITORY.resolve("conf/spark-local.conf"),
        "lrsweep-app.jar run --config " + REPOSITORY.resolve("conf/quickstart.conf"));
  }

  @Test
  void localStartsSparksClassWhereThereIsNoSparkHome() throws Exception {
    environment.remove("SPARK_HOME");
    environment.put("LRSWEEP_MEMORY", "3g");

    runs("local.sh", RUN, "java -Xmx3072m", "org.apache.spark.deploy.SparkSubmit");
  }

  @Test
  void whatFollowsTheDashesGoesToSparkSubmit() throws Exception {
    environment.put("MASTER", "spark://host:7077");
    String arguments = RUN + " --set seed=1 -- --conf spark.task.cpus=2 --name two";
    String options = "--conf spark.task.cpus=2 --name two --class";
    String command = "lrsweep-app.jar " + RUN + " --set seed=1 ";

    runs("local.sh", arguments, options.replace("--class", "--driver-memory"), command);
    runs("standalone.sh", arguments, options, command);
    runs("yarn.sh", arguments.replace("-- ", "-- --deploy-mode client "), options, command);
  }

  @Test
  void standaloneTakesTheMasterFromTheOptionOrTheEnvironment() throws Exception {
    String sparkProperties =
        " --properties-file " + REPOSITORY.resolve("conf/spark-standalone.conf");
    environment.put("MASTER", "spark://host:7077");

    runs("standalone.sh", RUN, "--master spark://host:7077" + sparkProperties);
    runs("standalone.sh", RUN + " -- --master spark://a:1", "--master spark://a:1");
  }

  @Test
  void aStandaloneDriverElsewhereIsGivenPathsThatHoldThere() throws Exception {
    environment.put("MASTER", "spark://host:7077");

    runs(
        "standalone.sh",
        RUN + " -- --deploy-mode cluster",
        "--driver-java-options -XX:+IgnoreUnrecognizedVMOptions",
        "--config " + Path.of("conf/quickstart.conf").toAbsolutePath());
    runs(
        "standalone.sh",
        "run --config hdfs://name/e.conf -- --deploy-mode=cluster",
        "--config hdfs://name/e.conf");
  }

  @Test
  void yarnSendsTheExperimentToTheDriver() throws Exception {
    String file = Path.of("conf/quickstart.conf").toAbsolutePath().toString();

    runs("yarn.sh", RUN, "--master yarn", "--files " + file + " ", "run --config quickstart.conf");
    runs("yarn.sh", "run --config=conf/quickstart.conf", "run --config quickstart.conf");
    runs("yarn.sh", RUN + " -- --files a,b", "--files " + file + ",a,b ");
  }

  @Test
  void yarnSendsTheDataToTheDriver() throws Exception {
    Files.createFile(folder.resolve("train-images-idx3-ubyte.gz"));
    Files.createFile(folder.resolve("t10k-labels-idx1-ubyte"));
    environment.put("FASHION_MNIST_DIR", folder.toString());

    runs(
        "yarn.sh",
        "run --config hdfs:///e.conf",
        "--conf spark.yarn.appMasterEnv.FASHION_MNIST_DIR=.",
        "--files %1$s/t10k-labels-idx1-ubyte,%1$s/train-images-idx3-ubyte.gz ".formatted(folder),
        "run --config hdfs:///e.conf");
  }

  @Test
  void aDriverOnThisMachineReadsItsFilesWhereTheyAre() throws Exception {
    environment.put("FASHION_MNIST_DIR", folder.toString());

    Execution client = execute("yarn.sh", RUN + " -- --conf spark.submit.deployMode=client");

    assertThat(client.out()).contains(RUN).doesNotContain("--files", "appMasterEnv");
  }

  @Test
  void kubernetesRunsTheJarOfTheImage() throws Exception {
    environment.remove("LRSWEEP_JAR");
    environment.put("MASTER", "k8s://https://host:6443");
    environment.put("IMAGE", "registry/lrsweep:1");

    runs(
        "kubernetes.sh",
        "run --config s3a://bucket/e.conf",
        "--master k8s://https://host:6443 --properties-file "
            + REPOSITORY.resolve("conf/spark-kubernetes.conf"),
        "--conf spark.kubernetes.container.image=registry/lrsweep:1",
        "local:///opt/lrsweep/lrsweep.jar run --config s3a://bucket/e.conf");
    runs(
        "kubernetes.sh",
        RUN + " -- --conf spark.kubernetes.file.upload.path=s3a://bucket/up",
        "--files " + Path.of("conf/quickstart.conf").toAbsolutePath(),
        "run --config quickstart.conf");
  }

  @Test
  @TriedInput(
      input = "`kubernetes.sh` with files of this machine and no place to upload them to",
      gets = "files of this machine need a place to be uploaded to ...")
  @TriedInput(input = "`kubernetes.sh` without `IMAGE`", gets = "no image; set IMAGE= ...")
  void kubernetesRefusesFilesThatNoPodCouldRead() throws Exception {
    environment.put("MASTER", "k8s://https://host:6443");
    environment.put("IMAGE", "registry/lrsweep:1");

    refuses("kubernetes.sh", RUN, "files of this machine need a place to be uploaded to");
    environment.remove("IMAGE");
    refuses("kubernetes.sh", RUN, "no image; set IMAGE=");
  }

  @ParameterizedTest
  @ValueSource(strings = {"standalone.sh", "yarn.sh", "kubernetes.sh"})
  @TriedInput(
      input = "a script for a cluster without a command",
      gets = "no command; for example: submit/... run --config ...")
  void aClusterRunsNothingUnasked(String script) throws Exception {
    refuses(script, "", "no command; for example: submit/" + script + " run --config");
  }

  @ParameterizedTest
  @ValueSource(strings = {"standalone.sh", "yarn.sh", "kubernetes.sh"})
  @TriedInput(
      input = "`--deploy-mode here`",
      gets = "the deploy mode must be client or cluster ...")
  @TriedInput(
      input = "`--config no.conf`, no such file",
      gets = "--config no.conf is not a file ...")
  @TriedInput(
      input = "`--properties-file no.properties`, no such file",
      gets = "no file no.properties ...")
  @TriedInput(
      input = "`LRSWEEP_JAR=no.jar`, no such file",
      gets = "LRSWEEP_JAR=no.jar is not a file; build one with ./mvnw ...")
  @TriedInput(
      input = "`SPARK_HOME=/nowhere`",
      gets = "SPARK_HOME=/nowhere has no bin/spark-submit ...")
  @TriedInput(input = "a cluster without `SPARK_HOME`", gets = "no Spark; set SPARK_HOME ...")
  void whatIsMissingIsSaidBeforeSparkStarts(String script) throws Exception {
    environment.put("MASTER", script.equals("standalone.sh") ? "spark://h:1" : "k8s://h");
    environment.put("IMAGE", "image");
    String mode = RUN + " -- --deploy-mode ";

    refuses(script, RUN + " -- --deploy-mode here", "the deploy mode must be client or cluster");
    refuses(script, "run --config no.conf", "--config no.conf is not a file");
    refuses(script, RUN + " -- --properties-file no.properties", "no file no.properties");
    environment.put("LRSWEEP_JAR", "no.jar");
    refuses(script, mode + "client", "LRSWEEP_JAR=no.jar is not a file; build one with ./mvnw");
    environment.put("SPARK_HOME", "/nowhere");
    environment.put("LRSWEEP_JAR", folder.resolve("lrsweep-app.jar").toString());
    refuses(script, mode + "client", "SPARK_HOME=/nowhere has no bin/spark-submit");
    environment.remove("SPARK_HOME");
    refuses(script, mode + "client", "no Spark; set SPARK_HOME");
  }

  @Test
  @TriedInput(
      input = "`standalone.sh` without `MASTER`",
      gets = "no master; set MASTER=spark://host:7077 ...")
  @TriedInput(
      input = "`standalone.sh` with `MASTER=yarn`",
      gets = "the master must be like spark://host:7077, found yarn ...")
  void noMasterIsSaidBeforeSparkStarts() throws Exception {
    refuses("standalone.sh", RUN, "no master; set MASTER=spark://host:7077");
    refuses("kubernetes.sh", RUN, "no master; set MASTER=k8s://https://host:6443");
    environment.put("MASTER", "yarn");
    refuses("standalone.sh", RUN, "the master must be like spark://host:7077, found yarn");
  }

  @Test
  @TriedInput(
      input = "`yarn.sh` with a `HADOOP_CONF_DIR` of something else",
      gets = "no yarn-site.xml in ...")
  @TriedInput(
      input = "`yarn.sh` without `HADOOP_CONF_DIR`",
      gets = "no configuration of the cluster; set HADOOP_CONF_DIR ...")
  void yarnNeedsTheClustersConfiguration() throws Exception {
    environment.put("HADOOP_CONF_DIR", folder.resolve("spark").toString());
    refuses("yarn.sh", RUN, "no yarn-site.xml in ");
    environment.remove("HADOOP_CONF_DIR");
    refuses("yarn.sh", RUN, "no configuration of the cluster; set HADOOP_CONF_DIR");
  }

  /** Beside a script that says what it was called with, and with which of these variables. */
  private void haveAJavaThatTells(String version) throws IOException {
    Path java = folder.resolve("jdk/bin/java");
    Files.createDirectories(java.getParent());
    Files.writeString(
        java,
        """
        #!/bin/sh
        [ "$1" = -version ] && { echo 'openjdk version "%s" 2025-01-01' >&2; exit; }
        for word; do echo "<$word>"; done
        echo "SPARK_LOCAL_IP=$SPARK_LOCAL_IP LC_ALL=$LC_ALL HOME=$HOME"
        echo "$LRSWEEP_COMMAND | $LRSWEEP_OPTIONS"
        """
            .formatted(version));
    assertThat(java.toFile().setExecutable(true)).isTrue();
    environment.put("JAVA_HOME", folder.resolve("jdk").toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"11.0.2", "1.8.0_412", "25", "22.0.1"})
  void aJavaThatSparkCannotRunOnIsRefused(String version) throws Exception {
    haveAJavaThatTells(version);
    environment.put("MASTER", "spark://host:7077");
    String found = version.startsWith("1.") ? "8" : version.replaceAll("\\..*", "");
    String sentence =
        "LRSweep on Spark 3.5 needs Java 17, found Java %s (%s/jdk/bin/java); install JDK 17, and set JAVA_HOME to it"
            .formatted(found, folder);

    refuses("local.sh", RUN, sentence);
    refuses("standalone.sh", RUN, sentence);
    refuses("yarn.sh", RUN + " -- --deploy-mode client", sentence);
  }

  @Test
  void noJavaIsSaid() throws Exception {
    environment.put("JAVA_HOME", "/nowhere");

    refuses("local.sh", RUN, "no Java in JAVA_HOME=/nowhere; install JDK 17, and set JAVA_HOME");
  }

  @ParameterizedTest
  @ValueSource(strings = {"4gb", "4096", "4g", "4G", "4096m", "4194304kb", "4294967296b"})
  void aHeapIsSpelledAsSparkSpellsSizes(String size) throws Exception {
    environment.put("LRSWEEP_MEMORY", size);
    runs("local.sh", RUN, "--driver-memory 4096m");
    environment.remove("SPARK_HOME");
    runs("local.sh", RUN, "java -Xmx4096m");
    environment.put("LRSWEEP_MEMORY", "1g");
    runs("local.sh", RUN + " -- --driver-memory " + size, "java -Xmx4096m");
    runs("local.sh", RUN + " -- --conf spark.driver.memory=" + size, "java -Xmx4096m");
  }

  @ParameterizedTest
  @ValueSource(strings = {"much", "4x", "0", "-1g", "4.5g"})
  void aHeapThatIsNoSizeIsRefused(String size) throws Exception {
    String sentence =
        "the heap, LRSWEEP_MEMORY or spark.driver.memory, must be a size like 4g, 4096m or 4096,"
            + " found "
            + size;

    refuses("local.sh", RUN + " -- --driver-memory " + size, sentence);
    environment.put("LRSWEEP_MEMORY", size);
    refuses("local.sh", RUN, sentence);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--driver-java-options -Da=b",
        "--driver-class-path a.jar",
        "--driver-library-path=lib",
        "--conf spark.driver.extraJavaOptions=-Da=b",
        "--conf=spark.driver.extraClassPath=a.jar"
      })
  void whatNeedsSparksLauncherIsRefusedWhereThereIsNone(String option) throws Exception {
    runs("local.sh", RUN + " -- " + option, RUN);
    environment.remove("SPARK_HOME");
    String name = option.replaceAll("--conf[ =]", "").replaceAll("[ =].*", "");
    refuses("local.sh", RUN + " -- " + option, name + " needs Spark's launcher; set SPARK_HOME");
  }

  @Test
  void localRefusesClusters() throws Exception {
    refuses("local.sh", RUN + " -- --master yarn", "the master must be like local[4], found yarn");
    refuses("local.sh", RUN + " -- --deploy-mode cluster", "the driver runs here; take");
  }

  @Test
  void pathsStartWhereThePersonStands() throws Exception {
    Files.createFile(folder.resolve("my.conf"));
    environment.put("MASTER", "spark://host:7077");
    String arguments = "run --config my.conf --set output=res";

    for (String script : List.of("local.sh", "standalone.sh", "yarn.sh")) {
      Execution execution = execute(folder, REPOSITORY.resolve("submit/" + script), arguments);

      assertThat(execution.err()).isEmpty();
      assertThat(execution.out())
          .contains(script.equals("yarn.sh") ? "--files " + folder.resolve("my.conf") : "")
          .contains("lrsweep-app.jar " + arguments);
    }
    assertThat(execute(folder, REPOSITORY.resolve("submit/local.sh"), "").out())
        .contains("run --config " + REPOSITORY.resolve("conf/quickstart.conf"));
  }

  private Path repositoryWithASpaceAndALetter() throws IOException {
    Path copy = folder.resolve("my lrsweep \u00fc");
    for (String part : List.of("submit", "conf")) {
      Files.createDirectories(copy.resolve(part));
      try (Stream<Path> files = Files.list(Path.of(part))) {
        for (Path file : files.toList()) {
          Files.copy(file, copy.resolve(file), StandardCopyOption.COPY_ATTRIBUTES);
        }
      }
    }
    Files.createDirectories(copy.resolve("target/spark-runtime"));
    environment.remove("DRY_RUN");
    haveAJavaThatTells("17.0.15");
    return copy;
  }

  @Test
  void aCheckoutMayLieInAFolderWithASpaceAndALetterBeyondAscii() throws Exception {
    Path copy = repositoryWithASpaceAndALetter();
    environment.remove("SPARK_HOME");

    Execution execution = execute(copy, Path.of("submit/local.sh"), "runs -- --name b");

    assertThat(execution.err()).isEmpty();
    assertThat(execution.out())
        .contains(
            "<-Dlog4j2.configurationFile=" + copy + "/conf/log4j2.properties>",
            "<" + copy + "/target/spark-runtime/*>",
            "<" + copy + "/conf/spark-local.conf>",
            "SPARK_LOCAL_IP=127.0.0.1 LC_ALL=C.UTF-8 HOME=" + folder + "\n",
            "cd '" + copy + "' && LRSWEEP_JAR=");
    assertThat(execution.out()).endsWith(" submit/local.sh | --name b \n");
  }

  @Test
  void sparksLauncherGetsJvmOptionsThatItSplitsWhereTheyEnd() throws Exception {
    Path copy = repositoryWithASpaceAndALetter();
    Files.writeString(
        folder.resolve("spark/bin/spark-submit"), "#!/bin/sh\nfor word; do echo \"<$word>\"; done");

    Execution execution =
        execute(copy, Path.of("submit/local.sh"), "runs -- --driver-java-options -Da=b");

    assertThat(execution.err()).isEmpty();
    assertThat(execution.out())
        .contains(
            "<--driver-java-options>\n<\"-Dlog4j2.configurationFile="
                + copy
                + "/conf/log4j2.properties\" -Da=b>\n");
  }

  /** As in a container that runs under any user id. */
  @Test
  void aUserWithoutNameAndHomeIsGivenBoth() throws Exception {
    Path copy = repositoryWithASpaceAndALetter();
    environment.remove("SPARK_HOME");
    environment.put("HOME", "/nonexistent");
    Path id = Files.createDirectory(folder.resolve("bin")).resolve("id");
    Files.writeString(id, "#!/bin/sh\n[ $1 = -u ] && echo 54321\n");
    assertThat(id.toFile().setExecutable(true)).isTrue();
    environment.put("PATH", folder.resolve("bin") + ":/usr/bin:/bin");

    Execution execution = execute(copy, Path.of("submit/local.sh"), "runs");

    assertThat(execution.err()).isEmpty();
    assertThat(execution.out())
        .contains(
            "<-Duser.home=" + copy + "/target/home>\n<-Duser.name=user-54321>\n",
            "HOME=" + copy + "/target/home\n");
    assertThat(copy.resolve("target/home")).isDirectory();
    environment.put("HOME", folder.toString());
    assertThat(execute(copy, Path.of("submit/local.sh"), "runs").out())
        .contains("<-Duser.home=" + folder + ">\n<-Duser.name=user-54321>\n");
  }

  @Test
  void secretsAmongTheOptionsArePrintedNowhere() throws Exception {
    Path copy = repositoryWithASpaceAndALetter();
    environment.remove("SPARK_HOME");

    Execution execution =
        execute(
            copy, Path.of("submit/local.sh"), "runs -- --conf spark.hadoop.fs.s3a.secret.key=s");

    assertThat(execution.out()).endsWith(" submit/local.sh | <the same options>\n");
  }

  /** A folder of these commands alone, so that a script finds no other. */
  private Path tools(String... names) throws IOException {
    Path bin = Files.createDirectories(folder.resolve("tools"));
    for (String name : names) {
      Files.createSymbolicLink(bin.resolve(name), Path.of("/usr/bin", name).toRealPath());
    }
    return bin;
  }

  private void haveUname(Path bin, String system, String machine) throws IOException {
    Path uname = bin.resolve("uname");
    Files.writeString(
        uname, "#!/bin/sh\n[ $1 = -s ] && echo %s || echo %s\n".formatted(system, machine));
    assertThat(uname.toFile().setExecutable(true)).isTrue();
  }

  /** What stands for one of a Mac's. */
  private Path aMacsTools(String machine) throws IOException {
    Path bin =
        tools(
            "env",
            "bash",
            "sh",
            "basename",
            "dirname",
            "find",
            "id",
            "mkdir",
            "sed",
            "sort",
            "tail",
            "tr");
    haveUname(bin, "Darwin", machine);
    environment.put("PATH", bin.toString());
    return bin;
  }

  @ParameterizedTest
  @ValueSource(strings = {"local.sh", "standalone.sh", "yarn.sh", "kubernetes.sh"})
  void theScriptsNeedNoToolThatAMacHasNot(String script) throws Exception {
    aMacsTools("arm64");
    environment.put("MASTER", script.equals("standalone.sh") ? "spark://h:1" : "k8s://h");
    environment.put("IMAGE", "image");

    String place = "spark.kubernetes.file.upload.path=s3a://bucket/up";
    runs(script, RUN + " -- --conf " + place, "quickstart.conf");
  }

  /** The bash of macOS is of 2007: it knows less, and takes an empty array for an unset one. */
  @ParameterizedTest
  @ValueSource(strings = {"core.sh", "local.sh", "standalone.sh", "yarn.sh", "kubernetes.sh"})
  void theScriptsAreOfBash3(String script) throws IOException {
    List<String> lines = Files.readAllLines(Path.of("submit", script));

    assertThat(lines)
        .noneMatch(line -> line.matches(".*\\$\\{\\w+(,,|\\^\\^|@[A-Za-z]).*"))
        .noneMatch(line -> line.matches(".*\\b(mapfile|readarray|coproc|(declare|local) -[An]).*"))
        .noneMatch(line -> line.matches(".*(\\|&|&>>|;;&|-print -quit|readlink -f|realpath).*"))
        .noneMatch(
            line ->
                line.replaceAll("\\$\\{(\\w+)\\[@]\\+\"\\$\\{\\1\\[@]}\"}", "")
                    .matches(".*\\$\\{(options|kept|user_options)\\[[@*]]}.*"));
  }

  /** Beside a Maven that says what it was called with, and builds nothing. */
  private Path repositoryToBeBuilt() throws IOException {
    Path copy = repositoryWithASpaceAndALetter();
    environment.remove("SPARK_HOME");
    environment.remove("LRSWEEP_JAR");
    Path maven = copy.resolve("mvnw");
    Files.writeString(maven, "#!/bin/sh\necho \"mvnw $*\"\n: >target/lrsweep-1-app.jar\n");
    assertThat(maven.toFile().setExecutable(true)).isTrue();
    return copy;
  }

  @Test
  void localBuildsForTheMachineThatItRunsOn() throws Exception {
    Path copy = repositoryToBeBuilt();
    aMacsTools("arm64");

    Execution execution = execute(copy, Path.of("submit/local.sh"), "runs");

    assertThat(execution.err())
        .isEqualTo(
            """
            Building LRSweep ...
            mvnw -q -B -Djavacpp.platform=macosx-arm64 -DskipTests package
            """);
    assertThat(execution.exitCode()).isZero();
    assertThat(execution.out()).contains("<" + copy + "/target/lrsweep-1-app.jar>", "LC_ALL= ");
  }

  @Test
  @TriedInput(
      input = "`submit/local.sh` on a Mac with an Intel processor",
      gets = "LRSweep can't be built for Darwin on x86_64; take Linux on x86-64 or AArch64 ...")
  void aMachineThatNothingIsBuiltForIsRefused() throws Exception {
    Path copy = repositoryToBeBuilt();
    aMacsTools("x86_64");

    Execution execution = execute(copy, Path.of("submit/local.sh"), "");

    assertThat(execution.exitCode()).isEqualTo(2);
    assertThat(execution.err())
        .isEqualTo(
            "submit/local.sh: LRSweep can't be built for Darwin on x86_64; take Linux on x86-64 or"
                + " AArch64, or a Mac with Apple silicon\n");
  }

  @Test
  void shellcheckHasNothingToSay() throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/shellcheck")));
    List<String> command = new ArrayList<>(List.of("/usr/bin/shellcheck", ".ci/run"));
    for (String folder : List.of("submit", "src/bench", "notebooks", "docs/experiments")) {
      try (Stream<Path> files = Files.walk(Path.of(folder))) {
        files
            .map(Path::toString)
            .filter(file -> file.endsWith(".sh"))
            .sorted()
            .forEach(command::add);
      }
    }

    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();

    assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
        .isEmpty();
    assertThat(process.waitFor()).isZero();
  }
}
