package org.lrsweep.training.spark;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.spark.TaskKilledException;
import org.lrsweep.training.state.NeededSpark;

/** Tells a failure that comes of what Spark does not publish from all others. */
final class SparkFault {
  private static final String STATE = NeededSpark.class.getPackageName() + ".";

  /** A class or member that is not there, in a task that Spark gave up. */
  private static final Pattern LINKAGE =
      Pattern.compile(
          "java\\.lang\\.(NoClassDefFound|NoSuchMethod|NoSuchField|AbstractMethod"
              + "|IncompatibleClassChange)Error.*");

  private SparkFault() {}

  /**
   * What is wrong with Spark, in a phrase: what isn't there, or what it has thrown when it was
   * called by the room that calls what it does not publish. Empty if the failure is another one.
   */
  static Optional<String> of(Throwable failure) {
    if (failure instanceof FastWayException) {
      return Optional.of(failure.getMessage());
    }
    Matcher inTask = LINKAGE.matcher(failure.toString());
    if (inTask.find()) {
      return Optional.of(inTask.group());
    }
    boolean ours = failure instanceof LinkageError || isThrownToState(failure);
    return ours ? Optional.of(failure.toString()) : Optional.empty();
  }

  private static boolean isThrownToState(Throwable failure) {
    if (failure instanceof TaskKilledException) {
      return false;
    }
    String[] callers =
        Stream.of(failure.getStackTrace())
            .map(StackTraceElement::getClassName)
            .filter(type -> type.startsWith("org."))
            .toArray(String[]::new);
    int ours = 0;
    while (ours < callers.length && callers[ours].startsWith("org.apache.spark.")) {
      ours++;
    }
    return ours > 0 && ours < callers.length && callers[ours].startsWith(STATE);
  }
}
