package org.lrsweep;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.spark.launcher.JavaModuleOptions;
import org.junit.jupiter.api.Test;

/** Where Spark's own launcher does not start the JVM, it gets the launcher's options from us. */
class ModuleOptionsTest {
  private static final List<String> SPARKS =
      Arrays.stream(JavaModuleOptions.defaultModuleOptions().split(" ")).toList();

  @Test
  void testsRunWithWhatSparkAddsOnThisJdk() throws IOException {
    String pom = Files.readString(Path.of("pom.xml"));

    assertThat(SPARKS).isNotEmpty().allSatisfy(option -> assertThat(pom).contains(option));
  }

  @Test
  void theScriptsOpenThePackagesThatSparkOpens() throws IOException {
    String script = Files.readString(Path.of("submit/core.sh"));

    for (String option : SPARKS) {
      var opened = Pattern.compile("--add-opens=java.base/(.*)=ALL-UNNAMED").matcher(option);
      if (opened.matches()) {
        assertThat(script).containsPattern("[ \\n]" + Pattern.quote(opened.group(1)) + "[ ;\\n]");
      }
    }
  }
}
