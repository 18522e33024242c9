package org.lrsweep.finder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.lrsweep.schedule.Growth;

class FinderSettingsTest {

  @Test
  void theDefaultsAreTheTutorialsConstants() {
    FinderPlan plan = FinderSettings.defaults().plan(60_000);

    assertThat(plan.stepsPerEpoch()).isEqualTo(938);
    assertThat(plan.epochs()).isEqualTo(3);
    assertThat(plan.schedule().learningRate(0)).isEqualTo(1e-10);
    assertThat(plan.schedule().learningRate(2814)).isCloseTo(10, within(1e-9));
    assertThat(plan.batchSize()).isEqualTo(64);
    assertThat(plan.averagingFrequency()).isEqualTo(1);
    assertThat(plan.beta()).isEqualTo(0.98);
    assertThat(plan.stopFactor()).isEqualTo(4);
  }

  @Test
  void whatIsSetIsWhatIsRun() {
    FinderPlan plan =
        FinderSettings.defaults()
            .withRange(0.1, 0.5)
            .withGrowth(Growth.LINEAR)
            .withBatchSize(10)
            .withEpochs(2)
            .plan(15);

    assertThat(plan.steps()).isEqualTo(4);
    assertThat(plan.schedule().learningRate(1)).isCloseTo(0.2, within(1e-15));
  }

  @Test
  void whatIsOutOfItsRangeIsRefusedByName() {
    FinderSettings defaults = FinderSettings.defaults();

    assertThatIllegalArgumentException()
        .isThrownBy(() -> defaults.withRange(1, 0.1))
        .withMessage("endLr must be finite and > startLr (1.0), found 0.1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> defaults.withBatchSize(0))
        .withMessage("batchSize must be >= 1, found 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> defaults.withEpochs(0))
        .withMessage("epochs must be >= 1, found 0");
  }
}
