package org.lrsweep.export;

import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import org.lrsweep.results.TrialRow;
import org.nd4j.shade.protobuf.Value;

/**
 * A trial's parameters for TensorBoard's table of hyper-parameters.
 *
 * @see <a
 *     href="https://github.com/tensorflow/tensorboard/blob/2.16.2/tensorboard/plugins/hparams/plugin_data.proto">plugin_data.proto</a>
 */
final class HyperParameters {
  private static final String PLUGIN = "hparams";
  private static final int START_INFO = 3;
  private static final int END_INFO = 4;
  private static final int PARAMETERS = 1;
  private static final int STATUS = 1;
  private static final int UNKNOWN = 0;
  private static final int SUCCESS = 1;
  private static final int FAILURE = 2;

  private HyperParameters() {}

  static void write(TrialRow trial, EventFile file) throws IOException {
    byte[] start =
        ProtoBytes.of(
            info -> {
              for (Map.Entry<String, Value> each : of(trial).entrySet()) {
                info.writeByteArray(
                    PARAMETERS,
                    ProtoBytes.of(
                        entry -> {
                          entry.writeString(1, each.getKey());
                          entry.writeMessage(2, each.getValue());
                        }));
              }
            });
    int status =
        switch (trial.status()) {
          case COMPLETED -> SUCCESS;
          case STOPPED -> UNKNOWN;
          case DIVERGED, FAILED -> FAILURE;
        };
    byte[] end = ProtoBytes.of(info -> info.writeEnum(STATUS, status));
    file.plugin(
        "_hparams_/session_start_info",
        PLUGIN,
        ProtoBytes.of(data -> data.writeByteArray(START_INFO, start)));
    file.plugin(
        "_hparams_/session_end_info",
        PLUGIN,
        ProtoBytes.of(data -> data.writeByteArray(END_INFO, end)));
  }

  private static Map<String, Value> of(TrialRow trial) {
    Map<String, Value> values = new TreeMap<>();
    values.put("policy", Value.newBuilder().setStringValue(trial.policy()).build());
    values.put("step_size_epochs", number(trial.stepSizeEpochs()));
    values.put("base_lr", number(trial.baseLr()));
    values.put("max_lr", number(trial.maxLr()));
    values.put("batch_size", number(trial.batchSize()));
    values.put("epochs", number(trial.epochs()));
    values.put("seed", Value.newBuilder().setStringValue(String.valueOf(trial.seed())).build());
    return values;
  }

  private static Value number(double value) {
    return Value.newBuilder().setNumberValue(value).build();
  }
}
