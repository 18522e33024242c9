package org.lrsweep.terminal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** A table for the terminal: columns two blanks apart; numbers to the right, texts to the left. */
public final class TextTable {
  private static final String INDENT = "  ";
  private static final Pattern CONTROLS = Pattern.compile("\\p{Cntrl}+");

  private final List<List<String>> rows = new ArrayList<>();
  private final boolean[] right;

  /** Headings; a column whose heading starts with '>' is aligned to the right. */
  public TextTable(String... headings) {
    right = new boolean[headings.length];
    List<String> titles = new ArrayList<>();

    for (int i = 0; i < headings.length; i++) {
      right[i] = headings[i].startsWith(">");
      titles.add(right[i] ? headings[i].substring(1) : headings[i]);
    }

    rows.add(titles);
  }

  public void add(String... cells) {
    if (cells.length != right.length) {
      throw new IllegalArgumentException(
          "a row must have " + right.length + " cells, found " + Arrays.toString(cells));
    }

    rows.add(List.of(cells));
  }

  /** A text without line breaks and escapes: what a table says must not steer a terminal. */
  public static String oneLine(String text) {
    return CONTROLS.matcher(text).replaceAll(" ").strip();
  }

  @Override
  public String toString() {
    int[] widths = new int[right.length];

    for (List<String> row : rows) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }

    StringBuilder text = new StringBuilder();

    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();

      for (int i = 0; i < widths.length; i++) {
        String format = "%" + (right[i] ? "" : "-") + Math.max(1, widths[i]) + "s";
        line.append(INDENT).append(String.format(Locale.ROOT, format, row.get(i)));
      }

      text.append(line.toString().stripTrailing()).append('\n');
    }

    return text.toString();
  }
}
