package org.lrsweep.data.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class DatasetRequestTest {

  @Test
  void namesEachChoice() {
    assertThat(DatasetChoice.ofKey("auto")).isEqualTo(DatasetChoice.AUTO);
    assertThat(DatasetChoice.ofKey("fashion-mnist")).isEqualTo(DatasetChoice.FASHION_MNIST);
    assertThat(DatasetChoice.ofKey("generated-garments"))
        .isEqualTo(DatasetChoice.GENERATED_GARMENTS);
  }

  @Test
  void refusesAnotherChoice() {
    assertThatThrownBy(() -> DatasetChoice.ofKey("mnist"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "a data set must be one of auto, fashion-mnist, generated-garments, found mnist");
  }

  @Test
  void refusesNoExamples() {
    assertThatThrownBy(
            () ->
                new DatasetRequest(
                    DatasetChoice.AUTO, Optional.empty(), OptionalInt.of(0), OptionalInt.empty()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("train examples must be at least 1, found 0");
  }

  @Test
  void refusesADirectoryForWhatIsDrawn() {
    assertThatThrownBy(
            () ->
                new DatasetRequest(
                    DatasetChoice.GENERATED_GARMENTS,
                    Optional.of("/data"),
                    OptionalInt.empty(),
                    OptionalInt.empty()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("generated-garments is drawn, not read: it takes no directory, found /data");
  }
}
