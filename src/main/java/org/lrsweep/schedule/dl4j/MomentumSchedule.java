package org.lrsweep.schedule.dl4j;

import org.lrsweep.schedule.Schedule;
import org.nd4j.linalg.schedule.ISchedule;
import org.nd4j.shade.jackson.annotation.JsonProperty;
import org.nd4j.shade.jackson.databind.annotation.JsonDeserialize;
import org.nd4j.shade.jackson.databind.annotation.JsonSerialize;

/**
 * A schedule's momentum for a Deeplearning4j updater, e.g. {@code
 * Nesterovs.builder().momentumISchedule(new MomentumSchedule(schedule))}. The step is
 * Deeplearning4j's iteration; the epoch does not matter.
 *
 * <p>Kept in a saved model's JSON, and so are the schedules of this library and every other that is
 * a record of numbers, texts, enums and such schedules. An amplitude scale of one's own is kept if
 * it is a {@link org.lrsweep.schedule.NamedScale}; a lambda is not.
 *
 * <p>Immutable and thread-safe.
 *
 * @param schedule gives the momentum
 */
public record MomentumSchedule(
    @JsonProperty("schedule")
        @JsonSerialize(using = ScheduleJson.Writer.class)
        @JsonDeserialize(using = ScheduleJson.Reader.class)
        Schedule schedule)
    implements ISchedule {

  private static final long serialVersionUID = 1L;

  /**
   * Checks that there is a momentum.
   *
   * @throws IllegalArgumentException if the schedule leaves momentum to the optimizer
   */
  public MomentumSchedule {
    if (schedule.momentum(0).isEmpty()) {
      throw new IllegalArgumentException(
          "A momentum schedule needs a schedule with a momentum, such as CycledMomentum, found "
              + schedule);
    }
  }

  @Override
  public double valueAt(int iteration, int epoch) {
    return schedule.momentum(iteration).orElseThrow();
  }

  /** This: there is nothing in it that could change. */
  @Override
  @SuppressWarnings("MethodDoesntCallSuperMethod")
  public MomentumSchedule clone() {
    return this;
  }
}
