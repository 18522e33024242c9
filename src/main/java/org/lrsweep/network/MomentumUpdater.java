package org.lrsweep.network;

import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.GradientUpdater;

/** Turns a gradient into the amount that DL4J subtracts from the parameters, in place. */
final class MomentumUpdater implements GradientUpdater<Momentum> {
  private static final String VELOCITY = "V";

  private final Momentum config;
  private INDArray velocity;

  MomentumUpdater(Momentum config) {
    this.config = config;
  }

  @Override
  public Momentum getConfig() {
    return config;
  }

  @Override
  public void setState(Map<String, INDArray> state, boolean initialize) {
    INDArray given = state.get(VELOCITY);
    if (given == null || state.size() != 1) {
      throw new IllegalStateException(
          "The state of Momentum has the one key " + VELOCITY + ", found " + state.keySet());
    }
    velocity = given;
  }

  @Override
  public Map<String, INDArray> getState() {
    return Map.of(VELOCITY, velocity);
  }

  @Override
  public void setStateViewArray(
      INDArray view, long[] gradientShape, char gradientOrder, boolean initialize) {
    if (initialize) {
      view.assign(0);
    }
    velocity = view;
  }

  @Override
  public void applyUpdater(INDArray gradient, int iteration, int epoch) {
    INDArray flat = gradient.reshape(velocity.shape());
    flat.muli(-config.getLearningRate(iteration, epoch));
    velocity.muli(config.momentum()).addi(flat);
    flat.assign(velocity).negi();
  }
}
