package org.lrsweep.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class JavaVersionTest {
  @Test
  void whatSparkCannotRunOnIsRefused() {
    assertThat(JavaVersion.refusal(17)).isEmpty();
    assertThat(JavaVersion.refusal(21)).isEmpty();
    assertThat(JavaVersion.refusal(25))
        .hasValue(
            "LRSweep on Spark 3.5 needs Java 17, found Java 25 ("
                + System.getProperty("java.home")
                + "); install JDK 17, and set JAVA_HOME to it");
  }

  @Test
  void aUserWithoutANameIsCalledByTheEnvironmentOrTheId() {
    assertThat(UnnamedUser.name(Map.of(), 54321)).isEqualTo("user-54321");
    assertThat(UnnamedUser.name(Map.of("SPARK_USER", "ann"), 54321)).isEqualTo("ann");
    assertThat(UnnamedUser.name(Map.of("SPARK_USER", "ann", "HADOOP_USER_NAME", "bo"), 1))
        .isEqualTo("bo");
  }
}
