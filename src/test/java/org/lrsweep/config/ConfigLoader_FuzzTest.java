package org.lrsweep.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

/** Whatever an experiment file holds, it is an experiment or it is refused, by one exception. */
class ConfigLoader_FuzzTest {
  private static final List<String> VALUES =
      List.of(
          "-1",
          "0",
          "1e308",
          "1e-400",
          "NaN",
          "null",
          "true",
          "\"\"",
          "[]",
          "[null]",
          "{}",
          "[[1]]",
          "99999999999999999999",
          "1.5",
          "${?nothing}",
          "${lrsweep.seed}",
          "\"s3a://k:s@b/p\"",
          "12 s");

  @RepeatedTest(300)
  void loadsOrRefusesMutatedFiles(RepetitionInfo repetition) throws IOException {
    Random random = new Random(repetition.getCurrentRepetition());
    String text = Files.readString(Path.of("src/main/resources/reference.conf"));
    String mutated =
        random.nextBoolean() ? withOtherValues(text, random) : withOtherBytes(text, random);

    try {
      assertThat(ConfigLoader.load(mutated, "fuzz", List.of()).json()).startsWith("{");
    } catch (InvalidConfigException e) {
      assertThat(e).hasMessageNotContaining("Exception").hasMessageMatching("(?s).{10,}");
    }
  }

  private static String withOtherValues(String text, Random random) {
    String[] lines = text.split("\n", -1);
    for (int i = 0; i < 3; i++) {
      int at = random.nextInt(lines.length);
      lines[at] =
          lines[at].replaceFirst(
              "= .*",
              java.util.regex.Matcher.quoteReplacement(
                  "= " + VALUES.get(random.nextInt(VALUES.size()))));
    }
    return String.join("\n", lines);
  }

  private static String withOtherBytes(String text, Random random) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < 5; i++) {
      bytes[random.nextInt(bytes.length)] = (byte) (32 + random.nextInt(95));
    }
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
