package org.lrsweep.curve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever the bytes are, they are a curve or refused, with one kind of exception. */
class CurveFile_FuzzTest {

  private static final int MUTANTS = 400;

  private int refused;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "excel-german.csv",
        "excel-sep.csv",
        "numpy-savetxt.txt",
        "wandb-panel.csv",
        "pandas-columns.json",
        "pandas-split.json",
        "spark-lines.json"
      })
  void readsOrRefusesMutatedFiles(String name) throws Exception {
    Random random = new Random(name.hashCode());
    byte[] file =
        Files.readAllBytes(Path.of(CurveFile_FuzzTest.class.getResource("tools/" + name).toURI()));

    for (int i = 0; i < MUTANTS; i++) {
      byte[] mutant = mutate(file, random);
      assertThatCode(() -> read(mutant)).as("mutant %d", i).doesNotThrowAnyException();
    }

    assertThat(refused).isBetween(MUTANTS / 10, MUTANTS - 1);
  }

  private void read(byte[] bytes) {
    try {
      Curve curve =
          CurveFile.read(new ByteArrayInputStream(bytes), "file", CurveColumns.GUESSED).curve();
      assertThat(curve.size()).isPositive();
    } catch (CurveFileException e) {
      refused++;
      assertThat(e).hasMessageStartingWith("file ");
    }
  }

  private static byte[] mutate(byte[] file, Random random) {
    byte[] bytes = file.clone();
    byte[] likely = "0,;.\"\n#{}[]\t -e:".getBytes(StandardCharsets.US_ASCII);
    for (int changes = 1 + random.nextInt(4); changes > 0; changes--) {
      bytes[random.nextInt(bytes.length)] =
          random.nextBoolean() ? likely[random.nextInt(likely.length)] : (byte) random.nextInt(256);
    }
    return random.nextInt(4) == 0 ? Arrays.copyOf(bytes, random.nextInt(bytes.length + 1)) : bytes;
  }
}
