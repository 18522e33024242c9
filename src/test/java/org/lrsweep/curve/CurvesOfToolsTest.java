package org.lrsweep.curve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The files of {@code tools/}, whose README says where their forms are from, and odd ones. */
class CurvesOfToolsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "fastai.csv|took lr from column 'lrs', loss from 'losses', 3 points",
        "keras-csvlogger.csv|took lr from column 'learning_rate', loss from 'loss', accuracy from"
            + " 'accuracy', 3 points",
        "wandb-panel.csv|took lr from column 'run-1 - lr', loss from 'run-1 - loss', 3 points",
        "wandb-metric-as-x.csv|took lr from column 'train/lr', loss from 'run-1 - train/loss', 3"
            + " points",
        "lightning-csvlogger.csv|took lr from column 'lr', loss from 'train_loss', 3 points,"
            + " without line 5 (neither learning rate nor loss)",
        "lightning-results.json|took lr from column 'lr', loss from 'loss', JSON, 3 points",
        "excel-german.csv|took lr from column 'Learning rate', loss from 'Loss', semicolons,"
            + " decimal commas, 3 points",
        "excel-sep.csv|took lr from column 'LR', loss from 'Loss', semicolons, decimal commas, 3"
            + " points",
        "tabs.tsv|took lr from column 'LR', loss from 'Loss', tabs, 3 points",
        "numpy-savetxt.csv|took lr from column 'lr', loss from 'loss', header from a comment, 3"
            + " points",
        "numpy-savetxt.txt|took lr from column 'lr', loss from 'loss', blanks, header from a"
            + " comment, 3 points",
        "pandas-columns.json|took lr from column 'lr', loss from 'loss', JSON, 3 points",
        "pandas-records.json|took lr from column 'lr', loss from 'loss', JSON, 3 points",
        "pandas-split.json|took lr from column 'lr', loss from 'loss', JSON, 3 points",
        "spark-lines.json|took lr from column 'lr', loss from 'loss', JSON, 3 points",
        "spark|took lr from column 'lr', loss from 'loss', 3 points",
      })
  void readsWhatToolsWriteAndSaysWhatItTook(String file, String taken) throws Exception {
    CurveReading reading = CurveFile.read(resource(file), CurveColumns.GUESSED);

    assertThat(reading.taken()).isEqualTo(taken);
    assertThat(reading.curve().lrs()).containsExactly(1e-5, 1e-4, 1e-3);
    assertThat(reading.curve().losses()).containsExactly(2.31, 2.05, 1.5);
  }

  @Test
  void readsTheAccuraciesOfKeras() throws Exception {
    Curve curve = CurveFile.read(resource("keras-csvlogger.csv"));

    assertThat(curve.accuracies()).containsExactly(0.1, 0.25, 0.5);
  }

  @Test
  void saysWhatATensorBoardExportLacks() throws Exception {
    Path file = resource("tensorboard.csv");

    assertThatExceptionOfType(CurveFileException.class)
        .isThrownBy(() -> CurveFile.read(file))
        .withMessage(
            file
                + " must have the columns lr and loss, found Wall time, Step, Value; TensorBoard"
                + " exports one value a file: join those of lr and loss by Step");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      quoteCharacter = '`',
      value = {
        "LR, Loss/1e-3, 2 ! 2",
        "Learning-Rate|TRAIN_LOSS/1e-3|2 ! 2",
        "lr-SGD,run - a - Training loss/1e-3,2 ! 2",
        "\"a, b\",lr,loss/\"1, 2\",1e-3,2 ! 2",
        "text;lr;loss/a, b;1e-3;2 ! 2",
        "lr,loss/\"0,001\",\"2,25\" ! 2.25",
        "lr;loss;other/1,0e-3;2,303;1.000 ! 2.303",
        "other\tlr\tloss/ \t0,001\t2,5 ! 2.5",
        "lr,loss,train_loss,Loss/1e-3,2,3,4 ! 2",
        "lr,loss/1E-3,.25 ! 0.25",
        "#lr,loss/1e-3,+2. ! 2",
        "# by hand/#/lr,loss/# more/1e-3,2/ ! 2",
        "[{\"lr\": 1e-3, \"loss\": 2}] ! 2",
        "{\"learning_rate\": 1e-3, \"loss\": 2} ! 2",
        "{\"lr\": [1e-3], \"loss\": [2], \"best\": 7, \"others\": [1, 2]} ! 2",
      })
  void readsOnePointHoweverItIsWritten(String text, double loss) {
    Curve curve = read(text.replace('/', '\n')).curve();

    assertThat(curve.lr(0)).isEqualTo(1e-3);
    assertThat(curve.losses()).containsExactly(loss);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "nan", "-NaN", "NA", "N/A", "None", "null", "\"\"", " ", "inf", "-Infinity"})
  void keepsLossesThatAreMissingOrInfinite(String loss) {
    Curve curve = read("lr,loss\n1e-3,2\n2e-3," + loss + "\n3e-3,1").curve();

    assertThat(curve.lrs()).containsExactly(1e-3, 2e-3, 3e-3);
    double kept =
        switch (loss) {
          case "inf" -> Double.POSITIVE_INFINITY;
          case "-Infinity" -> Double.NEGATIVE_INFINITY;
          default -> Double.NaN;
        };
    assertThat(curve.losses()).containsExactly(2, kept, 1);
  }

  @Test
  void keepsWhatPythonWritesIntoJson() {
    Curve curve = read("{\"lr\": [1e-3, 2e-3, 3e-3], \"loss\": [NaN, null, Infinity]}").curve();

    assertThat(curve.losses()).containsExactly(Double.NaN, Double.NaN, Double.POSITIVE_INFINITY);
  }

  @Test
  void sortsByLearningRateAndLeavesOutZeroAndSaysSo() {
    CurveReading reading = read("lr,loss\n0,9\n2e-3,2\n,\n1e-3,1\n,\n3e-3,3");

    assertThat(reading.curve().lrs()).containsExactly(1e-3, 2e-3, 3e-3);
    assertThat(reading.curve().losses()).containsExactly(1, 2, 3);
    assertThat(reading.taken())
        .isEqualTo(
            "took lr from column 'lr', loss from 'loss', 3 points, without line 4 and 1 more"
                + " (neither learning rate nor loss)");
    assertThat(reading.curve().remarks())
        .containsExactly(
            "1 point at learning rate 0 was left out.",
            "The points were not in the order of their learning rates and have been sorted.");
  }

  @Test
  void takesTheColumnsThatAPersonNames() {
    String text = "step,rate,run-1 - loss,run-2 - loss,hit rate\n0,1e-3,2,3,0.25\n1,2e-3,1,2,0.5";
    CurveColumns columns =
        new CurveColumns(Optional.of("Rate"), Optional.of("4"), Optional.of("hit rate"));

    CurveReading reading = read(text, columns);

    assertThat(reading.curve().lrs()).containsExactly(1e-3, 2e-3);
    assertThat(reading.curve().losses()).containsExactly(3, 2);
    assertThat(reading.curve().accuracies()).containsExactly(0.25, 0.5);
    assertThat(reading.taken())
        .isEqualTo(
            "took lr from column 'rate', loss from 'run-2 - loss', accuracy from 'hit rate',"
                + " 2 points");
  }

  @Test
  void readsNumbersWithoutAHeaderIfTheirColumnsAreNumbered() {
    String text = "1e-3,2\n2e-3,1\n";

    CurveReading reading =
        read(text, new CurveColumns(Optional.of("1"), Optional.of("2"), Optional.empty()));

    assertThat(reading.curve().losses()).containsExactly(2, 1);
    assertThat(reading.taken())
        .isEqualTo("took lr from column 1, loss from 2, no header, 2 points");
    assertProblem(
        text,
        "must have a header that names its columns, found 1e-3, 2 in line 1; write one, or number"
            + " the columns from 1 with --lr-column and --loss-column");
  }

  @Test
  void accuraciesInPerCentBecomeFractions() {
    CurveReading reading = read("lr,loss,acc\n1e-3,2,0.5\n2e-3,1,\n3e-3,1,88\n");

    assertThat(reading.curve().accuracies()).containsExactly(0.005, Double.NaN, 0.88);
    assertThat(reading.taken()).endsWith("accuracy from 'acc', 3 points, accuracy in per cent");
    assertThat(read("lr,loss,acc\n1e-3,2,0.5\n2e-3,1,1.0000001\n").curve().accuracies())
        .containsExactly(0.5, 1);
    assertProblem(
        "lr,loss,acc\n1e-3,2,50\n2e-3,1,101",
        "must have an accuracy from 0 to 1, or from 0 to 100 per cent, in line 3, found 101.0");
    assertProblem(
        "lr,loss,acc\n1e-3,2,-0.5",
        "must have an accuracy from 0 to 1, or from 0 to 100 per cent, in line 2, found -0.5");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      quoteCharacter = '`',
      value = {
        "lr,run-1 - loss,run-2 - loss/1,2,3 ! has 2 columns that may be the loss, 'run-1 - loss',"
            + " 'run-2 - loss'; name one with --loss-column",
        "lr,loss,loss/1,2,3 ! has 2 columns that may be the loss, 'loss', 'loss'; name one with"
            + " --loss-column",
        "LR,learning_rate,loss/1,2,3 ! has 2 columns that may be the lr, 'LR', 'learning_rate';"
            + " name one with --lr-column",
        "lr,loss,acc,train/acc/1,2,3,4 ! has 2 columns that may be the accuracy, 'acc',"
            + " 'train/acc'; name one with --accuracy-column",
        "lr,loss/1e-3,\"2,303\" ! must have numbers with a decimal point, and without separators"
            + " of thousands, found 2,303 in line 2, which may be either",
        "lr;loss/0,001;2,5/0,002;2.5 ! must have either decimal points or decimal commas, found"
            + " 2.5 in line 3 and 2,5 in line 2",
        "lr;loss/0,001;1.234,5 ! must have a number for loss in line 2, found 1.234,5",
        "lr,loss/1e-3,\"1,234,567\" ! must have a number for loss in line 2, found 1,234,567",
        "lr,loss/1e-3,85% ! must have a number for loss in line 2, found 85%",
        "lr,loss/inf,2 ! must have a learning rate that is finite and >= 0 for lr in line 2, found"
            + " Infinity",
        "[[1e-3, 2]] ! must have an object for each point, or an object of lists, found ARRAY",
        "{\"lr\": [1e-3, 2e-3], \"loss\": [2]} ! must have a number for loss in point 2, found no"
            + " value",
        "{\"columns\": [\"lr\", \"loss\"], \"data\": [[1e-3, 2, 3]]} ! must have 2 values in point"
            + " 1, one for each of its columns, found 3",
        "[{\"lr\": 1e-3, \"loss\": [2]}] ! must have a number for loss in point 1, found [2]",
        "# nothing ! has no rows; a curve needs at least one with lr and loss",
        "[] ! has no rows; a curve needs at least one with lr and loss",
      })
  void refusesWhatIsNotClear(String text, String problem) {
    // A slash stands for a line break, but not in a name of Weights & Biases.
    assertProblem(text.replaceAll("/(?!acc)", "\n"), problem);
  }

  @Test
  void aColumnThatIsNotThereIsNamedWithThoseThatAre() {
    CurveColumns columns =
        new CurveColumns(Optional.of("rate"), Optional.empty(), Optional.empty());

    assertThatExceptionOfType(CurveFileException.class)
        .isThrownBy(() -> read(",lr,loss\n0,1,2", columns))
        .withMessage(
            "text must have one column 'rate', as --lr-column says, found 0 in column 1, lr,"
                + " loss");
  }

  @Test
  void readsTheEncodingsOfOtherSystems() throws IOException {
    String text = "lr;Größe;loss\r\n0,001;groß;2,25\r\n";
    byte[] utf8 = ("\uFEFF" + text).getBytes(StandardCharsets.UTF_8);
    // With the byte order mark that Java writes before its UTF-16.
    byte[] utf16 = text.getBytes(StandardCharsets.UTF_16);
    byte[] littleEndian = ("\uFEFF" + text).getBytes(StandardCharsets.UTF_16LE);
    byte[] latin1 = text.getBytes(StandardCharsets.ISO_8859_1);
    byte[] classicMac = text.replace("\r\n", "\r").getBytes(StandardCharsets.UTF_8);

    for (byte[] bytes : new byte[][] {utf8, utf16, littleEndian, latin1, classicMac}) {
      CurveReading reading = read(bytes, CurveColumns.GUESSED);
      assertThat(reading.curve().losses()).containsExactly(2.25);
      assertThat(reading.taken())
          .isEqualTo(
              "took lr from column 'lr', loss from 'loss', semicolons, decimal commas, 1 point");
    }
    assertThatExceptionOfType(CurveFileException.class)
        .isThrownBy(
            () -> read("lr,loss\n1,2".getBytes(StandardCharsets.UTF_16LE), CurveColumns.GUESSED))
        .withMessage(
            "text must be text, in UTF-8 or in UTF-16 with a byte order mark, or Parquet; found a"
                + " byte that is 0");
  }

  @Test
  void partsOfAFolderMustHaveTheSameColumns(@TempDir Path folder) throws IOException {
    Files.writeString(folder.resolve("part-0.csv"), "lr,loss\n1e-3,2\n");
    Files.writeString(folder.resolve("part-1.csv"), "lr,loss\n2e-3,x\n");

    assertThatExceptionOfType(CurveFileException.class)
        .isThrownBy(() -> CurveFile.read(folder))
        .withMessage(folder + " must have a number for loss in line 2 of part-1.csv, found x");

    Files.writeString(folder.resolve("part-1.csv"), "loss,lr\n1,2e-3\n");

    assertThatExceptionOfType(CurveFileException.class)
        .isThrownBy(() -> CurveFile.read(folder))
        .withMessage(
            folder
                + " must have the same columns in all its parts, lr, loss, found loss, lr in"
                + " part-1.csv");
  }

  private static void assertProblem(String text, String problem) {
    assertThatExceptionOfType(CurveFileException.class)
        .isThrownBy(() -> read(text))
        .withMessage("text " + problem);
  }

  private static CurveReading read(String text) {
    return read(text, CurveColumns.GUESSED);
  }

  private static CurveReading read(String text, CurveColumns columns) {
    return read(text.getBytes(StandardCharsets.UTF_8), columns);
  }

  private static CurveReading read(byte[] bytes, CurveColumns columns) {
    return CurveFile.read(new ByteArrayInputStream(bytes), "text", columns);
  }

  private static Path resource(String file) throws Exception {
    return Path.of(CurvesOfToolsTest.class.getResource("tools/" + file).toURI());
  }
}
