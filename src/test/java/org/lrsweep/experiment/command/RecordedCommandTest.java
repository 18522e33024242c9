package org.lrsweep.experiment.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lrsweep.config.ConfigLoader;
import org.lrsweep.experiment.request.RefusedException;
import org.lrsweep.experiment.request.RunLabels;
import org.lrsweep.results.ResultStore;
import org.lrsweep.results.RunRow;
import org.lrsweep.results.RunStatus;

class RecordedCommandTest {
  @TempDir private Path folder;
  private ResultStore store;
  private Path experiment;

  @BeforeEach
  void open() throws IOException {
    store = ResultStore.open(folder.resolve("results").toString(), new Configuration());
    experiment = Files.createDirectory(folder.resolve("it's here")).resolve("my.conf");
    Files.writeString(experiment, "lrsweep.seed = 7");
  }

  private void commit(String command) {
    String json =
        ConfigLoader.load("lrsweep.seed = 7", "test", List.of("sweep.seeds=[1, 2]")).json();
    RunRow row =
        new RunRow(
            "r1",
            RunStatus.RUNNING,
            Instant.EPOCH,
            null,
            AppVersion.current(),
            "3.5.5",
            "local",
            json,
            "generated-garments",
            "0a",
            1,
            1,
            7,
            1,
            1);
    store.commitRun(row.described(command, null, null));
  }

  private String madeByScript() {
    Map<String, String> script =
        Map.of(
            "LRSWEEP_COMMAND",
            "cd " + ShellWords.quoted(experiment.getParent().toString()) + " && submit/local.sh",
            "LRSWEEP_OPTIONS",
            "--conf 'a=b c' ");
    return CommandLines.after(
            List.of("run", "--config", "my.conf", "--set", "sweep.seeds=[1, 2]", "-q"), script)
        .again(Optional.empty())
        .orElseThrow();
  }

  @Test
  void isTheCommandThatWasGiven() {
    commit(madeByScript());

    RecordedCommand command = RecordedCommand.of(store, "r1");

    assertThat(command.line())
        .isEqualTo(
            "cd '"
                + folder
                + "/it'\\''s here' && submit/local.sh run --config my.conf"
                + " --set 'sweep.seeds=[1, 2]' -q -- --conf 'a=b c'");
    assertThat(command.doubts()).isEmpty();
  }

  @Test
  void saysWhatHasChangedInTheExperimentSince() throws IOException {
    commit(madeByScript());
    Files.writeString(experiment, "lrsweep { seed = 7, sweep.epochs = 3 }");

    assertThat(RecordedCommand.of(store, "r1").doubts())
        .containsExactly("my.conf has changed: sweep.epochs: 48 then, 3 now");

    Files.delete(experiment);
    assertThat(RecordedCommand.of(store, "r1").doubts())
        .singleElement()
        .asString()
        .contains("my.conf", "there is no such file");
  }

  @Test
  void takesTheConfigurationAsItWas() throws IOException {
    commit(madeByScript());
    Files.delete(experiment);
    Path saved = folder.resolve("saved.conf");

    assertThat(RecordedCommand.of(store, "r1").withConfigIn(saved))
        .isEqualTo(
            "cd '"
                + folder
                + "/it'\\''s here' && submit/local.sh run --config "
                + saved
                + " -q -- --conf 'a=b c'");
    assertThat(ConfigLoader.load(Files.readString(saved), "saved", List.of()).sweep().seeds())
        .containsExactly(1L, 2L);
    assertThatThrownBy(() -> RecordedCommand.of(store, "r1").withConfigIn(saved))
        .isInstanceOf(RefusedException.class)
        .hasMessage(saved + " exists already; name another file");
  }

  @Test
  void aRunWithoutOneIsRefused() {
    commit(null);

    assertThatThrownBy(() -> RecordedCommand.of(store, "r1"))
        .isInstanceOf(RefusedException.class)
        .hasMessageStartingWith("Run r1 has no command: it was made from Java, or by a version");
  }

  @Test
  void namesTheRunThatTheRangeWasTakenFrom() {
    CommandLines line =
        CommandLines.after(
            List.of("sweep", "--config", "c", "--from-run=last", "--run-id", "x"), Map.of());

    assertThat(line.again(Optional.of("found")))
        .hasValueSatisfying(
            said -> assertThat(said).endsWith(" sweep --config c --from-run found"));
    assertThat(CommandLines.after(List.of(), Map.of()).again(Optional.empty())).isEmpty();
  }

  @Test
  void labelsOfARunThatGoesOnAreKept() {
    RunLabels then = new RunLabels(List.of("b", "a"), Optional.of("first"));
    RunLabels now = new RunLabels(List.of("a", "c=1"), Optional.of("second"));

    assertThat(then.and(now))
        .isEqualTo(new RunLabels(List.of("a", "b", "c=1"), Optional.of("first\nsecond")));
    assertThat(then.and(RunLabels.NONE)).isEqualTo(then);
  }

  @Test
  void aTagWithABlankOrACommaIsRefused() {
    assertThatThrownBy(() -> new RunLabels(List.of("a b"), Optional.empty()))
        .isInstanceOf(RefusedException.class)
        .hasMessage("--tag must be 1 to 63 letters, digits or any of . _ : = / + -, found \"a b\"");
    assertThatThrownBy(() -> new RunLabels(List.of(), Optional.of(" ")))
        .isInstanceOf(RefusedException.class)
        .hasMessage("--note must not be blank");
  }
}
