package org.lrsweep.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lrsweep.storage.OutputFiles;

class CheckpointFolderTest {
  @TempDir private Path output;
  private RunFolder run;

  @BeforeEach
  void open() throws IOException {
    run = new RunFolder(new OutputFiles(output.toString(), new Configuration()), "r1");
  }

  private static Snapshot number(long value) {
    return Snapshot.builder().put("n", value).build();
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(output.resolve("checkpoints/r1/trial-01"))) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private Path file(int step) {
    return output.resolve(String.format(Locale.ROOT, "checkpoints/r1/trial-01/%012d.ckpt", step));
  }

  private Checkpoints checkpoints() {
    return run.of("trial-01", CheckpointInterval.steps(1));
  }

  private void saveThree() {
    Checkpoints checkpoints = checkpoints();
    checkpoints.save(7, number(7));
    checkpoints.save(14, number(14));
    checkpoints.save(1000, number(1000));
  }

  @Test
  void theLastTwoAreKeptAndNothingElse() throws IOException {
    saveThree();

    assertThat(names()).containsExactly("000000000014.ckpt", "000000001000.ckpt");
    assertThat(checkpoints().latest().orElseThrow().number("n")).isEqualTo(1000);
    try (Stream<Path> root = Files.list(output)) {
      assertThat(root.map(path -> path.getFileName().toString())).containsExactly("checkpoints");
    }
  }

  @Test
  void namesAndOrderAreTheSameInEveryLocale() throws IOException {
    Locale locale = Locale.getDefault();
    Locale.setDefault(new Locale("fa", "IR"));
    try {
      saveThree();

      assertThat(names()).containsExactly("000000000014.ckpt", "000000001000.ckpt");
      assertThat(checkpoints().latest().orElseThrow().number("n")).isEqualTo(1000);
    } finally {
      Locale.setDefault(locale);
    }
  }

  @Test
  void aDamagedOneGivesWayToTheOneBeforeIt() throws IOException {
    saveThree();
    byte[] bytes = Files.readAllBytes(file(1000));
    bytes[bytes.length / 2] ^= 1;
    Files.write(file(1000), bytes);

    assertThat(checkpoints().latest().orElseThrow().number("n")).isEqualTo(14);
  }

  @Test
  void ifAllAreDamagedTheRunStartsAnew() throws IOException {
    saveThree();
    Files.write(file(1000), new byte[0]);
    Files.write(file(14), new byte[100]);

    assertThat(checkpoints().latest()).isEmpty();
    assertThat(run.of("trial-02", CheckpointInterval.steps(1)).latest()).isEmpty();
  }

  @Test
  void oneIsDueWhenEnoughStepsHavePassedSinceTheLast() {
    Checkpoints checkpoints = run.of("finder", CheckpointInterval.steps(50));

    assertThat(checkpoints.due(49)).isFalse();
    assertThat(checkpoints.due(50)).isTrue();
    checkpoints.save(51, number(51));
    assertThat(checkpoints.due(100)).isFalse();
    assertThat(checkpoints.due(101)).isTrue();

    Checkpoints resumed = run.of("finder", CheckpointInterval.steps(50));
    resumed.latest();
    assertThat(resumed.due(100)).isFalse();
  }

  @Test
  void oneIsDueWhenEnoughTimeHasPassedSinceTheLastOrTheStart() throws IOException {
    AtomicLong nanos = new AtomicLong(-5);
    Checkpoints checkpoints =
        new CheckpointFolder(
            new OutputFiles(output.toString(), new Configuration()),
            new org.apache.hadoop.fs.Path(output.resolve("t").toUri()),
            CheckpointInterval.time(Duration.ofNanos(10)),
            nanos::get);

    nanos.set(4);
    assertThat(checkpoints.due(1_000)).isFalse();
    nanos.set(5);
    assertThat(checkpoints.due(0)).as("without a step").isFalse();
    assertThat(checkpoints.due(1)).isTrue();
    checkpoints.save(1, number(1));
    nanos.set(14);
    assertThat(checkpoints.due(2_000)).isFalse();
    nanos.set(15);
    assertThat(checkpoints.due(1)).as("of the state that is kept").isFalse();
    assertThat(checkpoints.due(2)).isTrue();
  }

  @Test
  void whatCannotBeWrittenIsSaidWithTheFileAndTheMend() throws IOException {
    Files.createDirectories(output.resolve("checkpoints/r1"));
    Files.createFile(output.resolve("checkpoints/r1/trial-01"));

    assertThatThrownBy(() -> checkpoints().save(1, number(1)))
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining("000000000001.ckpt can't be written (")
        .hasMessageEndingWith(
            "); check the space and the permissions of the output, then resume the run");
  }
}
