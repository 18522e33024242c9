package org.lrsweep.bench.acceleration;

import org.deeplearning4j.nn.graph.ComputationGraph;
import org.lrsweep.acceleration.Acceleration;

/** What a network's layers run on. */
public enum Engine {
  /** Deeplearning4j's own layers. */
  STOCK("stock") {
    @Override
    void apply(ComputationGraph network) {
      // A network is stock until it is accelerated.
    }
  },

  /** oneDNN. */
  ACCELERATED("accelerated") {
    @Override
    void apply(ComputationGraph network) {
      Acceleration.accelerate(network);
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

  abstract void apply(ComputationGraph network);
}
