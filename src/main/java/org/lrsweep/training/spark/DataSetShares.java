package org.lrsweep.training.spark;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.function.BiFunction;
import org.apache.spark.HashPartitioner;
import org.apache.spark.api.java.JavaRDD;
import org.lrsweep.training.DataSetExamples;
import org.lrsweep.training.Example;
import org.lrsweep.training.WorkerExamples;
import org.lrsweep.training.WorkerPosition;
import org.nd4j.linalg.dataset.DataSet;
import scala.Tuple2;

/**
 * A user's examples, divided between workers: example i belongs to worker {@code i mod workers},
 * whatever data sets they come in.
 */
public final class DataSetShares {
  private DataSetShares() {}

  /**
   * A training set, in a new order each epoch.
   *
   * @param examples the same in the same order, each time that Spark computes them
   * @param workers how many share each batch, {@code >= 1}
   * @param seed of the order
   */
  public static JavaRDD<WorkerExamples> training(
      JavaRDD<DataSet> examples, int workers, long seed) {
    return divided(
        examples,
        workers,
        (worker, share) ->
            DataSetExamples.training(share, new WorkerPosition(worker, workers, seed)));
  }

  /**
   * A test set, divided into parts that are classified side by side.
   *
   * @param parts {@code >= 1}
   */
  public static JavaRDD<WorkerExamples> test(JavaRDD<DataSet> examples, int parts) {
    return divided(examples, parts, (part, share) -> DataSetExamples.test(share));
  }

  /** Makes a worker's share of its number and its examples. */
  private interface Share
      extends BiFunction<Integer, List<Example>, WorkerExamples>, Serializable {}

  private static JavaRDD<WorkerExamples> divided(
      JavaRDD<DataSet> examples, int workers, Share share) {
    JavaRDD<Tuple2<Long, Example>> shares =
        examples
            .flatMap(batch -> Example.split(batch).iterator())
            .zipWithIndex()
            .mapToPair(
                example ->
                    new Tuple2<>(
                        (int) (example._2() % workers), new Tuple2<>(example._2(), example._1())))
            // An integer's hash is itself, so the key is the partition.
            .partitionBy(new HashPartitioner(workers))
            .values();
    return shares.mapPartitionsWithIndex(
        (worker, own) -> List.of(share.apply(worker, inOrder(own))).iterator(), true);
  }

  private static List<Example> inOrder(Iterator<Tuple2<Long, Example>> share) {
    List<Tuple2<Long, Example>> numbered = new ArrayList<>();
    share.forEachRemaining(numbered::add);
    numbered.sort(Comparator.comparing(Tuple2::_1));
    return numbered.stream().map(Tuple2::_2).toList();
  }
}
