package org.lrsweep.terminal;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a terminal without a bottom shows of what was printed: all lines ever, as they ended up. */
final class Emulator {
  private static final Pattern ESCAPE = Pattern.compile("\u001b\\[(\\d*)([A-Za-z])");

  private final List<StringBuilder> lines = new ArrayList<>(List.of(new StringBuilder()));
  private int row;
  private int column;

  private Emulator() {}

  static List<String> show(String printed) {
    Emulator terminal = new Emulator();
    terminal.write(printed);
    return terminal.lines.stream().map(line -> line.toString().stripTrailing()).toList();
  }

  private void write(String printed) {
    Matcher escape = ESCAPE.matcher(printed);
    int i = 0;
    while (i < printed.length()) {
      char c = printed.charAt(i);
      if (c == '\u001b') {
        if (!escape.find(i) || escape.start() != i) {
          throw new AssertionError("an escape that nobody knows: " + printed.substring(i));
        }
        obey(escape.group(1), escape.group(2).charAt(0));
        i = escape.end();
      } else {
        put(c);
        i++;
      }
    }
  }

  private void put(char c) {
    if (c == '\r') {
      column = 0;
    } else if (c == '\n') {
      row++;
      column = 0;
      if (row == lines.size()) {
        lines.add(new StringBuilder());
      }
    } else {
      StringBuilder line = lines.get(row);
      while (line.length() <= column) {
        line.append(' ');
      }
      line.setCharAt(column, c);
      column++;
    }
  }

  private void obey(String number, char command) {
    switch (command) {
      case 'A' -> row = Math.max(0, row - Integer.parseInt(number));
      case 'K' -> lines.get(row).setLength(Math.min(column, lines.get(row).length()));
      case 'J' -> {
        lines.get(row).setLength(Math.min(column, lines.get(row).length()));
        lines.subList(row + 1, lines.size()).clear();
      }
      case 'm' -> {}
      default -> throw new AssertionError("an escape that nobody knows: " + number + command);
    }
  }
}
