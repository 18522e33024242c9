package org.lrsweep.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;

class SparkSettingsTest {
  private static SparkConf settings(SparkConf given) {
    return SparkSettings.of(given, "name");
  }

  @Test
  void nativeThreadsFollowTheCoresOfATask() {
    String threads = "spark.executorEnv.OMP_NUM_THREADS";

    assertThat(settings(new SparkConf(false)).get(threads)).isEqualTo("1");
    assertThat(settings(new SparkConf(false).set("spark.task.cpus", "4")).get(threads))
        .isEqualTo("4");
    assertThat(settings(new SparkConf(false).set(threads, "2")).get(threads)).isEqualTo("2");
  }

  @Test
  void theApplicationHasTheUsersNameOrElseOurs() {
    String key = "spark.app.name";
    String bySparkSubmit = "org.lrsweep.cli.LrSweep";

    assertThat(settings(new SparkConf(false)).get(key)).isEqualTo("name");
    assertThat(settings(new SparkConf(false).set(key, bySparkSubmit)).get(key)).isEqualTo("name");
    assertThat(settings(new SparkConf(false).set(key, "nightly")).get(key)).isEqualTo("nightly");
  }

  @Test
  void aContextOfLrsweepsOwnHasJavasSerializerAlsoWhereKryoWouldRefuseItsClasses() {
    SparkConf kryo =
        new SparkConf(false)
            .set("spark.serializer", "org.apache.spark.serializer.KryoSerializer")
            .set("spark.kryo.registrationRequired", "true");

    assertThat(settings(kryo).get("spark.serializer"))
        .isEqualTo("org.apache.spark.serializer.JavaSerializer");
  }

  @Test
  void whatTheUserHasSetStays() {
    SparkConf given =
        new SparkConf(false).set("spark.scheduler.mode", "FIFO").set("spark.locality.wait", "3s");

    assertThat(settings(given).get("spark.scheduler.mode")).isEqualTo("FIFO");
    assertThat(settings(given).get("spark.locality.wait")).isEqualTo("3s");
    assertThat(settings(given).get("spark.broadcast.compress")).isEqualTo("false");
  }
}
