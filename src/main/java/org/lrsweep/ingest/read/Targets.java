package org.lrsweep.ingest.read;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.StringJoiner;
import java.util.TreeSet;

/**
 * Labels that are more than one class, as texts: equal ones are equal texts. A character that no
 * text of a class begins with says which kind they are.
 */
public final class Targets {
  private static final char NUMBERS = '\u0001';
  private static final char NAMES = '\u0002';
  private static final String BETWEEN = "\u001f";

  private Targets() {}

  /** Numbers, in their order. */
  static String ofNumbers(double[] numbers) {
    StringJoiner text = new StringJoiner(BETWEEN, String.valueOf(NUMBERS), "");
    for (double number : numbers) {
      // Adding 0 makes one zero of both.
      text.add(Float.toString((float) number + 0f));
    }
    return text.toString();
  }

  /** Names of labels that hold, none or more, in whatever order. */
  static String ofNames(Collection<String> names) {
    return NAMES + String.join(BETWEEN, new TreeSet<>(names));
  }

  /** What labels have in common that can be told apart by it: the class, or how many there are. */
  public static String stratum(String label) {
    if (isNumbers(label)) {
      int count = numbers(label).length;
      return count == 1 ? "1 number" : count + " numbers";
    }
    return isNames(label) ? "names" : label;
  }

  /** Whether a label is numbers. */
  public static boolean isNumbers(String label) {
    return !label.isEmpty() && label.charAt(0) == NUMBERS;
  }

  private static boolean isNames(String label) {
    return !label.isEmpty() && label.charAt(0) == NAMES;
  }

  /** The numbers of a label that is numbers. */
  public static float[] numbers(String label) {
    String[] texts = label.substring(1).split(BETWEEN, -1);
    float[] numbers = new float[texts.length];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = Float.parseFloat(texts[i]);
    }
    return numbers;
  }

  /** The names of a label that is names; empty of any other. */
  public static List<String> names(String label) {
    return isNames(label) && label.length() > 1
        ? List.of(label.substring(1).split(BETWEEN, -1))
        : List.of();
  }

  /** Whether a label is a set of labels: names, or 0 and 1 for each. */
  public static boolean isSet(String label) {
    if (!isNumbers(label)) {
      return isNames(label);
    }
    boolean flags = true;
    for (float number : numbers(label)) {
      flags &= number == 0 || number == 1;
    }
    return flags;
  }

  /** The labels that hold: their names, or their numbers where there are 0 and 1 for each. */
  public static List<String> holding(String label) {
    if (!isNumbers(label)) {
      return names(label);
    }
    List<String> holding = new ArrayList<>();
    float[] flags = numbers(label);
    for (int i = 0; i < flags.length; i++) {
      if (flags[i] == 1) {
        holding.add(Integer.toString(i));
      }
    }
    return holding;
  }
}
