package org.lrsweep.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A process and the file that holds what it prints, to both streams.
 *
 * @param process the process
 * @param log what it printed
 * @param patience how long to wait for a line of it
 */
public record RunningProcess(Process process, Path log, Duration patience) {
  public String printed() throws IOException {
    return Files.readString(log);
  }

  /** Waits for a line to be printed; returns the pattern's match. */
  public Matcher await(String pattern) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    while (true) {
      boolean ended = process.waitFor(50, TimeUnit.MILLISECONDS);
      Matcher matcher = Pattern.compile(pattern).matcher(printed());
      if (matcher.find()) {
        return matcher;
      }
      if (ended || System.nanoTime() > deadline) {
        throw new AssertionError("no '" + pattern + "' in what was printed:\n" + printed());
      }
    }
  }

  /** Waits for the end of the process. */
  public int exitCode() throws IOException, InterruptedException {
    return exitCode(Duration.ofMinutes(8));
  }

  /** Waits for the end of the process, which is killed if it takes longer. */
  public int exitCode(Duration atMost) throws IOException, InterruptedException {
    if (!process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
      process.destroyForcibly();
      throw new AssertionError("still running after " + atMost + ":\n" + printed());
    }
    return process.exitValue();
  }
}
