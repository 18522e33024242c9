package org.lrsweep.network;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.RmsProp;

/** The optimizers that a configuration can name. */
public enum Optimizer {
  /** Plain momentum, as Keras' SGD; see {@link Momentum}. */
  MOMENTUM("momentum") {
    @Override
    public IUpdater updater(Coefficients c) {
      return new Momentum(UNTIL_SCHEDULED, c.momentum());
    }
  },

  /** Nesterov's momentum, Deeplearning4j's own. */
  NESTEROV("nesterov") {
    @Override
    public IUpdater updater(Coefficients c) {
      return new Nesterovs(UNTIL_SCHEDULED, c.momentum());
    }
  },

  /** Adam, Deeplearning4j's own. */
  ADAM("adam") {
    @Override
    public IUpdater updater(Coefficients c) {
      return new Adam(UNTIL_SCHEDULED, c.beta1(), c.beta2(), c.epsilon());
    }
  },

  /**
   * Adam with decoupled weight decay (Loshchilov and Hutter, arXiv 1711.05101), which {@link
   * NetworkSpec#withWeightDecay} brings.
   */
  ADAMW("adamw") {
    @Override
    public IUpdater updater(Coefficients c) {
      return ADAM.updater(c);
    }
  },

  /** RMSProp, Deeplearning4j's own. */
  RMSPROP("rmsprop") {
    @Override
    public IUpdater updater(Coefficients c) {
      return new RmsProp(UNTIL_SCHEDULED, c.rmsDecay(), c.epsilon());
    }
  };

  private static final String OF_NETWORK = "model";

  /** Rounds bring the learning rate of each step; no step uses this one. */
  private static final double UNTIL_SCHEDULED = 1e-3;

  private final String label;

  Optimizer(String label) {
    this.label = label;
  }

  /**
   * Coefficients of all optimizers; each takes those that it knows.
   *
   * @param momentum {@code 0 <= momentum < 1}
   * @param beta1 {@code 0 <= beta1 < 1}
   * @param beta2 {@code 0 <= beta2 < 1}
   * @param epsilon {@code > 0}
   * @param rmsDecay {@code 0 <= rmsDecay < 1}
   */
  public record Coefficients(
      double momentum, double beta1, double beta2, double epsilon, double rmsDecay) {}

  /** Whether a name stands for the updaters of the network's own configuration. */
  public static boolean isOfNetwork(String label) {
    return label.equals(OF_NETWORK);
  }

  /**
   * The optimizer of a name.
   *
   * @throws IllegalArgumentException if no optimizer has it
   */
  public static Optimizer of(String label) {
    return Arrays.stream(values())
        .filter(optimizer -> optimizer.label.equals(label))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "must be one of "
                        + Arrays.stream(values())
                            .map(optimizer -> optimizer.label)
                            .collect(Collectors.joining(", "))
                        + ", "
                        + OF_NETWORK
                        + ", found '"
                        + label
                        + "'"));
  }

  /** The optimizer as DL4J configures it. */
  public abstract IUpdater updater(Coefficients coefficients);
}
