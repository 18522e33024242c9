package org.lrsweep.sweep;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.lrsweep.checkpoint.Snapshot;

/**
 * What a trial has kept of its weights on the way.
 *
 * @param mean of parameters so far; empty before the first
 * @param count how many parameters are in the mean
 * @param snapshots parameters at the ends of the last cycles, the oldest first
 */
record CollectedWeights(Optional<float[]> mean, long count, List<WeightSnapshot> snapshots) {
  static final CollectedWeights NONE = new CollectedWeights(Optional.empty(), 0, List.of());

  /**
   * Parameters at some moment.
   *
   * @param step updates before it
   */
  @SuppressWarnings("ArrayRecordComponent") // megabytes: shared, and never written to once built
  record WeightSnapshot(long step, float[] parameters) {}

  CollectedWeights {
    snapshots = List.copyOf(snapshots);
  }

  /** Puts these among the values of a checkpoint. */
  void put(Snapshot.Builder values) {
    mean.ifPresent(parameters -> values.put("mean", parameters).put("mean count", count));
    if (!snapshots.isEmpty()) {
      values.put("snapshot steps", snapshots.stream().mapToLong(WeightSnapshot::step).toArray());
      for (WeightSnapshot snapshot : snapshots) {
        values.put("snapshot " + snapshot.step(), snapshot.parameters());
      }
    }
  }

  /** Those of a checkpoint; none if it has none. */
  static CollectedWeights read(Snapshot values) {
    List<WeightSnapshot> snapshots = new ArrayList<>();
    if (values.has("snapshot steps")) {
      for (long step : values.longs("snapshot steps")) {
        snapshots.add(new WeightSnapshot(step, values.floats("snapshot " + step)));
      }
    }
    return values.has("mean")
        ? new CollectedWeights(
            Optional.of(values.floats("mean")), values.number("mean count"), snapshots)
        : new CollectedWeights(Optional.empty(), 0, snapshots);
  }
}
