package org.lrsweep.acceleration.onednn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lrsweep.testing.RunningProcess;

class ThreadsTest {
  private static final int LIBRARIES = 500;

  /** Sets the number of threads as each task does, while another thread loads libraries. */
  public static void main(String[] arguments) throws InterruptedException {
    Path folder = Path.of(arguments[0]);
    Threads.use(1);
    Thread tasks =
        new Thread(
            () -> {
              while (!Thread.currentThread().isInterrupted()) {
                Threads.use(1);
              }
            });
    tasks.start();
    for (int library = 0; library < LIBRARIES; library++) {
      System.load(folder.resolve("lib" + library + ".so").toString());
    }
    tasks.interrupt();
    tasks.join();
    System.out.println("Loaded " + LIBRARIES + " libraries on " + Threads.inForce() + " thread");
  }

  @Test
  void aThreadThatLoadsLibrariesMeanwhileStopsNoTask(@TempDir Path folder)
      throws IOException, InterruptedException {
    Path library = Path.of(System.getProperty("java.home"), "lib", "libextnet.so");
    for (int copy = 0; copy < LIBRARIES; copy++) {
      Files.copy(library, folder.resolve("lib" + copy + ".so"));
    }
    Path log = folder.resolve("log");
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin/java").toString(),
            "-Xmx512m",
            "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            ThreadsTest.class.getName(),
            folder.toString());
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    RunningProcess jvm = new RunningProcess(process, log, Duration.ofMinutes(1));

    assertThat(jvm.exitCode(Duration.ofMinutes(1))).as(jvm.printed()).isZero();
    assertThat(jvm.printed()).contains("Loaded 500 libraries on 1 thread");
  }

  @Test
  void noThreadIsTooFew() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Threads.use(0))
        .withMessage("threads must be >= 1, found 0");
  }
}
