package org.lrsweep.bench.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.lrsweep.bench.training.BenchNetwork;
import org.lrsweep.testing.LocalSpark;

@ExtendWith(LocalSpark.class)
class TrialsBenchTest {
  @Test
  void measuresTheShareOfTraining(JavaSparkContext spark) {
    long begin = System.nanoTime();
    TrialsResult result = new TrialsBench(spark, 4, 20).measure(BenchNetwork.of("tiny"), 5);
    double elapsed = (System.nanoTime() - begin) / 1e9;

    assertThat(result.trials()).isEqualTo(5);
    assertThat(result.seconds()).isLessThan(elapsed);
    // A hundred steps, and no more than the four slots' time.
    assertThat(result.trainingSeconds()).isBetween(100 * 1e-5, 4 * result.seconds());
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
