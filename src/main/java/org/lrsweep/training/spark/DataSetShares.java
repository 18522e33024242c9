package org.lrsweep.training.spark;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;
import java.util.function.LongToIntFunction;
import org.apache.spark.HashPartitioner;
import org.apache.spark.api.java.JavaRDD;
import org.lrsweep.data.WorkerShares;
import org.lrsweep.training.examples.DataSetExamples;
import org.lrsweep.training.examples.Example;
import org.lrsweep.training.examples.WantedLabels;
import org.lrsweep.training.examples.WorkerExamples;
import org.nd4j.linalg.dataset.DataSet;
import scala.Tuple2;

/** A user's examples, divided between workers, whatever data sets they come in. */
public final class DataSetShares {

  /** Shares are the same for runs of every seed, so that these can have one copy. */
  private static final long SEED = 0;

  private DataSetShares() {}

  /**
   * Examples of a network, divided as {@link WorkerShares} says, each share in the set's order.
   *
   * @param examples the same in the same order, each time that Spark computes them
   * @param wanted what the network's labels must be
   * @param workers how many share them, {@code >= 1}
   */
  public static JavaRDD<WorkerExamples> of(
      JavaRDD<DataSet> examples, WantedLabels wanted, int workers) {
    return divided(
        examples,
        workers,
        batch -> Example.of(batch, wanted),
        index -> WorkerShares.workerOf(index, workers, SEED));
  }

  /**
   * Examples as they come, whatever their labels mean. Example i belongs to worker {@code i mod
   * workers}.
   *
   * @param examples the same in the same order, each time that Spark computes them
   * @param workers how many share each batch, {@code >= 1}
   */
  public static JavaRDD<WorkerExamples> inOrder(JavaRDD<DataSet> examples, int workers) {
    return divided(examples, workers, Example::split, index -> (int) (index % workers));
  }

  private interface Split extends Function<DataSet, List<Example>>, Serializable {}

  /** Whose an example is, by its index in the set. */
  private interface Sharing extends LongToIntFunction, Serializable {}

  private static JavaRDD<WorkerExamples> divided(
      JavaRDD<DataSet> examples, int workers, Split split, Sharing sharing) {
    JavaRDD<Tuple2<Long, Example>> shares =
        examples
            .flatMap(batch -> split.apply(batch).iterator())
            .zipWithIndex()
            .mapToPair(
                example ->
                    new Tuple2<>(
                        sharing.applyAsInt(example._2()), new Tuple2<>(example._2(), example._1())))
            // An integer's hash is itself, so the key is the partition.
            .partitionBy(new HashPartitioner(workers))
            .values();
    return shares.mapPartitions(
        own -> List.<WorkerExamples>of(DataSetExamples.test(inOrder(own))).iterator(), true);
  }

  private static List<Example> inOrder(Iterator<Tuple2<Long, Example>> share) {
    List<Tuple2<Long, Example>> numbered = new ArrayList<>();
    share.forEachRemaining(numbered::add);
    numbered.sort(Comparator.comparing(Tuple2::_1));
    return numbered.stream().map(Tuple2::_2).toList();
  }
}
