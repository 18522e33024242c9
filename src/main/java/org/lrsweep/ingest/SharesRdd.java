package org.lrsweep.ingest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.Dependency;
import org.apache.spark.NarrowDependency;
import org.apache.spark.Partition;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.rdd.RDD;
import org.apache.spark.storage.StorageLevel;
import org.lrsweep.training.WorkerPosition;
import org.lrsweep.training.examples.WorkerExamples;
import scala.Tuple2;
import scala.collection.Iterator;
import scala.collection.JavaConverters;
import scala.collection.Seq;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;

/**
 * The shares of a part's workers, one a partition. An executor that has a share already uses it;
 * one that hasn't makes it of the shuffle's files, and Spark makes those anew that are lost. So
 * nothing is gained by persisting this, and persisting it does nothing: Spark would send a share
 * from executor to executor instead.
 */
final class SharesRdd extends RDD<WorkerExamples> {
  private static final long serialVersionUID = 1L;
  private static final ClassTag<WorkerExamples> ELEMENT =
      ClassTag$.MODULE$.apply(WorkerExamples.class);

  private final SetPart part;
  private final int workers;
  private final ShareUse use;

  SharesRdd(
      JavaPairRDD<ExampleKey, StoredExample> buckets, SetPart part, int workers, ShareUse use) {
    super(
        buckets.rdd().context(), dependencies(new BucketsOfShare(buckets, part, workers)), ELEMENT);
    this.part = part;
    this.workers = workers;
    this.use = use;
  }

  private static Seq<Dependency<?>> dependencies(BucketsOfShare buckets) {
    return JavaConverters.<Dependency<?>>asScalaBuffer(List.of(buckets)).toSeq();
  }

  @Override
  public Partition[] getPartitions() {
    Partition[] partitions = new Partition[workers];
    for (int i = 0; i < workers; i++) {
      partitions[i] = new ShareOfWorker(i);
    }
    return partitions;
  }

  @Override
  public Iterator<WorkerExamples> compute(Partition partition, TaskContext task) {
    int worker = partition.index();
    @SuppressWarnings("unchecked") // the only dependency is on it
    RDD<Tuple2<ExampleKey, StoredExample>> buckets =
        (RDD<Tuple2<ExampleKey, StoredExample>>) dependencies().head().rdd();
    try {
      Share share =
          part.share(
              worker,
              workers,
              bucket ->
                  JavaConverters.asJavaIterator(
                      buckets.iterator(buckets.partitions()[bucket], task)));
      WorkerExamples examples =
          new ShareExamples(
              share,
              part.layout(),
              use,
              new WorkerPosition(worker, workers, use.seed()),
              part.first(worker, workers));
      return JavaConverters.asScalaIterator(List.of(examples).iterator());
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
  }

  @Override
  public RDD<WorkerExamples> persist(StorageLevel level) {
    return this;
  }

  @Override
  public RDD<WorkerExamples> unpersist(boolean blocking) {
    return this;
  }

  private record ShareOfWorker(int index) implements Partition {}

  /** Which buckets a share's examples are in. */
  private static final class BucketsOfShare
      extends NarrowDependency<Tuple2<ExampleKey, StoredExample>> {
    private static final long serialVersionUID = 1L;

    private final SetPart part;
    private final int workers;

    BucketsOfShare(JavaPairRDD<ExampleKey, StoredExample> buckets, SetPart part, int workers) {
      super(buckets.rdd());
      this.part = part;
      this.workers = workers;
    }

    @Override
    public Seq<Object> getParents(int worker) {
      int from = part.first(worker, workers);
      int to = part.first(worker + 1, workers);
      List<Object> buckets = new ArrayList<>();
      for (int bucket = part.bucketOf(from);
          from < to && bucket <= part.bucketOf(to - 1);
          bucket++) {
        buckets.add(bucket);
      }
      return JavaConverters.asScalaBuffer(buckets).toSeq();
    }
  }
}
