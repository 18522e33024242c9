package org.lrsweep.export;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class ModelInputTest {
  private static ModelInput of(String json) throws IOException {
    return ModelInput.ofOwnData(new ObjectMapper().readTree(json));
  }

  @Test
  void anImageIsGivenChannelByChannel() throws IOException {
    ModelInput input =
        of(
            """
            {"classes": ["a", "b"], "shape": [3, 8, 9], "subtract": [1, 2, 3], "divide_by": [4, 5, 6]}
            """);

    assertThat(input.java())
        .contains(
            "an image of 3 x 8 x 9 (channels, height, width) as 0 to 255, channel by channel",
            "SUBTRACT = {1f, 2f, 3f}",
            "DIVIDE_BY = {4f, 5f, 6f}",
            ".reshape(1, 3, 8, 9)");
    assertThat(input.input().get("shape")).hasToString("[\"batch\",3,8,9]");
  }

  @Test
  void aSequenceHasAsManyStepsAsItHas() throws IOException {
    ModelInput input =
        of("{\"labels\": [\"x\"], \"shape\": [2, 50], \"subtract\": [0], \"divide_by\": [1]}");

    assertThat(input.outputs()).isEqualTo("labels");
    assertThat(input.java()).contains("of each of 2 channels", ".reshape(1, 2, -1)");
  }

  @Test
  void aNameIsNeitherCodeNorAPlaceOfTheTemplate() throws IOException {
    ModelInput input =
        of(
            "{\"targets\": [\"\\\"); @SHAPE@\"], \"shape\": [1], \"subtract\": [0],"
                + " \"divide_by\": [1]}");

    assertThat(input.java()).contains("List.of(\"\\u0022); \\u0040SHAPE\\u0040\")");
  }
}
