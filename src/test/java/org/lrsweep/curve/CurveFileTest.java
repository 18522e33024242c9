package org.lrsweep.curve;

import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lrsweep.testing.TriedInput;

class CurveFileTest {

  @TempDir private Path folder;

  @Test
  void readsCsvInAnyOrderOfColumns() throws IOException {
    Curve curve =
        CurveFile.read(
            csv(
                "# made by hand",
                "step,\"loss\", lr ,smoothed_loss",
                "0,2.5,1e-3,2.4",
                "",
                "1,NaN,2e-3,inf"));

    assertThat(curve.lrs()).containsExactly(1e-3, 2e-3);
    assertThat(curve.losses()).containsExactly(2.5, Double.NaN);
    assertThat(curve.smoothedLosses()).containsExactly(2.4, Double.POSITIVE_INFINITY);
  }

  @Test
  void smoothsWhereTheFileDoesNot() throws IOException {
    Curve curve = CurveFile.read(csv("\uFEFFlr,loss", "1e-3,2", "2e-3,1"));

    // As StopRuleTest computes by hand.
    assertThat(curve.smoothedLoss(1))
        .isCloseTo((0.98 * 0.04 + 0.02) / (1 - 0.98 * 0.98), within(1e-12));
  }

  @Test
  void readsTheAccuraciesIfThereAreAny() throws Exception {
    Path file = folder.resolve("curve.parquet");
    duckdb(file, "SELECT 1e-3 AS lr, 2e0 AS loss, 0.25e0 AS accuracy");

    assertThat(CurveFile.read(file).accuracies()).containsExactly(0.25);
    assertThat(CurveFile.read(csv("lr,loss,accuracy", "1e-3,2,0.5")).accuracy(0)).isEqualTo(0.5);
    assertThat(CurveFile.read(csv("lr,loss", "1e-3,2")).hasAccuracy()).isFalse();
  }

  @Test
  @TriedInput(input = "Parquet of another writer, double or float", gets = "is read")
  void readsParquetOfAnotherWriter() throws Exception {
    Path file = folder.resolve("curve.parquet");
    duckdb(
        file,
        "SELECT i AS step, 10 ** (i / 10.0 - 5) AS lr, (3.0 - i / 50.0)::FLOAT AS loss"
            + " FROM range(40) t(i)");

    Curve curve = CurveFile.read(file);

    assertThat(curve.size()).isEqualTo(40);
    assertThat(curve.lr(10)).isEqualTo(1e-4);
    assertThat(curve.loss(39)).isEqualTo((double) (float) 2.22);
  }

  @Test
  @TriedInput(input = "a folder of Parquet parts, as Spark writes it", gets = "is read")
  void readsAFolderOfPartsAsSparkWritesThem() throws Exception {
    Path table = Files.createDirectory(folder.resolve("run_id=r-1"));
    duckdb(table.resolve("part-00001.parquet"), "SELECT 2e-3 AS lr, 1e0 AS loss");
    duckdb(table.resolve("part-00000.parquet"), "SELECT 1e-3 AS lr, 2e0 AS loss");
    Files.createFile(table.resolve("_SUCCESS"));
    Files.createFile(table.resolve(".part-00000.parquet.crc"));

    assertThat(CurveFile.read(table).losses()).containsExactly(2, 1);
  }

  @Test
  @TriedInput(
      input = "a curve without a column for the rate or the loss",
      gets = "... must have the columns lr and loss, found rate, loss")
  void namesTheColumnsThatAreMissing() throws Exception {
    Path file = folder.resolve("other.parquet");
    duckdb(file, "SELECT 1.0::DOUBLE AS rate, 2.0::DOUBLE AS loss");

    assertProblem(file, "must have the columns lr and loss, found rate, loss");
    assertProblem(
        csv("epoch,loss", "1,2"),
        "must have the columns lr and loss, found epoch, loss; if others stand for them, name them"
            + " with --lr-column");
    assertProblem(
        csv("epoch,rate", "1,2"),
        "found epoch, rate; if others stand for them, name them with --lr-column and"
            + " --loss-column");
  }

