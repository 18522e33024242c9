package org.lrsweep.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SparkVersionTest {
  @Test
  void theSparkOfTheTestsIsOne() {
    assertThat(SparkVersion.refusal()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"3.4.4, 2.12.17", "3.5.0, 2.12.18", "3.5.5-amzn-0, 2.12.18"})
  void takesSpark3ForScala212(String spark, String scala) {
    assertThat(SparkVersion.refusal(spark, scala)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"4.0.0, 2.13.16", "3.5.2, 2.13.8", "4.0.0, 2.12.18"})
  void refusesOthersInASentence(String spark, String scala) {
    assertThat(SparkVersion.refusal(spark, scala))
        .hasValue(
            "LRSweep needs Spark 3.5 for Scala 2.12, found Spark "
                + spark
                + " for Scala "
                + scala
                + "; set SPARK_HOME to one, or take the image or release of your cluster that has"
                + " it");
  }
}
