package org.lrsweep.examples;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import org.apache.spark.SparkContext;
import org.apache.spark.scheduler.AccumulableInfo;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerExecutorRemoved;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.scheduler.TaskInfo;
import org.apache.spark.util.CollectionAccumulator;
import scala.collection.JavaConverters;

/**
 * Which executors have made which share, as the driver hears of it with the end of a task. A task
 * that needs a share had better run where it is. What is not known here costs time and no bit.
 *
 * <p>Thread-safe.
 */
final class ShareHomes extends SparkListener {
  private final SparkContext spark;
  private final CollectionAccumulator<String> made;
  private final Map<String, Set<Home>> homes = new ConcurrentHashMap<>();

  private record Home(String executor, String host) implements Comparable<Home> {
    @Override
    public int compareTo(Home other) {
      return executor.compareTo(other.executor);
    }

    /** As Spark reads it back. */
    String location() {
      return "executor_" + host + "_" + executor;
    }
  }

  /** Listens until it is closed. */
  ShareHomes(SparkContext spark) {
    this.spark = spark;
    made = spark.collectionAccumulator("shares made");
    spark.addSparkListener(this);
  }

  /** What tasks add a share's name to when they have made it. */
  CollectionAccumulator<String> made() {
    return made;
  }

  @Override
  public void onTaskEnd(SparkListenerTaskEnd end) {
    TaskInfo task = end.taskInfo();
    for (AccumulableInfo info : JavaConverters.asJavaIterable(task.accumulables())) {
      if (info.id() == made.id() && info.update().isDefined()) {
        for (Object share : (List<?>) info.update().get()) {
          homes
              .computeIfAbsent((String) share, none -> new ConcurrentSkipListSet<>())
              .add(new Home(task.executorId(), task.host()));
        }
      }
    }
  }

  @Override
  public void onExecutorRemoved(SparkListenerExecutorRemoved removed) {
    homes
        .values()
        .forEach(some -> some.removeIf(home -> home.executor().equals(removed.executorId())));
  }

  /** Where a share is, as Spark names it. */
  List<String> of(String share) {
    return homes.getOrDefault(share, Set.of()).stream().map(Home::location).toList();
  }

  void close() {
    spark.removeSparkListener(this);
  }
}
