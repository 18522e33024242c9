package org.lrsweep.training.spark;

import java.util.function.Consumer;
import org.apache.spark.scheduler.AccumulableInfo;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerExecutorMetricsUpdate;
import org.lrsweep.training.RunningStep;
import scala.Tuple4;
import scala.collection.JavaConverters;
import scala.collection.Seq;

/** Picks one accumulator's steps out of the executors' heartbeats. */
final class Heartbeats extends SparkListener {
  private final long accumulator;
  private final Consumer<RunningStep> listener;

  Heartbeats(long accumulator, Consumer<RunningStep> listener) {
    this.accumulator = accumulator;
    this.listener = listener;
  }

  @Override
  public void onExecutorMetricsUpdate(SparkListenerExecutorMetricsUpdate update) {
    for (Tuple4<Object, Object, Object, Seq<AccumulableInfo>> task : list(update.accumUpdates())) {
      for (AccumulableInfo info : list(task._4())) {
        if (info.id() == accumulator
            && info.update().isDefined()
            && info.update().get() instanceof RunningStep step) {
          listener.accept(step);
        }
      }
    }
  }

  private static <T> Iterable<T> list(Seq<T> seq) {
    return JavaConverters.seqAsJavaListConverter(seq).asJava();
  }
}
