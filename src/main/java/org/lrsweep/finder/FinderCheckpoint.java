package org.lrsweep.finder;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.lrsweep.checkpoint.DamagedCheckpointException;
import org.lrsweep.checkpoint.Snapshot;
import org.lrsweep.network.TrainingState;

/**
 * A range test between two rounds.
 *
 * @param state the network as trained so far
 * @param test smoothing, best loss and stop rule
 * @param steps every step so far
 * @param examples how many examples each of them trained on
 * @param accuracies the share of answers that were right before each of them; NaN of numbers
 */
record FinderCheckpoint(
    TrainingState state,
    StopRule.State test,
    List<FinderStep> steps,
    List<Long> examples,
    List<Double> accuracies) {

  private static final int STEP_NUMBERS = 5;

  FinderCheckpoint {
    steps = List.copyOf(steps);
    examples = List.copyOf(examples);
    accuracies = List.copyOf(accuracies);
  }

  static FinderCheckpoint atStart(TrainingState initial) {
    return new FinderCheckpoint(initial, StopRule.State.START, List.of(), List.of(), List.of());
  }

  /**
   * @param identity says which test this is
   */
  Snapshot snapshot(String identity) {
    double[] curve = new double[steps.size() * STEP_NUMBERS];
    for (int i = 0; i < steps.size(); i++) {
      FinderStep step = steps.get(i);
      double[] numbers = {
        step.lr(), step.lrMultiplier(), step.loss(), step.smoothedLoss(), step.bestLoss()
      };
      System.arraycopy(numbers, 0, curve, i * STEP_NUMBERS, STEP_NUMBERS);
    }
    StopReason stop = test.stopReason();
    return Snapshot.builder()
        .put("identity", identity)
        .put("step", state.step())
        .put("parameters", state.parameters())
        .put("updater state", state.updaterState())
        .put("test", test.firstLr(), test.average(), test.best())
        .put("stop reason", stop == null ? "" : stop.name())
        .put("curve", curve)
        .put("examples", examples.stream().mapToLong(Long::longValue).toArray())
        .put("accuracies", accuracies.stream().mapToDouble(Double::doubleValue).toArray())
        .build();
  }

  /**
   * @throws IllegalStateException if it is the checkpoint of another test
   * @throws DamagedCheckpointException if values are missing or contradict each other
   */
  static FinderCheckpoint of(Snapshot snapshot, String identity) {
    if (!snapshot.text("identity").equals(identity)) {
      throw new IllegalStateException(
          "The checkpoint is of another range test: "
              + snapshot.text("identity")
              + ", not "
              + identity);
    }
    TrainingState state =
        new TrainingState(
            snapshot.floats("parameters"),
            snapshot.floats("updater state"),
            snapshot.number("step"));
    double[] curve = snapshot.doubles("curve");
    double[] test = snapshot.doubles("test");
    List<Long> examples = Arrays.stream(snapshot.longs("examples")).boxed().toList();
    List<Double> accuracies = accuracies(snapshot, examples);
    if (test.length != 3
        || curve.length != examples.size() * STEP_NUMBERS
        || accuracies.size() != examples.size()) {
      throw new DamagedCheckpointException("its curve and its number of steps don't fit together");
    }
    List<FinderStep> steps = new ArrayList<>();
    for (int i = 0; i < examples.size(); i++) {
      int at = i * STEP_NUMBERS;
      steps.add(
          new FinderStep(i, curve[at], curve[at + 1], curve[at + 2], curve[at + 3], curve[at + 4]));
    }
    String stop = snapshot.text("stop reason");
    return new FinderCheckpoint(
        state,
        new StopRule.State(
            steps.size(),
            test[0],
            steps.isEmpty() ? 0 : steps.get(0).loss(),
            test[1],
            test[2],
            stop.isEmpty() ? null : StopReason.valueOf(stop)),
        steps,
        examples,
        accuracies);
  }

  /** Older versions kept how many examples were classified right. */
  private static List<Double> accuracies(Snapshot snapshot, List<Long> examples) {
    if (snapshot.has("accuracies")) {
      return Arrays.stream(snapshot.doubles("accuracies")).boxed().toList();
    }
    long[] correct = snapshot.longs("correct");
    return IntStream.range(0, Math.min(correct.length, examples.size()))
        .mapToObj(i -> (double) correct[i] / examples.get(i))
        .toList();
  }
}
