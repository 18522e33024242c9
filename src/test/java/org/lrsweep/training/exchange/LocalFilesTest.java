package org.lrsweep.training.exchange;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.storage.BlockManager;
import org.apache.spark.storage.BlockManagerId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.lrsweep.testing.LocalSpark;
import scala.Option;

@ExtendWith(LocalSpark.class)
class LocalFilesTest {
  private static final Source BYTES =
      Source.of(ByteBuffer.wrap("states of 20 letters".getBytes(UTF_8)));

  private final BlockManager manager;

  LocalFilesTest(JavaSparkContext spark) {
    manager = spark.sc().env().blockManager();
  }

  private static String text(Source source) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    source.writeTo(Channels.newChannel(bytes));
    return bytes.toString(UTF_8);
  }

  private KeptBytes where(String name, int slices) {
    return new KeptBytes(Peers.self(), 77, name, BYTES.length(), slices);
  }

  @Test
  void whatIsKeptInFilesIsReadFromThem() throws Exception {
    Optional<KeptBytes> kept = Peers.keepInFiles(77, "in_files", BYTES, 2);

    assertThat(kept).contains(where("in_files", 2));
    Source read = Peers.read(List.of(kept.get())).get(0);
    assertThat(((Source.Joined) read).parts()).hasOnlyElementsOfType(Source.InFile.class);
    assertThat(text(read)).isEqualTo("states of 20 letters");
  }

  @Test
  void otherHostsCanFetchIt() throws Exception {
    KeptBytes.Slice slice = Peers.keepInFiles(77, "for_others", BYTES, 1).orElseThrow().slice(0);

    byte[] block = new byte[BYTES.length()];
    manager.getLocalBlockData(slice.id()).nioByteBuffer().get(block);

    assertThat(new String(block, UTF_8)).isEqualTo("states of 20 letters");
  }

  @Test
  void whatIsForgottenIsNotFound() {
    KeptBytes kept = Peers.keepInFiles(77, "forgotten", BYTES, 1).orElseThrow();
    Peers.forget(kept);

    assertThat(LocalFiles.of(manager).find(kept.slice(0))).isEmpty();
    assertThatThrownBy(() -> Peers.read(List.of(kept))).isInstanceOf(LostBytesException.class);
  }

  @Test
  void whatAnotherHostKeepsIsNotLookedFor() {
    KeptBytes kept = Peers.keepInFiles(77, "elsewhere", BYTES, 1).orElseThrow();
    BlockManagerId other = BlockManagerId.apply("driver", "another-host", 1, Option.empty());

    assertThat(
            LocalFiles.of(manager)
                .find(new KeptBytes(other, 77, "elsewhere", BYTES.length(), 1).slice(0)))
        .isEmpty();
    assertThat(LocalFiles.of(manager).find(kept.slice(0))).isPresent();
  }

  @Test
  void keepsNothingInFilesAfterOneThatCannotBeWritten(@TempDir Path folder) {
    AtomicInteger tries = new AtomicInteger();
    LocalFiles files =
        new LocalFiles(
            manager,
            new FilePool(
                () -> {
                  tries.incrementAndGet();
                  return folder.resolve("gone").resolve("file");
                }));

    assertThat(files.keep(where("unwritable", 1).slice(0).id(), BYTES)).isFalse();
    assertThat(files.keep(where("unwritable", 1).slice(0).id(), BYTES)).isFalse();
    assertThat(tries).hasValue(1);
  }
}
