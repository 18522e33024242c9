package org.lrsweep.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
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
    String host = InetAddress.getLocalHost().getHostName();
    Process ended = new ProcessBuilder("true").start();
    ended.waitFor();
    leave(host + " " + ended.pid() + " 2026-01-01T00:00:00Z word", 0);

    assertThat(run().isHeld()).isFalse();
    RunLock taken = run().lock();
    assertThat(lock(2)).exists();
    taken.close();
    assertThat(lock(1)).doesNotExist();
  }

  /** Process ids are given out again; the instant of the start tells them apart. */
  @Test
  void aProcessWithTheIdOfADeadOneHoldsNothing() throws Exception {
    String host = InetAddress.getLocalHost().getHostName();
    leave(host + " " + ProcessHandle.current().pid() + " 2001-01-01T00:00:00Z word", 0);

    assertThat(run().isHeld()).isFalse();
  }

  @Test
  void aProcessOfAnotherHostIsDeadWhenItHasBeenSilentForAMinute() throws IOException {
    leave("elsewhere 1 2026-01-01T00:00:00Z word", 30);
    assertThatThrownBy(() -> run().lock())
        .hasMessageMatching("process 1 on elsewhere, seen 3\\d s ago");

    leave("elsewhere 1 2026-01-01T00:00:00Z word", 61);
    run().lock().close();
  }
}
