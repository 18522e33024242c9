package org.lrsweep.experiment.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lrsweep.cli.LrSweep;
import picocli.CommandLine;

class CommandLinesTest {
  private static final List<String> FIND =
      List.of(
          "find",
          "--run-id=a",
          "--config",
          "my conf",
          "-q",
          "--set",
          "sweep.seeds=[1, 2]",
          "--set=output=it's \u00fc $HOME");

  private static final Map<String, String> SCRIPT =
      Map.of(
          "LRSWEEP_COMMAND",
          "cd '/my dir' && MASTER=spark://h:1 submit/standalone.sh",
          "LRSWEEP_OPTIONS",
          "--num-executors 3 ");

  @Test
  void theOneThatResumesIsTheSameWithTheRunInPlaceOfItsName() {
    assertThat(CommandLines.after(FIND, SCRIPT).resume("a"))
        .isEqualTo(
            "cd '/my dir' && MASTER=spark://h:1 submit/standalone.sh find --config 'my conf' -q"
                + " --set 'sweep.seeds=[1, 2]' --set 'output=it'\\''s \u00fc $HOME' --resume a"
                + " -- --num-executors 3");
    assertThat(
            CommandLines.after(List.of("find", "--resume", "last", "--config", "c"), SCRIPT)
                .resume("a"))
        .contains(" find --config c --resume a ");
  }

  @Test
  void sayNoPassword() {
    assertThat(
            CommandLines.after(List.of("run", "--config", "ftp://me:canary@h/c"), Map.of())
                .resume("a"))
        .endsWith(" run --config 'ftp://***@h/c' --resume a");
  }

  @Test
  void othersAreOfTheSameExperiment() {
    CommandLines next = CommandLines.after(FIND, SCRIPT);

    assertThat(next.sweep("a"))
        .isEqualTo(
            "cd '/my dir' && MASTER=spark://h:1 submit/standalone.sh sweep --config 'my conf'"
                + " --set 'sweep.seeds=[1, 2]' --set 'output=it'\\''s \u00fc $HOME' --from-run a"
                + " -- --num-executors 3");
    assertThat(next.sweep()).doesNotContain("--from-run", "-q");
    assertThat(next.compare(List.of("a", "b"))).contains(" report --config ", " --runs a,b ");
  }

  @Test
  void anExperimentThatTheScriptHasSentIsNamedAsItWas() {
    Map<String, String> script =
        Map.of("LRSWEEP_COMMAND", "submit/yarn.sh", "LRSWEEP_CONFIG", "dir/my.conf");

    assertThat(CommandLines.after(List.of("find", "--config", "my.conf"), script).sweep("a"))
        .isEqualTo("submit/yarn.sh sweep --config dir/my.conf --from-run a");
  }

  @Test
  void ofAnOutputAloneTheExperimentIsLeftOpen() {
    CommandLines next = CommandLines.of("my results", SCRIPT);

    assertThat(next.sweep("a"))
        .contains(" sweep --config FILE --set 'output=my results' --from-run a ");
    assertThat(next.compare(List.of("a", "b")))
        .contains(" report --output 'my results' --runs a,b ");
  }

  @Test
  void leaveSecretsOut() {
    Map<String, String> script =
        Map.of("LRSWEEP_OPTIONS", "--conf spark.hadoop.fs.s3a.secret.key=canary");

    assertThat(CommandLines.after(List.of("run"), script).resume("a"))
        .isEqualTo(
            "spark-submit <the same options> --class org.lrsweep.cli.LrSweep <the same jar> run"
                + " --resume a -- <the same options>");
  }

  /** A shell gives the program what the user meant, and the program takes it. */
  @Test
  void canBePasted(@TempDir Path folder) throws Exception {
    Path script = folder.resolve("script");
    Files.writeString(script, "#!/bin/sh\nprintf '%s\\n' \"$PWD\" \"$@\"\n");
    assertThat(script.toFile().setExecutable(true)).isTrue();
    CommandLines next =
        CommandLines.after(
            FIND, Map.of("LRSWEEP_COMMAND", "cd '" + folder.toRealPath() + "' && ./script"));

    for (String line :
        List.of(next.resume("a"), next.sweep("a"), next.sweep(), next.compare(List.of("a", "b")))) {
      Process shell = new ProcessBuilder("sh", "-c", line).start();
      List<String> words =
          new ArrayList<>(
              new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                  .lines()
                  .toList());

      assertThat(words.remove(0)).isEqualTo(folder.toRealPath().toString());
      CommandLine.ParseResult parsed =
          LrSweep.commandLine().parseArgs(words.toArray(String[]::new)).subcommand();
      assertThat(parsed.<String>matchedOptionValue("--config", "")).isEqualTo("my conf");
      assertThat(parsed.<List<String>>matchedOptionValue("--set", List.of()))
          .containsExactly("sweep.seeds=[1, 2]", "output=it's \u00fc $HOME");
    }
  }
}
