package org.lrsweep.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** The Java examples of a page, which are the marked lines of a test that runs them. */
public final class MarkedExamples {
  private MarkedExamples() {}

  /**
   * Asserts that the page shows just what stands between {@code // MARK begins} and {@code // MARK
   * ends} of the source.
   */
  public static void assertShown(Path page, Path source, String mark, int count)
      throws IOException {
    String text = Files.readString(page);
    List<String> examples =
        Pattern.compile("// %1$s begins\n(.*?)// %1$s ends".formatted(mark), Pattern.DOTALL)
            .matcher(Files.readString(source))
            .results()
            .map(match -> match.group(1).stripIndent().strip())
            .toList();

    assertThat(examples).hasSize(count);
    assertThat(examples)
        .allSatisfy(example -> assertThat(text).contains("```java\n" + example + "\n```"));
  }
}
