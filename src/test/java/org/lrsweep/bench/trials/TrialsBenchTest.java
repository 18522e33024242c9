package org.lrsweep.bench.trials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.lrsweep.bench.rounds.BenchNetwork;
import org.lrsweep.testing.LocalSpark;

@ExtendWith(LocalSpark.class)
class TrialsBenchTest {
  @Test
  void measuresTheShareOfTraining(JavaSparkContext spark) {
    TrialsResult result = new TrialsBench(spark, 2, 20).measure(BenchNetwork.of("tiny"), 3);

    assertThat(result.trials()).isEqualTo(3);
    assertThat(result.trainingSeconds()).isPositive();
    assertThat(result.trainingShare()).isBetween(0.0, 1.0);
  }

  @Test
  void aSweepOfFewerTrialsThanSlotsIsHeldAgainstTheSlotsThatItUses() {
    TrialsResult result = new TrialsResult("tiny", 1, 4, 10, 2, 1);

    assertThat(result.trainingShare()).isEqualTo(0.5);
  }

  @Test
  void refusesTrialsOfLessThanAStepAnEpoch(JavaSparkContext spark) {
    assertThatThrownBy(() -> new TrialsBench(spark, 2, 1))
        .hasMessage("slots must be >= 1 and the steps of a trial >= 2, found 2 and 1");
  }
}
