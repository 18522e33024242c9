package org.lrsweep.finder;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.lrsweep.curve.SyntheticCurve;

class FinderResultTest {

  private static FinderResult result(List<FinderStep> steps, StopReason reason) {
    return new FinderResult(
        steps,
        Collections.nCopies(steps.size(), 64L),
        Collections.nCopies(steps.size(), 0.25),
        Optional.ofNullable(reason));
  }

  @Test
  void aLossThatIsNotANumberIsAnExplosionSinceItStoppedTheTest() {
    // Up to 1e-2, where the tutorial's loss is lowest.
    List<FinderStep> falling =
        new ArrayList<>(SyntheticCurve.ofTheTutorial().steps().subList(0, 2_040));
    assertThat(result(falling, null).suggest("descent").reason()).contains("has not turned");

    falling.add(new FinderStep(2_040, 0.0094, 9.4e7, Double.NaN, Double.NaN, 0.6));

    FinderResult exploded = result(falling, StopReason.NOT_FINITE);
    assertThat(exploded.curve().loss(2_040)).isInfinite();
    assertThat(exploded.suggest("descent").maxLr().orElseThrow()).isBetween(2e-3, 9.4e-3);
  }
}
