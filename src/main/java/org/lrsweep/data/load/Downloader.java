package org.lrsweep.data.load;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.lrsweep.data.InvalidDataException;

/**
 * Fetches files over HTTP. A file appears under its name only when it is whole and was accepted; a
 * machine without network learns so within the answer timeout.
 */
final class Downloader {

  /** For the name, the connection and the first byte together. */
  private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(8);

  private static final Duration READ_TIMEOUT = Duration.ofSeconds(15);

  private final long maxBytes;

  /**
   * Makes a downloader.
   *
   * @param maxBytes the size beyond which a file is refused
   */
  Downloader(long maxBytes) {
    this.maxBytes = maxBytes;
  }

  /** What decides whether a downloaded file may take its name. */
  @FunctionalInterface
  interface Check {

    /**
     * Looks at a downloaded file.
     *
     * @throws InvalidDataException if the file is not what was wanted
     */
    void accept(Path file) throws IOException;
  }

  /**
   * Fetches a file.
   *
   * @throws IOException if it cannot be had or written, or if the check refuses it
   */
  void fetch(URI source, Path target, Check check) throws IOException {
    Files.createDirectories(target.toAbsolutePath().getParent());
    Path part = Files.createTempFile(target.toAbsolutePath().getParent(), ".fetch-", ".part");

    try {
      try (InputStream in = open(source);
          OutputStream out = Files.newOutputStream(part)) {
        copy(source, in, out);
      }

      check.accept(part);
      Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (InvalidDataException e) {
      throw new IOException("what was downloaded is of no use: " + e.getMessage(), e);
    } finally {
      Files.deleteIfExists(part);
    }
  }

  /** Resolving a name has no timeout of its own, so another thread waits for the answer. */
  private static InputStream open(URI source) throws IOException {
    FutureTask<InputStream> answer = new FutureTask<>(() -> answer(source));
    Thread waiting = new Thread(answer, "lrsweep-download");
    waiting.setDaemon(true);
    waiting.start();

    try {
      return answer.get(ANSWER_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new IOException(
          source + " gave no answer within " + ANSWER_TIMEOUT.toSeconds() + " s", e);
    } catch (ExecutionException e) {
      throw new IOException(source + " cannot be had: " + e.getCause(), e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while waiting for " + source);
    }
  }

  private static InputStream answer(URI source) throws IOException {
    HttpURLConnection connection = (HttpURLConnection) source.toURL().openConnection();
    connection.setConnectTimeout((int) ANSWER_TIMEOUT.toMillis());
    connection.setReadTimeout((int) READ_TIMEOUT.toMillis());
    int status = connection.getResponseCode();

    if (status != HttpURLConnection.HTTP_OK) {
      throw new IOException("HTTP status " + status);
    }

    return connection.getInputStream();
  }

  private void copy(URI source, InputStream in, OutputStream out) throws IOException {
    byte[] buffer = new byte[1 << 16];
    long total = 0;

    for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
      total += count;

      if (total > maxBytes) {
        throw new IOException(source + " is larger than " + maxBytes + " bytes");
      }

      out.write(buffer, 0, count);
    }
  }
}
