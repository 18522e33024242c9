package org.lrsweep.ingest;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.lrsweep.ingest.read.DecodedExample;
import scala.Tuple2;

/**
 * A set of examples in its canonical order, a bucket a partition. It is read, decoded and shuffled
 * once; what comes later reads the shuffle's files, and Spark makes those anew that are lost with
 * an executor.
 */
final class KeyedExamples {
  private static final int TASKS_PER_SLOT = 2;

  private final JavaPairRDD<ExampleKey, StoredExample> buckets;
  private final SetSummary summary;

  /** Reads the set. */
  KeyedExamples(JavaRDD<DecodedExample> decoded) {
    buckets =
        decoded
            .mapToPair(example -> new Tuple2<>(ExampleKey.of(example), StoredExample.of(example)))
            .repartitionAndSortWithinPartitions(new BucketPartitioner());
    summary = new SetSummary(inFewTasks().mapPartitions(BucketSummary::of).collect());
  }

  /** An element a bucket. */
  JavaPairRDD<ExampleKey, StoredExample> buckets() {
    return buckets;
  }

  /** The same in few partitions, of several buckets each, one after the other. */
  JavaPairRDD<ExampleKey, StoredExample> inFewTasks() {
    int slots = buckets.context().defaultParallelism();
    return buckets.coalesce(Math.min(ExampleKey.BUCKETS, TASKS_PER_SLOT * slots));
  }

  /** What each bucket has of each part. */
  List<BucketParts> parts(Split split, Optional<Layout> standardized) {
    Layout layout = standardized.orElse(null);
    List<BucketParts> found =
        new ArrayList<>(
            inFewTasks()
                .mapPartitions(examples -> BucketParts.of(examples, split, layout))
                .collect());
    found.sort(Comparator.comparingInt(BucketParts::bucket));
    return found;
  }

  /** How many different features both sets have. */
  long common(KeyedExamples other) {
    return buckets
        .zipPartitions(other.buckets, CommonFeatures::count)
        .coalesce(TASKS_PER_SLOT * buckets.context().defaultParallelism())
        .reduce(Long::sum);
  }

  SetSummary summary() {
    return summary;
  }
}
