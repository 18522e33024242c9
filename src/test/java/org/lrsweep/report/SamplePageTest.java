package org.lrsweep.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The page that README shows: docs/sample-report.html, of a real run in /opt/sample. */
class SamplePageTest {
  static final Path PAGE = Path.of("docs", "sample-report.html");

  private static final long LARGEST = 2_000_000;
  private static final Pattern FOLDERS_OF_PEOPLE =
      Pattern.compile("(/(home|root|tmp|var|mnt|work|Users)/|[A-Z]:\\\\)[\\w.-]+");

  @Test
  void isSmallEnoughForARepository() throws IOException {
    assertThat(Files.size(PAGE)).isLessThan(LARGEST);
  }

  @Test
  void namesNobodysMachine() throws IOException {
    String page = Files.readString(PAGE);
    String data = page.substring(page.indexOf("<script id=\"data\""));

    assertThat(data)
        .contains("conf/quickstart.conf", "/opt/sample/")
        .doesNotContainPattern(FOLDERS_OF_PEOPLE);
  }

  @Test
  void readmeLinksIt() throws IOException {
    String readme = Files.readString(Path.of("README.md"));

    assertThat(readme.substring(0, readme.indexOf("\n## "))).contains("](docs/sample-report.html)");
  }
}
