package org.lrsweep.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ResumeCommandTest {
  private static final List<String> RUN =
      List.of("run", "--run-id=a", "--config", "my conf", "--set", "sweep.seeds=[1, 2]");

  @Test
  void isTheSameCommandQuotedForAShellWithTheRunInPlaceOfItsName() {
    assertThat(ResumeCommand.of(RUN, "a", Map.of()))
        .isEqualTo("lrsweep run --config 'my conf' --set 'sweep.seeds=[1, 2]' --resume a");
    assertThat(
            ResumeCommand.of(List.of("find", "--resume", "last", "--config", "c"), "a", Map.of()))
        .isEqualTo("lrsweep find --config c --resume a");
  }

  @Test
  void namesTheScriptAndItsOptionsForSpark() {
    Map<String, String> script =
        Map.of("LRSWEEP_COMMAND", "submit/yarn.sh", "LRSWEEP_OPTIONS", "--num-executors 3 ");

    assertThat(ResumeCommand.of(List.of("run", "--config", "c"), "a", script))
        .isEqualTo("submit/yarn.sh run --config c --resume a -- --num-executors 3");
  }

  @Test
  void leavesSecretsOut() {
    Map<String, String> script =
        Map.of("LRSWEEP_OPTIONS", "--conf spark.hadoop.fs.s3a.secret.key=canary");

    assertThat(ResumeCommand.of(List.of("run"), "a", script))
        .isEqualTo("lrsweep run --resume a -- <the same options>");
    assertThat(ResumeCommand.of(List.of("run", "--config", "ftp://me:canary@h/c"), "a", Map.of()))
        .isEqualTo("lrsweep run --config 'ftp://***@h/c' --resume a");
  }
}
