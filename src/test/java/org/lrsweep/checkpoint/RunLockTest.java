package org.lrsweep.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lrsweep.storage.OutputFiles;

class RunLockTest {
  @TempDir private Path output;

  private RunFolder run() {
    try {
      return new RunFolder(new OutputFiles(output.toString(), new Configuration()), "r1");
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private Path lock(int number) {
    return output.resolve("checkpoints/r1/lock-" + number);
  }

  private void leave(String text, int secondsAgo) throws IOException {
    Files.createDirectories(lock(1).getParent());
    Files.writeString(lock(1), text);
    Files.setLastModifiedTime(lock(1), FileTime.from(Instant.now().minusSeconds(secondsAgo)));
  }

  @Test
  void aRunIsHeldOnceUntilItIsLetGo() throws IOException {
    RunLock held = run().lock();

    assertThat(run().isHeld()).isTrue();
    assertThatThrownBy(() -> run().lock())
        .isInstanceOf(RunIsHeldException.class)
        .hasMessageStartingWith("process " + ProcessHandle.current().pid() + " on ");

    held.close();
    assertThat(run().isHeld()).isFalse();
    run().lock().close();
    try (Stream<Path> left = Files.list(lock(1).getParent())) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void ofManyAtOnceOneGetsIt() throws Exception {
    int many = 16;
    ExecutorService threads = Executors.newFixedThreadPool(many);
    try {
      for (int round = 0; round < 60; round++) {
        CyclicBarrier start = new CyclicBarrier(many);
        List<Future<RunLock>> tries = new ArrayList<>();
        for (int i = 0; i < many; i++) {
          tries.add(
              threads.submit(
                  () -> {
                    start.await();
                    try {
                      return run().lock();
                    } catch (RunIsHeldException e) {
                      return null;
                    }
                  }));
        }
        List<RunLock> holders = new ArrayList<>();
        for (Future<RunLock> one : tries) {
          if (one.get() != null) {
            holders.add(one.get());
          }
        }
        assertThat(holders).hasSize(1);
        holders.get(0).close();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void aDeadProcessOfThisHostHoldsNothing() throws Exception {
    Process ended = new ProcessBuilder("true").start();
    ended.waitFor();
    leave("host " + ended.pid() + " 2026-01-01T00:00:00Z " + Machine.ID + " word", 0);

    assertThat(run().isHeld()).isFalse();
    RunLock taken = run().lock();
    assertThat(lock(2)).exists();
    taken.close();
    assertThat(lock(1)).doesNotExist();
  }

  /** Process ids are given out again; the instant of the start tells them apart. */
  @Test
  void aProcessWithTheIdOfADeadOneHoldsNothing() throws Exception {
    long own = ProcessHandle.current().pid();
    leave("host " + own + " 2001-01-01T00:00:00Z " + Machine.ID + " word", 0);

    assertThat(run().isHeld()).isFalse();
  }

  @Test
  void aProcessOfAnotherHostIsDeadWhenItHasBeenSilentForAMinute() throws IOException {
    leave("elsewhere 1 2026-01-01T00:00:00Z machine word", 30);
    assertThatThrownBy(() -> run().lock())
        .hasMessageMatching("process 1 on elsewhere, seen 3\\d s ago");

    leave("elsewhere 1 2026-01-01T00:00:00Z machine word", 61);
    run().lock().close();
  }

  /** Two machines may both be called localhost, or be without a name that resolves. */
  @Test
  void aMachineOfTheSameNameIsAnotherOne() throws Exception {
    Process ended = new ProcessBuilder("true").start();
    ended.waitFor();
    String process = Machine.hostName() + " " + ended.pid() + " 2026-01-01T00:00:00Z ";

    leave(process + "another-machine word", 30);
    assertThat(run().isHeld()).isTrue();
    // As versions before wrote it, which knew names only.
    leave(process + "word", 30);
    assertThat(run().isHeld()).isTrue();
  }

  @Test
  void theRunIsHeldUntilAllOfItIsDeleted() throws IOException {
    Configuration conf = new Configuration();
    conf.set("fs.told.impl", ToldFileSystem.class.getName());
    RunFolder run = new RunFolder(new OutputFiles("told:" + output, conf), "r1");
    RunLock held = run.lock();
    run.describe(Snapshot.builder().put("command", "run").build());
    run.of("finder", CheckpointInterval.steps(1))
        .save(1, Snapshot.builder().put("step", 1).build());
    ToldFileSystem.DELETED.clear();

    run.delete(held);

    assertThat(ToldFileSystem.DELETED)
        .containsExactlyInAnyOrder("manifest", "finder", "lock-1", "r1")
        .endsWith("lock-1", "r1");
    assertThat(lock(1).getParent()).doesNotExist();
  }

  /** A local file system that tells what was deleted, in order. */
  public static final class ToldFileSystem extends RawLocalFileSystem {
    static final List<String> DELETED = new ArrayList<>();

    @Override
    public URI getUri() {
      return URI.create("told:///");
    }

    @Override
    public boolean delete(org.apache.hadoop.fs.Path path, boolean recursive) throws IOException {
      boolean deleted = super.delete(path, recursive);
      if (deleted) {
        DELETED.add(path.getName());
      }
      return deleted;
    }
  }
}
