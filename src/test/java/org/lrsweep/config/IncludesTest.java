package org.lrsweep.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IncludesTest {
  private final Map<String, String> files = new HashMap<>();

  /** A file of the map above; a name without a scheme is relative to the folder. */
  private record MapFile(Map<String, String> files, String name) implements ConfigSource {
    @Override
    public Optional<String> text() throws IOException {
      if (name.contains("locked")) {
        throw new IOException("Permission denied");
      }
      return Optional.ofNullable(files.get(name));
    }

    @Override
    public ConfigSource included(String include) {
      boolean whole = include.startsWith("/") || include.contains(":/");
      String folder = name.substring(0, name.lastIndexOf('/') + 1);
      return new MapFile(files, whole ? include : folder + include);
    }
  }

  private ExperimentConfig load(String text, String... settings) {
    files.put("conf/my.conf", text);
    return ConfigLoader.load(new MapFile(files, "conf/my.conf"), List.of(settings));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "include \"base.conf\"",
        "include \"base\"",
        "include file(\"base.conf\")",
        "include required(\"base.conf\")",
        "include required(file(\"base.conf\"))",
        "include \"sub/next.conf\"",
        "lrsweep { include \"inner.conf\" }",
        "include \"hdfs://name/base.conf\"",
        "include url(\"http://name/base.conf\")",
        "include \"base.json\"",
        "include \"base.properties\"",
      })
  void anIncludedFileIsFoundAndMerged(String include) {
    String base = "lrsweep { batch-size = 16, data.directory = fm }";
    files.put("conf/base.conf", base);
    files.put("hdfs://name/base.conf", base);
    files.put("http://name/base.conf", base);
    files.put("conf/sub/next.conf", "include \"last.conf\"");
    files.put("conf/sub/last.conf", base);
    files.put("conf/inner.conf", "batch-size = 16, data.directory = fm");
    files.put(
        "conf/base.json", "{\"lrsweep\": {\"batch-size\": 16, \"data\": {\"directory\": \"fm\"}}}");
    files.put("conf/base.properties", "lrsweep.batch-size=16\nlrsweep.data.directory=fm\n");

    ExperimentConfig config = load(include + "\nlrsweep.seed = 3");

    assertThat(config.batchSize()).isEqualTo(16);
    assertThat(config.data().directory()).contains("fm");
    assertThat(config.seed()).isEqualTo(3);
  }

  @Test
  void theLastOfFileAndIncludeWinsAndASettingOverBoth() {
    files.put("conf/base.conf", "lrsweep { seed = 1, batch-size = 16 }");

    assertThat(load("lrsweep.seed = 2\ninclude \"base.conf\"").seed()).isEqualTo(1);
    assertThat(load("include \"base.conf\"\nlrsweep.seed = 2").seed()).isEqualTo(2);
    assertThat(load("include \"base.conf\"", "seed=3").seed()).isEqualTo(3);
  }

  @Test
  void substitutionsGoAcrossFiles() {
    files.put("conf/base.conf", "lrsweep.sweep.seeds = [${lrsweep.seed}]");

    assertThat(load("include \"base.conf\"\nlrsweep.seed = 5").sweep().seeds()).containsExactly(5L);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "include \"none.conf\"",
        "include required(\"none.conf\")",
        "include file(\"none.conf\")",
        "lrsweep.finder { include \"none.conf\" }",
      })
  void oneThatIsNotThereIsRefused(String include) {
    assertThatThrownBy(() -> load(include))
        .isInstanceOf(InvalidConfigException.class)
        .hasMessage(
            "conf/my.conf includes \"none.conf\", but there is no conf/none.conf; correct the name,"
                + " which is relative to the including file, or leave the include out");
  }

  @Test
  void oneThatCannotBeReadIsRefused() {
    assertThatThrownBy(() -> load("include \"locked.conf\""))
        .hasMessage(
            "conf/my.conf includes \"locked.conf\", but that can't be read (Permission denied)");
  }

  @Test
  void aCircleIsRefused() {
    files.put("conf/b.conf", "include \"my.conf\"");

    assertThatThrownBy(() -> load("include \"b.conf\""))
        .hasMessage(
            "conf/b.conf includes \"my.conf\", but that goes round in a circle: conf/my.conf, then"
                + " conf/b.conf, then conf/my.conf; leave one out");
    assertThatThrownBy(() -> load("include \"my.conf\""))
        .hasMessageContaining("goes round in a circle: conf/my.conf, then conf/my.conf");
  }

  @Test
  void aFileMayBeIncludedTwice() {
    files.put("conf/base.conf", "batch-size = 16");

    assertThat(load("lrsweep { include \"base.conf\", include \"base.conf\" }").batchSize())
        .isEqualTo(16);
  }

  @Test
  void aMistakeInAnIncludedFileIsSaidWithItsName() {
    files.put("conf/base.conf", "lrsweep {\n  batchsize = 16\n}");
    assertThatThrownBy(() -> load("include \"base.conf\""))
        .hasMessageStartingWith("conf/base.conf: 2: unknown key 'lrsweep.batchsize'");

    files.put("conf/base.conf", "lrsweep {\n  batch-size = many\n}");
    assertThatThrownBy(() -> load("include \"base.conf\""))
        .hasMessage("conf/base.conf: 2: batch-size must be a whole number, found \"many\"");

    files.put("conf/base.conf", "lrsweep {");
    assertThatThrownBy(() -> load("include \"base.conf\""))
        .hasMessageStartingWith("conf/base.conf: 1: ");

    files.put("conf/base.conf", "other = 1");
    assertThatThrownBy(() -> load("include \"base.conf\""))
        .hasMessage("conf/base.conf: 1: unknown key 'other'; every key stands under 'lrsweep { }'");
  }

  @Test
  void whatNeverCouldBeIncludedIsRefused() {
    assertThatThrownBy(() -> load("include classpath(\"base.conf\")"))
        .hasMessage(
            "conf/my.conf includes \"base.conf\", but files of the class path can't be included;"
                + " name a file or a Hadoop URI");
    assertThatThrownBy(() -> load("include url(\"hdfs://name/base.conf\")"))
        .hasMessageStartingWith("conf/my.conf: 1: include url() specifies an invalid URL")
        .hasMessageEndingWith(
            "; write the include without url(), as Hadoop's file systems may know it");
  }

  @Test
  void anExperimentThatIsATextHasNothingBesideIt() {
    assertThatThrownBy(() -> ConfigLoader.load("include \"base.conf\"", "text", List.of()))
        .hasMessageStartingWith("text includes \"base.conf\", but there is no base.conf;");
  }

  @Test
  void passwordsInNamesAreNotRepeated() {
    assertThatThrownBy(() -> load("include \"ftp://me:secret@host/base.conf\""))
        .hasMessageContaining("ftp://***@host/base.conf")
        .hasMessageNotContaining("secret");
    assertThatThrownBy(
            () -> ConfigLoader.load(new MapFile(files, "ftp://me:secret@host/my.conf"), List.of()))
        .hasMessage(
            "--config ftp://***@host/my.conf can't be read (there is no such file); name an"
                + " experiment file, as conf/quickstart.conf");
  }
}
