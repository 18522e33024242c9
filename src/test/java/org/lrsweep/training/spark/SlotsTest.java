package org.lrsweep.training.spark;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lrsweep.testing.LocalSpark;

@ExtendWith(LocalSpark.class)
class SlotsTest {
  @Test
  void areTheThreadsOfLocalMode(JavaSparkContext spark) {
    assertThat(Slots.of(spark)).isEqualTo(4);
  }

  /** Three executors, a default parallelism of 12; an empty cell is a property that isn't set. */
  @ParameterizedTest
  @CsvSource({
    "'local[12,4]',   ,  1,    , 12",
    "local[12],     ,  5,    ,  2",
    "'local[8,4]',  ,  1, 200,  8",
    "local,         ,  1, 200,  1",
    "spark://m:7077, 4, 1, 200, 12",
    "spark://m:7077, 3, 2,    ,  3",
    "spark://m:7077,  , 1,    , 12",
    "spark://m:7077,  , 1, 200,  3",
    "yarn,           , 1,    ,  3",
    "yarn,          4, 2,    ,  6",
    "yarn,          1, 2,    ,  0",
    "k8s://h,       2, 1, 200,  6"
  })
  void followFromExecutorsAndTheirCores(
      String master, String executorCores, int coresOfTask, String parallelism, int slots) {
    SparkConf conf = new SparkConf(false).set("spark.master", master);
    conf.set("spark.task.cpus", Integer.toString(coresOfTask));
    if (executorCores != null) {
      conf.set("spark.executor.cores", executorCores);
    }
    if (parallelism != null) {
      conf.set("spark.default.parallelism", parallelism);
    }

    assertThat(Slots.registered(conf, 3, 12)).isEqualTo(slots);
  }

  /** Spark's default parallelism is 2 at least, with no executor too. */
  @Test
  void areNoneBeforeTheFirstExecutorHasCome() {
    SparkConf conf = new SparkConf(false).set("spark.master", "spark://m:7077");

    assertThat(Slots.registered(conf, 0, 2)).isZero();
  }
}
