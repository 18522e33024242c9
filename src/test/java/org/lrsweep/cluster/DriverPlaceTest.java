package org.lrsweep.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;

class DriverPlaceTest {
  private static DriverPlace place(String... settings) {
    SparkConf conf = new SparkConf(false);
    for (int i = 0; i < settings.length; i += 2) {
      conf.set(settings[i], settings[i + 1]);
    }
    return DriverPlace.of(conf);
  }

  @Test
  void isWhatDeployModeAndMasterSay() {
    String mode = "spark.submit.deployMode";

    assertThat(place()).isEqualTo(DriverPlace.HERE);
    assertThat(place("spark.master", "yarn", mode, "client")).isEqualTo(DriverPlace.HERE);
    assertThat(place("spark.master", "yarn", mode, "cluster")).isEqualTo(DriverPlace.CONTAINER);
    assertThat(place("spark.master", "spark://h:1", mode, "cluster"))
        .isEqualTo(DriverPlace.CLUSTER);
    assertThat(place("spark.kubernetes.submitInDriver", "true", mode, "client"))
        .isEqualTo(DriverPlace.CONTAINER);
  }

  @Test
  void whatADriverLosesDependsOnWhereItRuns() {
    assertThat(DriverPlace.HERE.loses("results")).isFalse();
    assertThat(DriverPlace.CLUSTER.loses("results")).isTrue();
    assertThat(DriverPlace.CLUSTER.loses("/shared/results")).isFalse();
    assertThat(DriverPlace.CONTAINER.loses("/shared/results")).isTrue();
  }
}
