package org.lrsweep.report;

import org.lrsweep.results.FinderSuggestionRow;
import org.lrsweep.terminal.Numbers;

/** A method's answer in words: a rate, a range, or a dash. */
final class Answer {
  private Answer() {}

  static String of(FinderSuggestionRow suggestion) {
    return suggestion.minLr() == null
        ? Numbers.rate(suggestion.lr())
        : Numbers.rate(suggestion.minLr()) + " to " + Numbers.rate(suggestion.maxLr());
  }
}
