package org.lrsweep.data.idx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.lrsweep.data.ImageSet;
import org.lrsweep.data.InvalidDataException;
import org.lrsweep.data.garments.GeneratedGarments;

/** Whatever the bytes are, they are read or refused: soon, and with one kind of exception. */
class IdxReader_FuzzTest {

  private static final int MUTANTS = 2_000;
  private static final int MAX_EXAMPLES = 20;

  private final IdxReader reader = new IdxReader(28, 28, 10);
  private int refused;

  @RepeatedTest(4)
  void readsOrRefusesMutatedFiles(RepetitionInfo repetition) throws IOException {
    Random random = new Random(repetition.getCurrentRepetition());
    byte[] images = file(IdxFile.ofImages("file", garments()));
    byte[] labels = file(IdxFile.ofLabels("file", garments()));

    Assertions.assertTimeoutPreemptively(
        Duration.ofSeconds(60),
        () -> {
          for (int i = 0; i < MUTANTS; i++) {
            byte[] mutant = mutate(images, random);
            read(() -> reader.readImages("file", new ByteArrayInputStream(mutant), MAX_EXAMPLES));
            byte[] other = mutate(labels, random);
            read(() -> reader.readLabels("file", new ByteArrayInputStream(other), MAX_EXAMPLES));
          }
        });

    assertThat(refused).isGreaterThan(MUTANTS / 2);
  }

  private void read(Supplier<IdxFile> reading) {
    assertThatCode(
            () -> {
              try {
                IdxFile file = reading.get();
                assertThat(file.examples()).isBetween(1, MAX_EXAMPLES);
              } catch (InvalidDataException e) {
                refused++;
                assertThat(e).hasMessageStartingWith("file ").hasMessageContaining("replace it");
              }
            })
        .doesNotThrowAnyException();
  }

  /** Changes bytes (the header's more often), cuts, repeats, and packs before or after that. */
  private static byte[] mutate(byte[] original, Random random) {
    boolean packFirst = random.nextBoolean();
    byte[] mutant = packFirst ? IdxReaderTest.gzip(original) : original.clone();

    for (int changes = random.nextInt(4); changes > 0; changes--) {
      int end = random.nextBoolean() ? Math.min(20, mutant.length) : mutant.length;
      mutant[random.nextInt(end)] = (byte) random.nextInt(256);
    }

    switch (random.nextInt(4)) {
      case 0 -> mutant = Arrays.copyOf(mutant, random.nextInt(mutant.length));
      case 1 -> mutant = Arrays.copyOf(mutant, mutant.length + 1 + random.nextInt(100));
      default -> {}
    }

    return !packFirst && random.nextBoolean() ? IdxReaderTest.gzip(mutant) : mutant;
  }

  private static ImageSet garments() {
    return GeneratedGarments.train(5);
  }

  private static byte[] file(IdxFile file) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    file.writeTo(out);
    return out.toByteArray();
  }
}
