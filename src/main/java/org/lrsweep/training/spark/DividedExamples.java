package org.lrsweep.training.spark;

import java.lang.ref.WeakReference;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.storage.StorageLevel;
import org.lrsweep.training.WorkerPosition;
import org.lrsweep.training.examples.DataSetExamples;
import org.lrsweep.training.examples.WantedLabels;
import org.lrsweep.training.examples.WorkerExamples;
import org.nd4j.linalg.dataset.DataSet;

/**
 * A user's examples, divided between workers once for training runs of any seed, which differ in
 * the order of the examples only: an executor holds one copy for all of its runs. Thread-safe.
 */
public final class DividedExamples implements AutoCloseable {
  private static final Map<String, WeakReference<DataSetExamples>> OF_THIS_JVM =
      new ConcurrentHashMap<>();

  private final JavaRDD<DataSet> examples;
  private final WantedLabels wanted;
  private final int workers;
  private final String id = UUID.randomUUID().toString();
  private JavaRDD<WorkerExamples> shares;

  /**
   * @param examples the same in the same order, each time that Spark computes them
   * @param wanted what labels must be
   * @param workers how many share them, {@code >= 1}
   */
  public DividedExamples(JavaRDD<DataSet> examples, WantedLabels wanted, int workers) {
    this.examples = examples;
    this.wanted = wanted;
    this.workers = workers;
  }

  /** A training set, in a new order each epoch that follows from the seed. */
  public JavaRDD<WorkerExamples> training(long seed) {
    String all = id;
    int count = workers;
    return inOrder()
        .mapPartitionsWithIndex(
            (worker, share) -> {
              DataSetExamples own =
                  onceInThisJvm(all + "-" + worker, (DataSetExamples) share.next());
              WorkerPosition position = new WorkerPosition(worker, count, seed);
              return List.<WorkerExamples>of(own.shuffled(position)).iterator();
            },
            true);
  }

  /** A share that came from another executor gives way to one that is here already. */
  private static DataSetExamples onceInThisJvm(String share, DataSetExamples found) {
    OF_THIS_JVM.values().removeIf(known -> known.refersTo(null));
    while (true) {
      DataSetExamples known =
          OF_THIS_JVM.computeIfAbsent(share, none -> new WeakReference<>(found)).get();
      if (known != null) {
        return known;
      }
      OF_THIS_JVM.remove(share);
    }
  }

  /** The examples in their own order, persisted. */
  public synchronized JavaRDD<WorkerExamples> inOrder() {
    if (shares == null) {
      shares = DataSetShares.of(examples, wanted, workers).persist(StorageLevel.MEMORY_ONLY());
    }
    return shares;
  }

  /** Frees what the executors keep; they are divided anew if they are asked for again. */
  @Override
  public synchronized void close() {
    if (shares != null) {
      shares.unpersist(false);
      shares = null;
    }
  }
}
