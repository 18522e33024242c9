package org.lrsweep.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.util.PureJavaCrc32C;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lrsweep.results.EpochRow;
import org.lrsweep.results.FinderStepRow;
import org.lrsweep.results.ResultStore;
import org.lrsweep.results.SampleRun;
import org.lrsweep.results.Tables;
import org.lrsweep.results.TrainStepRow;
import org.lrsweep.results.TrialRow;
import org.nd4j.shade.protobuf.ByteString;
import org.nd4j.shade.protobuf.UnknownFieldSet;

/**
 * Reads the files without the classes that wrote them: by the wire format, the numbers of the
 * fields in TensorFlow's and TensorBoard's .proto files, and Hadoop's CRC32C.
 */
class TensorBoardTest {
  @TempDir private Path folder;
  private ResultStore store;

  @BeforeEach
  void export() throws Exception {
    store = ResultStore.open(folder.resolve("results").toString(), new Configuration());
    new SampleRun("r1", 2, 3).write(store, 1);
    TensorBoard.write(store, "r1", folder.resolve("logs"));
    TensorBoard.write(store, "r1", folder.resolve("logs"));
  }

  private List<UnknownFieldSet> events(String name) throws Exception {
    List<Path> files;
    try (var found = Files.list(folder.resolve("logs/r1").resolve(name))) {
      files = found.toList();
    }
    assertThat(files).as("one file, however often it is exported").hasSize(1);
    ByteBuffer bytes =
        ByteBuffer.wrap(Files.readAllBytes(files.get(0))).order(ByteOrder.LITTLE_ENDIAN);
    List<UnknownFieldSet> events = new ArrayList<>();
    while (bytes.hasRemaining()) {
      byte[] length = new byte[8];
      bytes.get(length);
      assertThat(bytes.getInt()).as("CRC of the length").isEqualTo(maskedCrc(length));
      byte[] event = new byte[(int) ByteBuffer.wrap(length).order(bytes.order()).getLong()];
      bytes.get(event);
      assertThat(bytes.getInt()).as("CRC of the event").isEqualTo(maskedCrc(event));
      events.add(UnknownFieldSet.parseFrom(event));
    }
    return events;
  }

  private static int maskedCrc(byte[] bytes) {
    PureJavaCrc32C crc = new PureJavaCrc32C();
    crc.update(bytes, 0, bytes.length);
    int value = (int) crc.getValue();
    return ((value >>> 15) | (value << 17)) + 0xa282ead8;
  }

  private static ByteString bytes(UnknownFieldSet message, int field) {
    return message.getField(field).getLengthDelimitedList().get(0);
  }

  private static UnknownFieldSet message(UnknownFieldSet parent, int field) throws Exception {
    return UnknownFieldSet.parseFrom(bytes(parent, field));
  }

  /** Of each tag its values by step. */
  private Map<String, NavigableMap<Long, Float>> scalars(String name) throws Exception {
    Map<String, NavigableMap<Long, Float>> scalars = new TreeMap<>();
    for (UnknownFieldSet event : events(name)) {
      if (event.hasField(5)) {
        UnknownFieldSet value = message(message(event, 5), 1);
        if (value.hasField(2)) {
          scalars
              .computeIfAbsent(bytes(value, 1).toStringUtf8(), tag -> new TreeMap<>())
              .put(
                  event.getField(2).getVarintList().get(0),
                  Float.intBitsToFloat(value.getField(2).getFixed32List().get(0)));
        }
      }
    }
    return scalars;
  }

  /** As TensorFlow's own files begin. */
  @Test
  void aFileBeginsWithItsVersion() throws Exception {
    Path file = folder.resolve("logs/r1/trial-01/events.out.tfevents.1795426200.lrsweep");

    assertThat(ByteBuffer.wrap(Files.readAllBytes(file)).slice(0, 12))
        .isEqualTo(
            ByteBuffer.wrap(new byte[] {0x18, 0, 0, 0, 0, 0, 0, 0, (byte) 0xa3, 0x7f, 0x4b, 0x22}));
    UnknownFieldSet first = events("trial-01").get(0);
    assertThat(bytes(first, 3).toStringUtf8()).isEqualTo("brain.Event:2");
    assertThat(Double.longBitsToDouble(first.getField(1).getFixed64List().get(0)))
        .isEqualTo(1795426200);
  }

  @Test
  void curvesAreThoseOfTheTables() throws Exception {
    Map<String, NavigableMap<Long, Float>> trial = scalars("trial-01");
    Map<String, NavigableMap<Long, Float>> finder = scalars("finder");

    for (TrainStepRow row : store.read(Tables.TRAIN_STEPS, "r1")) {
      assertThat(trial.get("step/loss")).contains(entry(row.step(), (float) row.loss()));
      assertThat(trial.get("step/learning_rate")).contains(entry(row.step(), (float) row.lr()));
    }
    List<EpochRow> epochs = store.read(Tables.EPOCHS, "r1");
    assertThat(trial.get("epoch/val_accuracy"))
        .as("at the last step of each epoch of three")
        .containsExactly(
            entry(2L, epochs.get(0).valAccuracy().floatValue()),
            entry(5L, epochs.get(1).valAccuracy().floatValue()));
    assertThat(trial.keySet())
        .containsExactly(
            "epoch/train_accuracy",
            "epoch/train_loss",
            "epoch/val_accuracy",
            "epoch/val_loss",
            "step/learning_rate",
            "step/loss");
    List<FinderStepRow> tests = store.read(Tables.FINDER_STEPS, "r1");
    assertThat(finder.get("finder/smoothed_loss")).hasSameSizeAs(tests);
    assertThat(finder.get("finder/smoothed_loss").lastEntry().getValue())
        .isEqualTo((float) tests.get(tests.size() - 1).smoothedLoss());
  }

  @Test
  void aTrialHasItsHyperParameters() throws Exception {
    TrialRow trial = store.read(Tables.TRIALS, "r1").get(0);
    Map<String, UnknownFieldSet> parameters = new TreeMap<>();
    UnknownFieldSet value = message(message(events("trial-01").get(1), 5), 1);
    UnknownFieldSet plugin = message(message(value, 9), 1);

    assertThat(bytes(value, 1).toStringUtf8()).isEqualTo("_hparams_/session_start_info");
    assertThat(bytes(plugin, 1).toStringUtf8()).isEqualTo("hparams");
    UnknownFieldSet start = message(UnknownFieldSet.parseFrom(bytes(plugin, 2)), 3);
    for (ByteString each : start.getField(1).getLengthDelimitedList()) {
      UnknownFieldSet parameter = UnknownFieldSet.parseFrom(each);
      parameters.put(bytes(parameter, 1).toStringUtf8(), message(parameter, 2));
    }
    assertThat(parameters)
        .containsOnlyKeys(
            "base_lr", "batch_size", "epochs", "max_lr", "policy", "seed", "step_size_epochs");
    assertThat(
            Double.longBitsToDouble(parameters.get("max_lr").getField(2).getFixed64List().get(0)))
        .isEqualTo(trial.maxLr());
    assertThat(bytes(parameters.get("policy"), 3).toStringUtf8()).isEqualTo(trial.policy());
  }
}
