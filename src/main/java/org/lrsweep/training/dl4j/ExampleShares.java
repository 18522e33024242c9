package org.lrsweep.training.dl4j;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.spark.HashPartitioner;
import org.apache.spark.api.java.JavaRDD;
import org.lrsweep.training.WorkerExamples;
import org.nd4j.linalg.dataset.DataSet;
import scala.Tuple2;

/**
 * An RDD of data sets divided between workers: data set i goes to worker {@code i mod workers}, in
 * the RDD's order, however the RDD is partitioned.
 */
final class ExampleShares {
  private ExampleShares() {}

  static JavaRDD<WorkerExamples> of(JavaRDD<DataSet> data, int workers) {
    return data.zipWithIndex()
        .mapToPair(indexed -> new Tuple2<>((int) (indexed._2() % workers), indexed))
        .partitionBy(new HashPartitioner(workers))
        .mapPartitions(
            partition -> {
              List<Tuple2<DataSet, Long>> own = new ArrayList<>();
              partition.forEachRemaining(keyed -> own.add(keyed._2()));
              own.sort(Comparator.comparing(Tuple2::_2));
              return List.<WorkerExamples>of(
                      DataSetExamples.of(own.stream().map(Tuple2::_1).toList()))
                  .iterator();
            });
  }
}
