package org.lrsweep.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkConf;
import org.apache.spark.deploy.SparkHadoopUtil;
import org.junit.jupiter.api.Test;

class HadoopSettingsTest {
  private static final Map<String, String> KEYS =
      Map.of(
          "AWS_ACCESS_KEY_ID", "key",
          "AWS_SECRET_ACCESS_KEY", "secret",
          "AWS_SESSION_TOKEN", "token");

  private final SparkConf spark = new SparkConf(false);

  private static void assertS3(Configuration hadoop, String key, String secret, String token) {
    assertThat(hadoop.get("fs.s3a.access.key")).isEqualTo(key);
    assertThat(hadoop.get("fs.s3a.secret.key")).isEqualTo(secret);
    assertThat(hadoop.get("fs.s3a.session.token")).isEqualTo(token);
  }

  @Test
  void readsAFileSystemAsSparkItselfDoes() {
    spark.set("spark.hadoop.fs.s3a.endpoint", "http://host:9000");
    spark.set("spark.hadoop.fs.defaultFS", "hdfs://name");

    Configuration hadoop = HadoopSettings.configuration(spark, Map.of());

    Configuration ofSpark = SparkHadoopUtil.get().newConfiguration(spark);
    for (Map.Entry<String, String> property : ofSpark) {
      if (property.getKey().startsWith("fs.") && !property.getKey().contains("downgrade")) {
        assertThat(hadoop.get(property.getKey()))
            .as(property.getKey())
            .isEqualTo(ofSpark.get(property.getKey()));
      }
    }
    assertThat(hadoop.get("fs.s3a.endpoint")).isEqualTo("http://host:9000");
  }

  @Test
  void takesTheKeysOfTheEnvironmentIfBothAreThere() {
    assertS3(HadoopSettings.configuration(spark, KEYS), "key", "secret", "token");
    assertS3(
        HadoopSettings.configuration(spark, Map.of("AWS_ACCESS_KEY_ID", "key")), null, null, null);
  }

  @Test
  void letsSparksPropertiesWin() {
    spark.set("spark.hadoop.fs.s3a.access.key", "other");

    assertS3(HadoopSettings.configuration(spark, KEYS), "other", "secret", "token");
  }
}
