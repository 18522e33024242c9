package org.lrsweep.training.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FilePoolTest {
  private final Path folder;
  private final FilePool pool;

  FilePoolTest(@TempDir Path folder) {
    this.folder = folder;
    pool = new FilePool(folder);
  }

  private static Source filled(int bytes, int value) {
    byte[] content = new byte[bytes];
    Arrays.fill(content, (byte) value);
    return Source.of(ByteBuffer.wrap(content));
  }

  private static void assertHolds(Path file, int bytes, int value) throws IOException {
    byte[] content = Files.readAllBytes(file);
    assertThat(content).hasSize(bytes).containsOnly(value);
  }

  private static Object inode(Path file) throws IOException {
    return Files.getAttribute(file, "unix:ino");
  }

  private long files() throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.count();
    }
  }

  @Test
  void writesNoFileThatSomebodyStillKeeps() throws IOException {
    Path first = pool.write(filled(400, 1));
    Path second = pool.write(filled(400, 2));

    assertHolds(first, 400, 1);
    assertHolds(second, 400, 2);
  }

  @Test
  void usesAFileAgainWhenNobodyKeepsIt() throws IOException {
    Path first = pool.write(filled(400, 1));
    Path renamed = Files.move(first, folder.resolve("kept"));
    Path second = pool.write(filled(400, 2));
    Object inode = inode(second);
    Files.delete(second);

    Path third = pool.write(filled(400, 3));

    assertThat(inode(third)).isEqualTo(inode);
    assertHolds(third, 400, 3);
    assertHolds(renamed, 400, 1);
  }

  @Test
  void growsAndShortensFilesThatItUsesAgain() throws IOException {
    for (int bytes : new int[] {400, 40, 4000}) {
      Path file = pool.write(filled(bytes, 7));
      assertHolds(file, bytes, 7);
      Files.delete(file);
    }
    assertThat(files()).isEqualTo(1);
  }

  @Test
  void leavesNothingOfAFileThatCannotBeWritten() throws IOException {
    Source unreadable = new Source.InFile(folder.resolve("missing"), 0, 400);
    Path kept = pool.write(filled(400, 1));

    assertThatThrownBy(() -> pool.write(unreadable)).isInstanceOf(NoSuchFileException.class);

    Files.delete(kept);
    assertThat(files()).isEqualTo(1);
  }

  @Test
  void doesWithoutAFileThatSomebodyDeleted() throws IOException {
    Files.delete(pool.write(filled(400, 1)));
    try (Stream<Path> all = Files.list(folder)) {
      Files.delete(all.findFirst().orElseThrow());
    }

    assertHolds(pool.write(filled(400, 2)), 400, 2);
  }

  @Test
  void saysWhichFileCannotBeWritten() {
    FilePool nowhere = new FilePool(folder.resolve("gone"));

    assertThatThrownBy(() -> nowhere.write(filled(4, 1)))
        .isInstanceOf(NoSuchFileException.class)
        .hasMessageContaining("gone");
  }
}
