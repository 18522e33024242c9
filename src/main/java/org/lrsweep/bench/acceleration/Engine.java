package org.lrsweep.bench.acceleration;

import java.util.Arrays;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.lrsweep.acceleration.Acceleration;
import org.lrsweep.acceleration.onednn.Precision;

/** What a network's layers run on. */
public enum Engine {
  /** Deeplearning4j's own layers. */
  STOCK("stock") {
    @Override
    void apply(ComputationGraph network, Precision precision) {
      // A network is stock until it is accelerated.
    }
  },

  /** oneDNN. */
  ACCELERATED("accelerated") {
    @Override
    void apply(ComputationGraph network, Precision precision) {
      Acceleration.accelerate(network, precision);
    }
  };

  private final String label;

  Engine(String label) {
    this.label = label;
  }

  /** The name that tables and JSON use. */
  public String label() {
    return label;
  }

  /**
   * The engine of this {@link #label() label}.
   *
   * @throws IllegalArgumentException if there is none, with the names that there are
   */
  public static Engine named(String label) {
    return Arrays.stream(values())
        .filter(engine -> engine.label.equals(label))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "'" + label + "' are no layers; there are stock and accelerated"));
  }

  abstract void apply(ComputationGraph network, Precision precision);
}
