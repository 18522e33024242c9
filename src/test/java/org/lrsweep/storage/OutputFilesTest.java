package org.lrsweep.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutputFilesTest {
  @TempDir private Path folder;

  /** As S3A is: renaming is no way to publish a file. */
  public static final class ObjectStore extends RawLocalFileSystem {
    @Override
    public URI getUri() {
      return URI.create("s3a://bucket");
    }

    @Override
    public boolean rename(org.apache.hadoop.fs.Path from, org.apache.hadoop.fs.Path to)
        throws IOException {
      throw new IOException("a rename is a copy here");
    }
  }

  private OutputFiles objectStore() throws IOException {
    Configuration conf = new Configuration();
    conf.set("fs.s3a.impl", ObjectStore.class.getName());
    conf.setBoolean("fs.s3a.impl.disable.cache", true);
    return new OutputFiles("s3a://bucket" + folder.resolve("output"), conf);
  }

  private static Content text(String text) {
    return out -> out.write(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void onAnObjectStoreFilesAreWrittenInTheirPlace() throws IOException {
    OutputFiles files = objectStore();

    files.create(files.path("a/b"), text("one"));
    assertThatThrownBy(() -> files.create(files.path("a/b"), text("two")))
        .isInstanceOf(FileAlreadyExistsException.class);
    files.replace(files.path("a/b"), text("three"));

    assertThat(files.read(files.path("a/b"))).asString().isEqualTo("three");
    assertThat(folder.resolve("output/a")).isDirectoryNotContaining("glob:**.staged*");
  }

  @Test
  void onAnObjectStoreContentThatFailsLeavesWhatWasThere() throws IOException {
    OutputFiles files = objectStore();
    files.create(files.path("a/b"), text("one"));

    assertThatThrownBy(
            () ->
                files.replace(
                    files.path("a/b"),
                    out -> {
                      out.write(1);
                      throw new IOException("half of it, says the test");
                    }))
        .hasMessage("half of it, says the test");

    assertThat(files.read(files.path("a/b"))).asString().isEqualTo("one");
  }

  @Test
  void ofTwoClaimsOneSucceeds() throws IOException {
    OutputFiles files = new OutputFiles(folder.toString(), new Configuration());

    assertThat(files.claim(files.path("lock"), new byte[] {1})).isTrue();
    assertThat(files.claim(files.path("lock"), new byte[] {2})).isFalse();
    assertThat(files.read(files.path("lock"))).containsExactly(1);
  }

  /** As on a cluster, where Hadoop's default is HDFS. */
  @Test
  void aPathWithoutASchemeIsAFolderHereWhateverTheDefaultFileSystem() throws IOException {
    Configuration cluster = new Configuration();
    cluster.set("fs.defaultFS", "hdfs://namenode.invalid:8020");

    assertThat(new OutputFiles("results \u00fc", cluster).root())
        .hasToString("file:" + Path.of("results \u00fc").toAbsolutePath());
    assertThat(new OutputFiles(folder.toString(), cluster).root()).hasToString("file:" + folder);
    OutputFiles here = new OutputFiles(folder.toString(), cluster);
    here.create(here.path("a"), text("one"));
    assertThat(folder.resolve("a")).hasContent("one");
    assertThat(HadoopPath.of("hdfs:///runs")).hasToString("hdfs:/runs");
  }
}
