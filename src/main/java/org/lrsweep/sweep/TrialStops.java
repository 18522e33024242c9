package org.lrsweep.sweep;

import java.util.List;
import java.util.Optional;

/** Says whether a trial is to end before it is done. Called from several threads. */
interface TrialStops {

  /** Lets every trial go on. */
  TrialStops NEVER = (trial, epochs) -> Optional.empty();

  /**
   * Why a trial is to stop between two epochs.
   *
   * @param epochs those that it has finished, at least one
   * @return empty if it is to go on
   */
  Optional<String> reason(Trial trial, List<TrialEpoch> epochs);
}
