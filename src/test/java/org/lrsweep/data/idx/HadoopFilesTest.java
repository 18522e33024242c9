package org.lrsweep.data.idx;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HadoopFilesTest {
  @TempDir private Path folder;

  /** As on a cluster, where Hadoop's default is HDFS. */
  @Test
  void aPathWithoutASchemeIsOfThisMachineWhateverTheDefaultFileSystem() throws Exception {
    Configuration cluster = new Configuration();
    cluster.set("fs.defaultFS", "hdfs://namenode.invalid:8020");
    HadoopFiles files = new HadoopFiles(cluster);
    Files.writeString(folder.resolve("a"), "one");

    assertThat(files.isFile(folder.toString(), "a")).isTrue();
    try (InputStream in = files.open(folder.toString(), "a")) {
      assertThat(in).hasContent("one");
    }
  }
}
