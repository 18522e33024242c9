package org.lrsweep.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lrsweep.config.CheckpointConfig.After;
import org.lrsweep.config.CheckpointConfig.TrialCheckpoints;

class CheckpointConfigTest {
  @Test
  void aTrialKeepsOneAfterARoundAnEpochOrATime() {
    assertThat(TrialCheckpoints.of("round").after()).isEqualTo(After.ROUND);
    assertThat(TrialCheckpoints.of("epoch").after()).isEqualTo(After.EPOCH);
    assertThat(TrialCheckpoints.of("10s"))
        .isEqualTo(new TrialCheckpoints(After.TIME, Duration.ofSeconds(10)));
    assertThat(TrialCheckpoints.of("5 minutes").time()).isEqualTo(Duration.ofMinutes(5));
    assertThat(TrialCheckpoints.of("1.5h").time()).isEqualTo(Duration.ofMinutes(90));
  }

  @ParameterizedTest
  @ValueSource(strings = {"10", "", "rounds", "10 parsecs", "1.5", "-3"})
  void anythingElseIsRefused(String value) {
    assertThatThrownBy(() -> TrialCheckpoints.of(value))
        .isInstanceOf(InvalidConfigException.class)
        .hasMessage(
            "checkpoint.trials must be round, epoch or a time with its unit, as 10s or 5 minutes,"
                + " found "
                + value);
  }

  @Test
  void noTimeIsRefused() {
    assertThatThrownBy(() -> TrialCheckpoints.of("0s"))
        .hasMessage("checkpoint.trials must be a time > 0, found 0s");
    assertThatThrownBy(() -> TrialCheckpoints.of("-1s"))
        .hasMessage("checkpoint.trials must be a time > 0, found -1s");
  }
}
