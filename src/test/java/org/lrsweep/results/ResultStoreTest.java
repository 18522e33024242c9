package org.lrsweep.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultStoreTest {
  private static final SampleRun SAMPLE = new SampleRun("r1", 4, 5);

  @TempDir private Path output;
  private ResultStore store;

  @BeforeEach
  void open() {
    store = open(output.toString());
  }

  private static ResultStore open(String output) {
    return ResultStore.open(output, new Configuration());
  }

  @Test
  void readsBackWhatItWrote() {
    SAMPLE.write(store, 7);

    assertThat(store.runs()).containsExactly(SAMPLE.run());
    assertThat(store.read(Tables.FINDER_STEPS, "r1"))
        .containsExactlyElementsOf(SAMPLE.finderSteps(2814));
    assertThat(store.read(Tables.FINDER_SUGGESTIONS, "r1"))
        .containsExactlyInAnyOrderElementsOf(SAMPLE.suggestions());
    assertThat(store.read(Tables.TRIALS, "r1"))
        .extracting(TrialRow::trialId, TrialRow::status)
        .hasSize(7)
        .contains(tuple("trial-06", TrialStatus.DIVERGED));
    assertThat(store.read(Tables.EPOCHS, "r1"))
        .filteredOn(row -> row.valLoss() == null)
        .extracting(EpochRow::trialId)
        .containsExactly("trial-06");
    assertThat(store.read(Tables.TRAIN_STEPS, "r1")).hasSize(6 * 4 * 5 + 5);
    assertThat(store.read(Tables.CONFUSION, "r1")).hasSize(7 * 100);
  }

  @Test
  void readsOneTrialWhereverItsRowsAre() {
    EpochRow ofOldVersion = new EpochRow("r1", "t1", 1, 0.5, 0.1, null, null, 5);
    EpochRow own = new EpochRow("r1", "t1", 2, 0.5, 0.1, null, null, 5);
    EpochRow others = new EpochRow("r1", "t2", 1, 0.5, 0.1, null, null, 5);
    store.write(Tables.EPOCHS, "r1", List.of(ofOldVersion, others));
    store.replaceTrial(Tables.EPOCHS, "r1", "t1", List.of(own));

    assertThat(store.readTrial(Tables.EPOCHS, "r1", "t1")).containsExactly(ofOldVersion, own);
    assertThat(store.readTrial(Tables.EPOCHS, "r1", "t3")).isEmpty();
  }

  @Test
  void keepsNullsNaNsAndInfinitiesApart() {
    List<EpochRow> rows =
        List.of(
            new EpochRow("r1", "t1", 1, Double.NaN, 0.1, null, null, 5),
            new EpochRow("r1", "t1", 2, -0.0, 0.1, Double.NaN, 0.0, 5),
            new EpochRow("r1", "t1", 3, Double.POSITIVE_INFINITY, 0.1, Double.MIN_VALUE, 1.0, 5));

    store.write(Tables.EPOCHS, "r1", rows);

    assertThat(store.read(Tables.EPOCHS, "r1")).containsExactlyElementsOf(rows);
  }

  @Test
  void aRunWithoutRowsReadsAsEmpty() {
    assertThat(store.runs()).isEmpty();
    assertThat(store.exists("r1")).isFalse();
    assertThat(store.read(Tables.EPOCHS, "r1")).isEmpty();

    store.write(Tables.EPOCHS, "r1", List.of());

    assertThat(store.read(Tables.EPOCHS, "r1")).isEmpty();
  }

  @Test
  void equalRowsGiveEqualBytesInWhateverOrderTheyCome() throws IOException {
    List<FinderStepRow> rows = SAMPLE.finderSteps(500);
    List<FinderStepRow> backwards = new ArrayList<>(rows);
    Collections.reverse(backwards);
    ResultStore other = open(output.resolve("other").toString());

    store.write(Tables.FINDER_STEPS, "r1", rows);
    other.write(Tables.FINDER_STEPS, "r1", backwards);

    String file = "finder_steps/run_id=r1/part-00000.parquet";
    assertThat(output.resolve("other").resolve(file)).hasSameBinaryContentAs(output.resolve(file));
  }

  @Test
  void refusesToOverwriteRows() {
    store.write(Tables.EPOCHS, "r1", epochs(1));

    assertThatThrownBy(() -> store.write(Tables.EPOCHS, "r1", epochs(2)))
        .isInstanceOf(ResultsException.class)
        .hasMessageMatching(
            ".*/epochs/run_id=r1/part-00000.parquet exists already; take another run id or delete"
                + " the run's rows first");
    assertThat(store.read(Tables.EPOCHS, "r1")).hasSize(1);

    store.replace(Tables.EPOCHS, "r1", epochs(2));
    assertThat(store.read(Tables.EPOCHS, "r1")).hasSize(2);
  }

  @Test
  void refusesRowsOfOtherRunsAndDoubleRows() {
    assertThatThrownBy(() -> store.write(Tables.EPOCHS, "r2", epochs(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("rows of epochs must be of run r2, found EpochRow[runId=r1");

    List<EpochRow> twice = List.of(epochs(1).get(0), epochs(1).get(0));
    assertThatThrownBy(() -> store.write(Tables.EPOCHS, "r1", twice))
        .hasMessageStartingWith("rows of epochs must differ in their key, found twice: EpochRow[");
  }

  @Test
  void aTrialsRowsAreReplacedByThemselvesAndReadWithTheOthers() throws IOException {
    store.write(Tables.EPOCHS, "r1", epochs(1));
    store.replaceTrial(Tables.EPOCHS, "r1", "t2", epochs("t2", 3));
    store.replaceTrial(Tables.EPOCHS, "r1", "t2", epochs("t2", 2));

    assertThat(filesIn(output))
        .containsExactly("epochs/run_id=r1/part-00000.parquet", "epochs/run_id=r1/part-t2.parquet");
    assertThat(store.read(Tables.EPOCHS, "r1"))
        .extracting(EpochRow::trialId, EpochRow::epoch)
        .containsExactly(tuple("t1", 1), tuple("t2", 1), tuple("t2", 2));
    assertThatThrownBy(() -> store.replaceTrial(Tables.EPOCHS, "r1", "t2", epochs(1)))
        .hasMessageStartingWith("rows of epochs must be of trial t2, found EpochRow[runId=r1");
    assertThatThrownBy(() -> store.replaceTrial(Tables.EPOCHS, "r1", "../t2", List.of()))
        .hasMessageStartingWith("trial_id must start with a letter");
    assertThatThrownBy(
            () -> store.replaceTrial(Tables.FINDER_STEPS, "r1", "t2", SAMPLE.finderSteps(1)))
        .hasMessage("rows of finder_steps are of no trial");
  }

  @Test
  void ofWritersAtOnceExactlyOneSucceeds() throws Exception {
    List<Callable<Boolean>> writers =
        IntStream.rangeClosed(1, 16).<Callable<Boolean>>mapToObj(n -> () -> tryWrite(n)).toList();

    assertThat(inParallel(writers)).containsOnlyOnce(true);
    assertThat(store.read(Tables.EPOCHS, "r1")).isNotEmpty();
    assertThat(filesIn(output)).containsExactly("epochs/run_id=r1/part-00000.parquet");
  }

  private boolean tryWrite(int rows) {
    try {
      open(output.toString()).write(Tables.EPOCHS, "r1", epochs(rows));
      return true;
    } catch (ResultsException e) {
      assertThat(e).hasMessageContaining("exists already");
      return false;
    }
  }

  @Test
  void readersSeeARunsOldRowOrItsNewOne() throws Exception {
    RunRow running =
        new RunRow(
            "r1",
            RunStatus.RUNNING,
            Instant.EPOCH,
            null,
            "1",
            "3.5.5",
            "local",
            "{}",
            "garments",
            "ab",
            10,
            2,
            1,
            1,
            1);
    RunRow completed = running.ended(RunStatus.COMPLETED, Instant.EPOCH);
    store.commitRun(running);
    AtomicBoolean done = new AtomicBoolean();

    Callable<Integer> writer =
        () -> {
          for (int i = 0; i < 50; i++) {
            store.commitRun(completed);
            store.commitRun(running);
          }

          done.set(true);
          return 0;
        };
    Callable<Integer> reader =
        () -> {
          int reads = 0;

          while (!done.get()) {
            assertThat(store.runs()).hasSize(1).isSubsetOf(running, completed);
            reads++;
          }

          return reads;
        };

    assertThat(inParallel(List.of(writer, reader)).get(1)).isPositive();
  }

  private static <T> List<T> inParallel(List<Callable<T>> tasks) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(tasks.size());

    try {
      List<T> results = new ArrayList<>();

      for (Future<T> result : threads.invokeAll(tasks)) {
        results.add(result.get());
      }

      return results;
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void aFailedWriteLeavesNothing() throws IOException {
    String report = store.reportDirectory("r1") + "/plot.png";
    store.writeFile(report, out -> out.write("old".getBytes(StandardCharsets.UTF_8)));

    assertThatThrownBy(
            () ->
                store.writeFile(
                    report,
                    out -> {
                      out.write(new byte[100_000]);
                      throw new IOException("No space left on device");
                    }))
        .isInstanceOf(ResultsException.class)
        .hasMessageMatching(
            ".*/reports/r1/plot.png can't be written \\(No space left on device\\); check the space"
                + " and the permissions of the output");
    assertThat(filesIn(output)).containsExactly("reports/r1/plot.png");
    assertThat(output.resolve("reports/r1/plot.png")).hasContent("old");
  }

  @Test
  void whatACrashLeavesIsNoRowAndIsSweptUpADayLater() throws IOException {
    store.write(Tables.EPOCHS, "r1", epochs(1));
    Path written = output.resolve("epochs/run_id=r1/part-00000.parquet");
    Path old = Files.copy(written, output.resolve(".staged-old"));
    Files.move(written, output.resolve(".staged-new"));
    Files.setLastModifiedTime(old, FileTime.from(Instant.now().minus(Duration.ofHours(25))));

    assertThat(store.read(Tables.EPOCHS, "r1")).isEmpty();

    store.checkWritable();

    assertThat(filesIn(output)).containsExactly(".staged-new");
  }

  @Test
  void writesNoChecksumSideFiles() throws IOException {
    SAMPLE.write(store, 1);
    store.writeFile(store.reportDirectory("r1") + "/plot.png", out -> out.write(1));

    assertThat(filesIn(output)).hasSize(11).noneMatch(file -> file.endsWith(".crc"));
  }

  @Test
  void checksThatTheOutputCanBeWritten() throws IOException {
    store.checkWritable();
    assertThat(filesIn(output)).isEmpty();

    Path file = Files.createFile(output.resolve("file"));

    assertThatThrownBy(() -> open(file + "/results").checkWritable())
        .isInstanceOf(ResultsException.class)
        .hasMessageStartingWith("output \"" + file + "/results\" can't be written (")
        .hasMessageEndingWith("set output to a place where this user may create files");
    assertThatThrownBy(() -> open("nowhere://results"))
        .isInstanceOf(ResultsException.class)
        .hasMessage(
            "output \"nowhere://results\" can't be opened (No FileSystem for scheme \"nowhere\");"
                + " set output to a path or to a URI that this Hadoop knows");
    assertThatThrownBy(() -> open("")).hasMessageContaining("output \"\" can't be opened");
  }

  @Test
  void aDamagedFileIsNamed() throws IOException {
    SAMPLE.write(store, 1);
    Path file = output.resolve("trials/run_id=r1/part-trial-01.parquet");
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(bytes, bytes.length / 2));

    assertThatThrownBy(() -> store.read(Tables.TRIALS, "r1"))
        .isInstanceOf(ResultsException.class)
        .hasMessageContaining(file + " can't be read as rows of trials (")
        .hasMessageEndingWith("restore it, or delete it and run again");
  }

  @Test
  void aFileOfAnotherTableIsRefused() throws IOException {
    store.write(Tables.EPOCHS, "r1", epochs(1));
    Files.createDirectories(output.resolve("class_metrics"));
    Files.move(output.resolve("epochs/run_id=r1"), output.resolve("class_metrics/run_id=r1"));

    assertThatThrownBy(() -> store.read(Tables.CLASS_METRICS, "r1"))
        .hasMessageContaining("(column class_id of type INT is missing)");
  }

  @Test
  void readsFilesOfVersionsWithFewerOrMoreColumns() {
    record Older(
        @Meaning("the run") String runId,
        @Meaning("the trial") String trialId,
        @Meaning("the epoch") int epoch,
        @Meaning("a loss") double trainLoss,
        @Meaning("an accuracy") double trainAccuracy,
        @Meaning("of a later version") String mood,
        @Meaning("a time") long durationMs) {}
    Table<Older> older =
        Table.of("epochs", "an epoch", Older.class, Comparator.comparing(Older::epoch));

    store.write(older, "r1", List.of(new Older("r1", "t1", 1, 0.5, 0.75, "fine", 10)));

    assertThat(store.read(Tables.EPOCHS, "r1"))
        .containsExactly(new EpochRow("r1", "t1", 1, 0.5, 0.75, null, null, 10));
  }

  @Test
  void placesModelsAndReportsInTheOutput() {
    assertThat(store.modelDirectory("r1", "t1")).isEqualTo("file:" + output + "/models/r1/t1");
    assertThat(store.reportDirectory("r1")).isEqualTo("file:" + output + "/reports/r1");
    assertThat(store.comparisonDirectory(List.of("r1", "r2")))
        .isEqualTo("file:" + output + "/reports/r1+r2");
    assertThat(store.comparisonDirectory(Collections.nCopies(50, "a-rather-long-run-id")))
        .hasSizeLessThan(output.toString().length() + 230);
    assertThat(store).hasToString("file:" + output);
    assertThatThrownBy(() -> store.modelDirectory("r1", "../../etc"))
        .hasMessageStartingWith("trial_id must start with a letter");
    assertThatThrownBy(() -> store.writeFile("file:/elsewhere/plot.png", out -> out.write(1)))
        .hasMessageStartingWith("file:/elsewhere/plot.png is not in the output");
    assertThatThrownBy(() -> store.writeFile(store + "/../plot.png", out -> out.write(1)))
        .hasMessageContaining("is not in the output");
  }

  private static List<EpochRow> epochs(int count) {
    return epochs("t1", count);
  }

  private static List<EpochRow> epochs(String trialId, int count) {
    return IntStream.rangeClosed(1, count)
        .mapToObj(epoch -> new EpochRow("r1", trialId, epoch, 1, 0.5, 1.0, 0.5, 10))
        .toList();
  }

  private static List<String> filesIn(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> folder.relativize(file).toString())
          .sorted()
          .toList();
    }
  }
}
