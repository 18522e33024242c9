package org.lrsweep.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SecretsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "s3a://KEY:secret@bucket/a | s3a://***@bucket/a",
        "s3a://KEY:se/cr/et@bucket/a | s3a://***@bucket/a",
        "ftp://me:p@ss@host/a@b | ftp://***@host/a@b",
        "hdfs://me:8020@host/a | hdfs://***@host/a",
        "in \"s3a://k:s@b/c\", and http://u:p@h | in \"s3a://***@b/c\", and http://***@h",
        "https://h/c?a=1&X-Amz-Signature=abc&b=2 | https://h/c?a=1&X-Amz-Signature=***&b=2",
        "wasbs://c@h/x?sv=1&sig=a%2Bb | wasbs://c@h/x?sv=1&sig=***",
        "https://h/c?access_token=abc | https://h/c?access_token=***",
      })
  void passwordsAndKeysAreMasked(String text, String masked) {
    assertThat(Secrets.masked(text)).isEqualTo(masked);
    assertThat(Secrets.isIn(text)).isTrue();
    assertThat(Secrets.isIn(masked)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "hdfs://name:8020/user/me@home",
        "abfss://container@account.dfs.core.windows.net/a",
        "hdfs://[::1]:8020/user/me@home",
        "https://h/c?page=2",
        "seed must be >= 1; key=value",
        "user:password@host",
      })
  void theRestStays(String text) {
    assertThat(Secrets.masked(text)).isEqualTo(text);
  }
}
