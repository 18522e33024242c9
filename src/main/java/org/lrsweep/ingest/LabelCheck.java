package org.lrsweep.ingest;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.lrsweep.data.InvalidDataException;
import org.lrsweep.ingest.read.LabelKind;

/** What classes, labels and numbers of a user's data are called, and whether they fit together. */
final class LabelCheck {
  private static final String NAMES = "names";

  private LabelCheck() {}

  /**
   * The names in the order of the network's outputs.
   *
   * @param sets by what messages call them, the training data among them
   */
  static List<String> names(Map<String, SetSummary> sets, PartitionRequest request) {
    SetSummary train = sets.get("train");
    if (request.labels() == LabelKind.CLASS) {
      List<String> classes = SetCheck.classes(train, request.classes());
      sets.forEach((part, set) -> SetCheck.requireKnown(part, set, classes));
      return classes;
    }
    Set<String> forms = new TreeSet<>();
    sets.values().forEach(set -> forms.addAll(set.labels().keySet()));
    if (forms.size() > 1) {
      throw new InvalidDataException(
          "data.label must hold equally many numbers in every row, or names in every row; found "
              + SetCheck.shown(forms));
    }
    String form = forms.iterator().next();
    if (form.equals(NAMES)) {
      return ofNames(sets, request.classes());
    }
    int count = Integer.parseInt(form.substring(0, form.indexOf(' ')));
    return request.labels() == LabelKind.SEVERAL
        ? ofFlags(count, request.classes())
        : ofNumbers(count, request.label());
  }

  private static List<String> ofNames(Map<String, SetSummary> sets, List<String> given) {
    Set<String> found = sets.get("train").names().keySet();
    List<String> names = new ArrayList<>(given.isEmpty() ? found : given);
    requireSeveral(names.size(), found);
    if (given.isEmpty() && names.stream().allMatch(name -> name.matches("[0-9]{1,18}"))) {
      names.sort(Comparator.comparing(Long::valueOf));
    }
    Set<String> missing = new TreeSet<>(names);
    missing.removeAll(found);
    if (!missing.isEmpty()) {
      throw new InvalidDataException(
          "data.classes has labels that hold for no training example: %s; leave them out"
              .formatted(SetCheck.shown(missing)));
    }
    sets.forEach(
        (part, set) -> {
          Set<String> unknown = new TreeSet<>(set.names().keySet());
          names.forEach(unknown::remove);
          if (!unknown.isEmpty()) {
            throw new InvalidDataException(
                "data.%s has labels that none of data.train has, or that data.classes leaves out: %s"
                    .formatted(part, SetCheck.shown(unknown)));
          }
        });
    return List.copyOf(names);
  }

  private static void requireSeveral(int count, Set<String> found) {
    if (count < 2) {
      throw new InvalidDataException(
          "data.task = multi-label needs two labels or more, found %s %s; see to data.label, or set data.task = classification"
              .formatted(count, found));
    }
  }

  private static List<String> ofFlags(int count, List<String> given) {
    requireSeveral(count, Set.of());
    if (!given.isEmpty() && given.size() != count) {
      throw new InvalidDataException(
          "data.classes must name each of the %s labels of data.label, found %s"
              .formatted(count, given.size()));
    }
    return given.isEmpty() ? IntStream.range(0, count).mapToObj(Integer::toString).toList() : given;
  }

  private static List<String> ofNumbers(int count, String label) {
    return count == 1
        ? List.of(label)
        : IntStream.range(0, count).mapToObj(i -> label + "[" + i + "]").toList();
  }
}
