package org.lrsweep.export;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.lang.reflect.Field;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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

  /** The names as javac and the loaded class have them. */
  @Test
  void aNameIsNeitherCodeNorAPlaceOfTheTemplate(@TempDir Path folder) throws Exception {
    List<String> names =
        List.of("5\" pipe", "a\\b", "\\u0022); @SHAPE@", "new\nline", "caf\u00e9 \ud83d\ude00");
    ObjectNode described = new ObjectMapper().createObjectNode();
    names.forEach(described.putArray("targets")::add);
    names.forEach(described.putArray("columns")::add);
    described.putArray("shape").add(5);
    described.putArray("subtract").add(0);
    described.putArray("divide_by").add(1);

    Path source =
        Files.writeString(folder.resolve("Predict.java"), ModelInput.ofOwnData(described).java());

    ExportedJava.compile(source);
    try (URLClassLoader loader =
        new URLClassLoader(new URL[] {folder.toUri().toURL()}, getClass().getClassLoader())) {
      for (String field : List.of("NAMES", "COLUMNS")) {
        Field found = loader.loadClass("Predict").getDeclaredField(field);
        found.setAccessible(true);
        assertThat(found.get(null)).isEqualTo(names);
      }
    }
  }
}
