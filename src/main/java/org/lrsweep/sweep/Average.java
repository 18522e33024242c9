package org.lrsweep.sweep;

import java.util.List;
import java.util.Locale;
import org.lrsweep.schedule.Labels;

/** Which mean of a trial's weights is kept beside its last ones. */
public enum Average {
  /** None. */
  NONE,
  /**
   * The plain mean of the weights at the ends of cycles: stochastic weight averaging, Izmailov and
   * others, <a href="https://arxiv.org/abs/1803.05407">Averaging Weights Leads to Wider Optima and
   * Better Generalization</a>.
   */
  SWA,
  /** The exponential mean of the weights at the ends of epochs. */
  EMA;

  /** The name in the configuration and in the result tables. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The mean of a name.
   *
   * @throws IllegalArgumentException if none has it
   */
  public static Average of(String label) {
    return Labels.find(label, List.of(values()), Average::label);
  }
}
