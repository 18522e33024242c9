package org.lrsweep.experiment.command;

import java.util.ArrayList;
import java.util.List;

/** Words quoted for a shell, and back: whoever pastes the line gives a program these words. */
final class ShellWords {
  private ShellWords() {}

  static String quoted(String word) {
    return word.matches("[A-Za-z0-9_@%+=:,./-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
  }

  /**
   * A word of a line.
   *
   * @param text without quotes
   * @param start where it starts in the line
   * @param end where it ends
   */
  record Word(String text, int start, int end) {}

  /** The words of a line in which {@link #quoted}, or the scripts' own, quoted what had to be. */
  static List<Word> split(String line) {
    List<Word> words = new ArrayList<>();
    StringBuilder text = new StringBuilder();
    int start = -1;
    boolean inQuotes = false;
    for (int i = 0; i <= line.length(); i++) {
      char c = i < line.length() ? line.charAt(i) : ' ';
      if (c == ' ' && (!inQuotes || i == line.length())) {
        if (start >= 0) {
          words.add(new Word(text.toString(), start, i));
        }
        text.setLength(0);
        start = -1;
        continue;
      }
      start = start < 0 ? i : start;
      if (c == '\'') {
        inQuotes = !inQuotes;
      } else if (c == '\\' && !inQuotes && i + 1 < line.length()) {
        i++;
        text.append(line.charAt(i));
      } else {
        text.append(c);
      }
    }
    return words;
  }
}
