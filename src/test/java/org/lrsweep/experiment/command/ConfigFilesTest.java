package org.lrsweep.experiment.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lrsweep.config.ConfigLoader;

class ConfigFilesTest {
  @TempDir private Path folder;
  private Path conf;

  @BeforeEach
  void writeFiles() throws IOException {
    conf = Files.createDirectories(folder.resolve("my conf")).resolve("my.conf");
    Files.writeString(conf, "include \"../base.conf\"\nlrsweep.seed = 2");
    Files.writeString(folder.resolve("base.conf"), "lrsweep { seed = 1, batch-size = 16 }");
  }

  private static int batchSize(String config) {
    return ConfigLoader.load(ConfigFiles.named(config), List.of()).batchSize();
  }

  @Test
  void includesAreRelativeToTheirFileOnThisMachineAndOnHadoopsFileSystems() {
    assertThat(batchSize(conf.toString())).isEqualTo(16);
    assertThat(batchSize("file://" + conf)).isEqualTo(16);
  }

  @Test
  void aFileOnThisMachineMayIncludeAUri() throws IOException {
    Files.writeString(conf, "include \"file://" + folder + "/base.conf\"");

    assertThat(batchSize(conf.toString())).isEqualTo(16);
  }

  @Test
  void whatIsMissingIsNamed() throws IOException {
    Files.delete(folder.resolve("base.conf"));

    assertThatThrownBy(() -> batchSize(conf.toString()))
        .hasMessageStartingWith(
            conf + " includes \"../base.conf\", but there is no " + folder + "/base.conf;");
    assertThatThrownBy(() -> batchSize("file://" + conf))
        .hasMessageStartingWith(
            "file:"
                + conf
                + " includes \"../base.conf\", but there is no file:"
                + folder
                + "/base");
    assertThatThrownBy(() -> batchSize("no.conf"))
        .hasMessage(
            "--config no.conf can't be read (there is no such file); name an experiment file, as"
                + " conf/quickstart.conf");
    assertThatThrownBy(() -> batchSize(folder.toString()))
        .hasMessageContaining("there is no such file");
  }

  @Test
  void aCircleByWayOfOtherFoldersIsRefused() throws IOException {
    Files.writeString(folder.resolve("base.conf"), "include \"./my conf/../my conf/my.conf\"");

    assertThatThrownBy(() -> batchSize(conf.toString()))
        .hasMessageContaining("goes round in a circle");
    assertThatThrownBy(() -> batchSize("file://" + conf))
        .hasMessageContaining("goes round in a circle");
  }

  @Test
  void textInAnotherEncodingIsRefused() throws IOException {
    Files.write(conf, new byte[] {'#', (byte) 0xfc, '\n'});

    for (String config : List.of(conf.toString(), "file://" + conf)) {
      assertThatThrownBy(() -> batchSize(config))
          .hasMessageContaining("expected text in UTF-8, found other bytes; save it as UTF-8");
    }
  }

  @Test
  void anEditedFileIsReadInSpiteOfAnOldChecksum() throws IOException {
    Files.write(conf.resolveSibling(".my.conf.crc"), new byte[] {'c', 'r', 'c', 0, 0, 0, 2, 0, 1});

    assertThat(batchSize("file://" + conf)).isEqualTo(16);
  }
}
