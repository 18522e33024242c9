package org.lrsweep.network.zoo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class ImageShapeTest {

  @Test
  void rejectsSizesBelowOne() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ImageShape(0, 32, 32))
        .withMessage("image channels must be >= 1, found 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ImageShape(1, -1, 32))
        .withMessage("image height must be >= 1, found -1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ImageShape(1, 32, 0))
        .withMessage("image width must be >= 1, found 0");
  }

  @Test
  void readsAsChannelsHeightWidth() {
    assertThat(new ImageShape(3, 28, 32)).hasToString("3x28x32");
  }
}
