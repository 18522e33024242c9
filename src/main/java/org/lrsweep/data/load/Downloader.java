package org.lrsweep.data.load;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.commons.io.IOUtils;
import org.apache.commons.lang3.exception.ExceptionUtils;
import org.lrsweep.data.InvalidDataException;

/**
 * Fetches files over HTTP, through the proxy that Java's system properties name, if any. A file
 * appears under its name only when it is whole and was accepted; a machine without network learns
 * so within the answer timeout.
 */
final class Downloader {

  /** For the name, the connection and the first byte together. */
  private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(8);

  private static final Duration WHOLE_TIMEOUT = Duration.ofMinutes(10);

  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .followRedirects(HttpClient.Redirect.NORMAL)
          .build();
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
   * @throws IOException if it cannot be had or written, is too large, or is refused by the check
   */
  void fetch(URI source, Path target, Check check) throws IOException {
    Files.createDirectories(target.toAbsolutePath().getParent());
    Path part = Files.createTempFile(target.toAbsolutePath().getParent(), ".fetch-", ".part");

    try {
      download(source, part);
      check.accept(part);
      Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (InvalidDataException e) {
      throw new IOException("what was downloaded is of no use: " + e.getMessage(), e);
    } finally {
      Files.deleteIfExists(part);
    }
  }

  private void download(URI source, Path part) throws IOException {
    HttpRequest request = HttpRequest.newBuilder(source).timeout(ANSWER_TIMEOUT).build();
    CompletableFuture<HttpResponse<InputStream>> answer =
        client.sendAsync(request, HttpResponse.BodyHandlers.ofInputStream());
    CompletableFuture<Void> copied = answer.thenAccept(response -> copy(response, part));

    try {
      copied.get(WHOLE_TIMEOUT.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw failure(source, e.getCause());
    } catch (TimeoutException e) {
      // The answer itself has come, or failed, long before.
      IOUtils.closeQuietly(answer.join().body());
      throw new IOException(source + " took longer than " + WHOLE_TIMEOUT.toMinutes() + " min", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while waiting for " + source);
    }
  }

  private void copy(HttpResponse<InputStream> response, Path part) {
    try (InputStream in = response.body();
        OutputStream out = Files.newOutputStream(part)) {
      if (response.statusCode() != HttpURLConnection.HTTP_OK) {
        throw new IOException("HTTP status " + response.statusCode());
      }

      if (IOUtils.copyLarge(in, out, 0, maxBytes + 1) > maxBytes) {
        throw new IOException("larger than " + maxBytes + " bytes");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The client's exceptions have no message where a connection fails; what caused them tells. */
  private static IOException failure(URI source, Throwable thrown) {
    if (thrown instanceof HttpTimeoutException) {
      return new IOException(
          source + " gave no answer within " + ANSWER_TIMEOUT.toSeconds() + " s", thrown);
    }

    Throwable told = thrown instanceof UncheckedIOException ? thrown.getCause() : thrown;
    String cause = told.getMessage() == null ? " (" + ExceptionUtils.getRootCause(told) + ")" : "";
    return new IOException(source + " cannot be had: " + told + cause, told);
  }
}
