package org.lrsweep.bench.acceleration;

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

  abstract void apply(ComputationGraph network, Precision precision);
}
