package org.lrsweep.ingest;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Sentences about what was found in a user's data that is no error, but had better be known. */
final class Notices {
  private final List<String> sentences = new ArrayList<>();

  /** What a set has that can't be used or comes twice. */
  void add(String part, SetSummary set) {
    if (set.unusable() > 0) {
      sentences.add(
          "%s of data.%s can't be used and %s left out, as: %s"
              .formatted(
                  SetCheck.rows(set.unusable()),
                  part,
                  set.unusable() == 1 ? "is" : "are",
                  set.problems().get(0)));
    }
    if (set.duplicates() > 0) {
      sentences.add(
          "%s of data.%s %s the same features as another one%s"
              .formatted(
                  examples(set.duplicates()),
                  part,
                  set.duplicates() == 1 ? "has" : "have",
                  set.unlike() > 0
                      ? ", " + set.unlike() + " of these groups with different labels"
                      : ""));
    }
  }

  /** A column may mark one of two equal examples; fractions keep them together. */
  void addShared(long shared) {
    if (shared > 0) {
      sentences.add(
          "%s of data.train %s both to train on and in another part, by equal features"
              .formatted(examples(shared), shared == 1 ? "is" : "are"));
    }
  }

  /** Examples of another set that the training data has too. */
  void addCommon(Part part, long common) {
    if (common > 0) {
      sentences.add(
          "%s of data.%s %s in data.train too"
              .formatted(
                  examples(common),
                  part.name().toLowerCase(Locale.ROOT),
                  common == 1 ? "is" : "are"));
    }
  }

  /** What became of the groups of a column. */
  void addGroups(String column, Groups groups, GroupDraw draw) {
    sentences.add(
        "the %s groups of data.group = %s: %s to train on, %s to validate, %s to test"
            .formatted(
                groups.values(),
                column,
                groups.valuesOf(draw.of(Part.TRAIN)).length,
                groups.valuesOf(draw.of(Part.VALIDATION)).length,
                groups.valuesOf(draw.of(Part.TEST)).length));
    if (groups.joined()[0] > 0) {
      sentences.add(
          "%s groups of data.group = %s have equal features in common and stay together, as %s"
              .formatted(groups.joined()[0], column, groups.joined()[1]));
    }
  }

  /** How fractions of examples with several labels are taken. */
  void addLabelSets(int found) {
    sentences.add(
        found <= LabelSets.MOST
            ? "the parts of data.train have about equal fractions of every label"
            : "the parts of data.train are drawn without regard to labels, which come in more than"
                + " %s different sets".formatted(LabelSets.MOST));
  }

  private static String examples(long count) {
    return count == 1 ? "1 example" : count + " examples";
  }

  List<String> sentences() {
    return List.copyOf(sentences);
  }
}
