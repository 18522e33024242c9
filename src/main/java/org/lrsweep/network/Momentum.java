package org.lrsweep.network;

import java.util.Map;
import java.util.Objects;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.GradientUpdater;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.schedule.ISchedule;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Stochastic gradient descent with plain momentum, as Keras' {@code SGD(momentum=m)} without
 * Nesterov's look-ahead: {@code v = m * v - lr * gradient; parameters += v}. Deeplearning4j itself
 * has only Nesterov's form. The state has the layout and sign of {@code Nesterovs}.
 *
 * <p>A configuration, to be set on a network like any DL4J updater.
 */
public final class Momentum implements IUpdater {
  private double momentum;
  private double learningRate;
  private ISchedule learningRateSchedule;

  /**
   * @param learningRate the fixed learning rate, unless a schedule is set
   * @param momentum the share of the last update that is kept, {@code 0 <= momentum < 1}
   * @throws IllegalArgumentException if {@code momentum} is out of its range
   */
  public Momentum(double learningRate, double momentum) {
    this(learningRate, null, momentum);
  }

  @JsonCreator
  private Momentum(
      @JsonProperty("learningRate") double learningRate,
      @JsonProperty("learningRateSchedule") ISchedule learningRateSchedule,
      @JsonProperty("momentum") double momentum) {
    if (!(momentum >= 0 && momentum < 1)) {
      throw new IllegalArgumentException("momentum must be >= 0 and < 1, found " + momentum);
    }
    this.learningRate = learningRate;
    this.learningRateSchedule = learningRateSchedule;
    this.momentum = momentum;
  }

  @JsonProperty("momentum")
  public double momentum() {
    return momentum;
  }

  /** Changes the momentum of a live network's updater from the next step on. */
  void setMomentum(double momentum) {
    this.momentum = momentum;
  }

  @JsonProperty("learningRate")
  double learningRate() {
    return learningRate;
  }

  @JsonProperty("learningRateSchedule")
  ISchedule learningRateSchedule() {
    return learningRateSchedule;
  }

  @Override
  public long stateSize(long parameters) {
    return parameters;
  }

  @Override
  @SuppressWarnings("rawtypes") // DL4J's own signature
  public GradientUpdater instantiate(INDArray state, boolean initialize) {
    MomentumUpdater updater = new MomentumUpdater(this);
    INDArray flat = state.reshape(state.length());
    updater.setStateViewArray(flat, flat.shape(), flat.ordering(), initialize);
    return updater;
  }

  @Override
  @SuppressWarnings("rawtypes") // DL4J's own signature
  public GradientUpdater instantiate(Map<String, INDArray> state, boolean initialize) {
    MomentumUpdater updater = new MomentumUpdater(this);
    updater.setState(state, initialize);
    return updater;
  }

  @Override
  public double getLearningRate(int iteration, int epoch) {
    return learningRateSchedule == null
        ? learningRate
        : learningRateSchedule.valueAt(iteration, epoch);
  }

  @Override
  public boolean hasLearningRate() {
    return true;
  }

  @Override
  public void setLrAndSchedule(double rate, ISchedule schedule) {
    learningRate = rate;
    learningRateSchedule = schedule;
  }

  @Override
  @SuppressWarnings("MethodDoesntCallSuperMethod")
  public Momentum clone() {
    ISchedule schedule = learningRateSchedule == null ? null : learningRateSchedule.clone();
    return new Momentum(learningRate, schedule, momentum);
  }

  /** DL4J updates neighbouring layers in one go where their updaters are equal. */
  @Override
  public boolean equals(Object other) {
    return other instanceof Momentum that
        && Double.compare(momentum, that.momentum) == 0
        && Double.compare(learningRate, that.learningRate) == 0
        && Objects.equals(learningRateSchedule, that.learningRateSchedule);
  }

  @Override
  public int hashCode() {
    return Objects.hash(momentum, learningRate, learningRateSchedule);
  }

  @Override
  public String toString() {
    return "Momentum(momentum=" + momentum + ", learningRate=" + learningRate + ")";
  }
}
