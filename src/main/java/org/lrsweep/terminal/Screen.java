package org.lrsweep.terminal;

import java.io.PrintWriter;
import java.util.List;
import java.util.function.Supplier;

/**
 * A terminal with a block of lines at its bottom that is drawn anew again and again. Whatever else
 * is printed goes above it, so that neither tears the other. Thread-safe.
 *
 * <p>JLine's {@code Display} (3.30) could take the place of this class, {@link TerminalSize} and
 * {@link Resizing}, 146 lines of the room's 690. What brings the log above the block, and what
 * decides what is shown, would stay. It would add two jars of 466 kB, of which one is native code
 * that is unpacked into the folder for temporary files; without it JLine asks {@code stty} in a
 * process of its own, as {@link TerminalSize} does. So it stays out.
 */
final class Screen {
  private static final String ERASE_BELOW = "\u001b[J";
  private static final String ERASE_REST_OF_LINE = "\u001b[K";

  private final PrintWriter terminal;
  private final Supplier<TerminalSize> size;
  private List<String> block = List.of();

  /**
   * @param size asked before each drawing
   */
  Screen(PrintWriter terminal, Supplier<TerminalSize> size) {
    this.terminal = terminal;
    this.size = size;
  }

  /** Lines that a block has room for. */
  int rows() {
    return Math.max(1, size.get().rows() - 1);
  }

  /** Prints lines that stay. */
  synchronized void print(String lines) {
    StringBuilder text = new StringBuilder(toTop());
    if (!block.isEmpty()) {
      text.append(ERASE_BELOW);
    }
    text.append(lines);
    append(text);
    send(text);
  }

  /** Draws the block, in place of the last one. An empty one is erased. */
  synchronized void draw(List<String> lines) {
    StringBuilder text = new StringBuilder(toTop());
    int columns = size.get().columns();
    block =
        lines.stream()
            .limit(rows())
            .map(line -> line.length() < columns ? line : line.substring(0, columns - 1))
            .toList();
    append(text);
    send(text.append(ERASE_BELOW));
  }

  private String toTop() {
    return block.isEmpty() ? "" : "\u001b[" + block.size() + "A\r";
  }

  private void append(StringBuilder text) {
    block.forEach(line -> text.append(line).append(ERASE_REST_OF_LINE).append("\n"));
  }

  /** In one piece, so that the terminal never shows half of it. */
  private void send(StringBuilder text) {
    terminal.print(text);
    terminal.flush();
  }
}
