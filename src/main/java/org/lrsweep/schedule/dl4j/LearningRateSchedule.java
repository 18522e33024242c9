package org.lrsweep.schedule.dl4j;

import org.lrsweep.schedule.Schedule;
import org.nd4j.linalg.schedule.ISchedule;
import org.nd4j.shade.jackson.annotation.JsonProperty;
import org.nd4j.shade.jackson.databind.annotation.JsonDeserialize;
import org.nd4j.shade.jackson.databind.annotation.JsonSerialize;

/**
 * A schedule's learning rate for a Deeplearning4j updater, e.g. {@code new Nesterovs(new
 * LearningRateSchedule(schedule), 0.9)}. The step is Deeplearning4j's iteration; the epoch does not
 * matter.
 *
 * <p>Kept in a saved model's JSON, and so are the schedules of this library and every other that is
 * a record of numbers, texts, enums and such schedules. An amplitude scale of one's own is kept if
 * it is a {@link org.lrsweep.schedule.NamedScale}; a lambda is not.
 *
 * <p>Immutable and thread-safe.
 *
 * @param schedule gives the learning rate
 */
public record LearningRateSchedule(
    @JsonProperty("schedule")
        @JsonSerialize(using = ScheduleJson.Writer.class)
        @JsonDeserialize(using = ScheduleJson.Reader.class)
        Schedule schedule)
    implements ISchedule {

  private static final long serialVersionUID = 1L;

  @Override
  public double valueAt(int iteration, int epoch) {
    return schedule.learningRate(iteration);
  }

  /** This: there is nothing in it that could change. */
  @Override
  @SuppressWarnings("MethodDoesntCallSuperMethod")
  public LearningRateSchedule clone() {
    return this;
  }
}