  @Test
  @TriedInput(
      input = "a text where a loss belongs",
      gets = "... must have a number for loss in line 3, found two")
  void namesTheLineOfWhatIsNoNumber() throws IOException {
    assertProblem(
        csv("lr,loss", "1e-3,2", "2e-3,two"), "must have a number for loss in line 3, found two");
    assertProblem(
        csv("# by hand", "Learning rate,text,loss", "1e-3,\"a", "b\",2", "", "0x1p3,c,1"),
        "must have a number for Learning rate in line 6, found 0x1p3");
  }

  @Test
  void refusesRowsWithMoreOrFewerCellsThanTheHeader() throws IOException {
    assertProblem(
        csv("lr,loss", "1,0,2,3026"), "must have 2 cells in line 2, as in its first row, found 4");
    assertProblem(
        csv("lr,loss", "1e-3,2", "2e-3"),
        "must have 2 cells in line 3, as in its first row, found 1");
  }

  @Test
  void refusesParquetColumnsThatAreNoNumbers() throws Exception {
    Path file = folder.resolve("text.parquet");
    duckdb(file, "SELECT 1.0::DOUBLE AS lr, 'high' AS loss");

    assertProblem(
        file, "must have a number for loss in row 1, found optional binary loss (STRING)");
  }

  @Test
  @TriedInput(input = "a file without rows", gets = "... has no rows")
  void refusesFilesWithoutRows() throws Exception {
    Path file = folder.resolve("empty.parquet");
    duckdb(file, "SELECT 1.0::DOUBLE AS lr, 2.0::DOUBLE AS loss WHERE false");

    assertProblem(file, "has no rows");
    assertProblem(csv("lr,loss"), "has no rows");
    assertProblem(csv(), "has no rows");
  }

  @Test
  @TriedInput(
      input = "a file in which a learning rate comes twice",
      gets = "the median of its losses, which every reason says")
  void takesTheMedianWhereALearningRateComesTwice() throws IOException {
    Curve curve = CurveFile.read(csv("lr,loss", "1e-3,2", "2e-3,1", "1e-3,3"));

    assertThat(curve.lrs()).containsExactly(1e-3, 2e-3);
    assertThat(curve.losses()).containsExactly(2.5, 1);
    assertThat(curve.remarks())
        .last(as(STRING))
        .isEqualTo(
            "1 of 2 learning rates occurs more than once; of the losses at each the median was"
                + " taken, which makes 2 points of 3.");
  }

  @Test
  void refusesWhatIsNoCurve() throws IOException {
    assertProblem(
        csv("lr,loss", "1e-3,2", "-2e-3,1"),
        "must have a learning rate that is finite and >= 0 for lr in line 3, found -0.002");
    assertProblem(
        csv("lr,loss", "1e-3,2", ",1"),
        "must have a learning rate that is finite and >= 0 for lr in line 3, found none beside a"
            + " loss");
    assertProblem(
        csv("lr,loss", "0,2", ",nan"),
        "has no rows with a learning rate > 0; a curve needs at least one");
  }

  @Test
  @TriedInput(
      input = "a curve file that is missing or damaged",
      gets = "... cannot be read as a curve ...")
  void refusesFilesThatAreMissingOrDamaged() throws IOException {
    Path damaged = Files.writeString(folder.resolve("damaged.parquet"), "PAR1 and no more");

    assertProblem(folder.resolve("missing.csv"), "cannot be read as a curve");
    assertProblem(damaged, "cannot be read as a curve");
  }

  private Path csv(String... lines) throws IOException {
    return Files.write(folder.resolve("curve.csv"), List.of(lines));
  }

  private static void duckdb(Path file, String query) throws Exception {
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      statement.execute("COPY (" + query + ") TO '" + file + "' (FORMAT parquet)");
    }
  }

  private static void assertProblem(Path file, String problem) {
    assertThatExceptionOfType(CurveFileException.class)
        .isThrownBy(() -> CurveFile.read(file))
        .withMessageStartingWith(file + " ")
        .withMessageContaining(problem);
  }
}
