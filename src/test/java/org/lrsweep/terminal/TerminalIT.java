package org.lrsweep.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.apache.spark.launcher.JavaModuleOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole run on a terminal, which {@code script} of util-linux plays. */
class TerminalIT {
  private static final Pattern LOG_LINE =
      Pattern.compile("\\d\\d:\\d\\d:\\d\\d (INFO|DEBUG|WARN) [\\w$]+: .*");

  /** Less than an epoch of two, in a sweep whose rounds are epochs. */
  private static final Pattern WITHIN_THE_FIRST_ROUND =
      Pattern.compile("trial-0\\d  #{1,5}\\.+ +1/2 +[0-9.e-]+[0-9] +[0-9.]+ +- ");

  @TempDir private static Path folder;

  private static String command(String options) throws IOException {
    String jar;
    try (DirectoryStream<Path> jars =
        Files.newDirectoryStream(Path.of("target"), "lrsweep-*-app.jar")) {
      jar = jars.iterator().next().toString();
    }
    return String.join(
        " ",
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        JavaModuleOptions.defaultModuleOptions(),
        "-Djava.awt.headless=true -Xmx1g",
        "-Dlog4j2.configurationFile=" + Path.of("conf", "log4j2.properties").toUri(),
        "-cp 'target/spark-runtime/*' org.apache.spark.deploy.SparkSubmit",
        "--properties-file conf/spark-local.conf",
        "--conf spark.executor.heartbeatInterval=500ms",
        "--class org.lrsweep.cli.LrSweep " + jar,
        "run --config conf/quickstart.conf --run-id shown",
        "--set output=" + folder.resolve("results"),
        // Epochs of some seconds, to be seen in their middle.
        "--set data.dataset=generated-garments --set data.train-examples=16384",
        "--set data.test-examples=300 --set finder.epochs=1 --set sweep.step-sizes-epochs=[1]",
        "--set sweep.steps-per-round=10000 " + options);
  }

  private static String onTerminal(String command) throws IOException, InterruptedException {
    Path transcript = folder.resolve("transcript");
    ProcessBuilder builder =
        new ProcessBuilder(
                "script",
                "--quiet",
                "--return",
                "--command",
                "stty rows 24 cols 120; exec " + command,
                "/dev/null")
            .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
            .redirectErrorStream(true)
            .redirectOutput(transcript.toFile());
    builder.environment().put("TERM", "xterm");
    builder.environment().put("OMP_NUM_THREADS", "1");
    builder.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
    Process process = builder.start();
    try {
      assertThat(process.waitFor(4, TimeUnit.MINUTES)).isTrue();
      assertThat(process.exitValue()).as(Files.readString(transcript)).isZero();
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
    return Files.readString(transcript);
  }

  @Test
  void whatRunsIsShownLiveAndNoLogLineIsTorn() throws Exception {
    String printed = onTerminal(command("--verbose"));

    assertThat(printed).contains("Range test  [#");
    assertThat(WITHIN_THE_FIRST_ROUND.matcher(printed).find()).as(printed).isTrue();

    List<String> left = Emulator.show(printed);
    assertThat(left).noneMatch(line -> line.contains("Sweep: 1 running") || line.contains("[#"));
    assertThat(left.stream().filter(line -> line.contains(" INFO ")))
        .hasSizeGreaterThan(100)
        .allMatch(line -> LOG_LINE.matcher(line).matches());
    assertThat(left.subList(left.indexOf("Learning rate range"), left.size()))
        .contains(
            "Trials, the best first",
            "Classes of trial-01, after its last epoch",
            "Where it lies",
            "What next");
  }
}
