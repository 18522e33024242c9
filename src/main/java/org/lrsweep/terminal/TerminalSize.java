package org.lrsweep.terminal;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The size of a terminal.
 *
 * @param rows lines, {@code >= 1}
 * @param columns characters of a line, {@code >= 1}
 */
record TerminalSize(int rows, int columns) {
  static final TerminalSize USUAL = new TerminalSize(24, 80);

  private static final Pattern ROWS_AND_COLUMNS = Pattern.compile("(\\d{1,5}) (\\d{1,5})\\s*");

  /** The size of this process's terminal, as {@code stty} knows it; else the usual size. */
  static TerminalSize ofProcess() {
    try {
      Process stty =
          new ProcessBuilder("stty", "size")
              .redirectInput(new File("/dev/tty"))
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      String answer = new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
      stty.waitFor(1, TimeUnit.SECONDS);
      return parse(answer);
    } catch (IOException e) {
      return USUAL;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return USUAL;
    }
  }

  /** Reads what {@code stty size} prints. A terminal that doesn't know its size says 0 0. */
  static TerminalSize parse(String answer) {
    Matcher matcher = ROWS_AND_COLUMNS.matcher(answer);
    if (!matcher.matches()) {
      return USUAL;
    }
    int rows = Integer.parseInt(matcher.group(1));
    int columns = Integer.parseInt(matcher.group(2));
    return rows < 1 || columns < 1 ? USUAL : new TerminalSize(rows, columns);
  }
}
