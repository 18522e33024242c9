package org.lrsweep.training.state;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
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
  private final LocalFiles files;

  LocalFilesTest(JavaSparkContext spark) {
    manager = spark.sc().env().blockManager();
    files = LocalFiles.of(manager);
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

    assertThat(files.find(kept.slice(0))).isEmpty();
    assertThatThrownBy(() -> Peers.read(List.of(kept))).isInstanceOf(LostBytesException.class);
  }

  /** Another name of this host: who is asked under it, which nobody should be, has the file. */
  @Test
  void whatAnotherHostKeepsIsNotLookedFor() {
    KeptBytes kept = Peers.keepInFiles(77, "elsewhere", BYTES, 1).orElseThrow();
    BlockManagerId self = Peers.self();
    String alias = self.host().equals("localhost") ? "127.0.0.1" : "localhost";
    BlockManagerId other =
        BlockManagerId.apply(self.executorId(), alias, self.port(), Option.empty());

    assertThat(files.find(kept.slice(0))).isPresent();
    assertThat(files.find(new KeptBytes(other, 77, "elsewhere", BYTES.length(), 1).slice(0)))
        .isEmpty();
  }

  /** Spark may be writing it. */
  @Test
  void aFileOfAnotherLengthIsNotTaken() {
    KeptBytes kept = Peers.keepInFiles(77, "half", BYTES, 1).orElseThrow();

    assertThat(files.find(new KeptBytes(Peers.self(), 77, "half", 24, 1).slice(0))).isEmpty();
    assertThat(files.find(kept.slice(0))).isPresent();
  }

  @Test
  void aBlockThatIsThereAlreadyLeavesNoSecondFile() throws Exception {
    KeptBytes.Slice slice = Peers.keepInFiles(77, "twice", BYTES, 1).orElseThrow().slice(0);
    Path folder = manager.diskBlockManager().getFile(slice.id()).toPath().getParent().getParent();
    long before = names(folder);

    assertThat(files.keep(slice.id(), BYTES)).isTrue();

    // The file of the second attempt, free to be used again.
    assertThat(names(folder)).isEqualTo(before + 1);
  }

  private static long names(Path folder) throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(file -> file.getFileName().toString().startsWith("lrsweep-")).count();
    }
  }

  @Test
  void keepsNothingInFilesAfterOneThatCannotBeWritten(@TempDir Path folder) {
    LocalFiles others = new LocalFiles(manager);
    KeptBytes.Slice slice = where("unwritable", 1).slice(0);

    assertThat(others.keep(slice.id(), new Source.InFile(folder.resolve("missing"), 0, 20)))
        .isFalse();
    assertThat(others.keep(slice.id(), BYTES)).isFalse();
    assertThat(files.keep(slice.id(), BYTES)).isTrue();
  }
}
