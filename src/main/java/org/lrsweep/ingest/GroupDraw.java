package org.lrsweep.ingest;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.lrsweep.data.SplitMix64;

/**
 * Draws whole groups for each part. In an order drawn from the seed, the validation part takes each
 * group that brings it nearer to its fraction of the group's labels, by the sum over labels of
 * (share of the label - fraction)^2; then the test part does of what is left. No group is taken
 * that has all that is left of a label. So large and small groups are drawn alike, a group that is
 * large beside a fraction is trained on, and fractions are met as far as groups allow.
 */
final class GroupDraw {
  /** Sets these draws apart from others of the same seed. */
  private static final long GROUPS = 0x7370756f72674c53L;

  private final Map<String, Long> totals = new HashMap<>();
  private final Map<String, Long> left = new HashMap<>();
  private final Map<Part, Set<Long>> drawn = new EnumMap<>(Part.class);

  /**
   * Draws the parts.
   *
   * @param validation its fraction of each label, {@code >= 0}
   * @param test its fraction, {@code >= 0}, {@code validation + test < 1}
   */
  GroupDraw(List<Group> groups, double validation, double test, long seed) {
    for (Group group : groups) {
      group.labels().forEach((label, count) -> totals.merge(label, count, Long::sum));
    }
    left.putAll(totals);
    List<Group> order = new ArrayList<>(groups);
    order.sort(
        Comparator.<Group>comparingLong(
                group -> SplitMix64.keyed(seed, GROUPS, group.number()).nextLong())
            .thenComparingLong(Group::number));
    draw(order, Part.VALIDATION, validation);
    draw(order, Part.TEST, test);
    drawn.put(Part.TRAIN, order.stream().map(Group::number).collect(Collectors.toSet()));
  }

  /** Takes a part's groups out of those that are left. */
  private void draw(List<Group> order, Part part, double fraction) {
    Set<Long> numbers = new HashSet<>();
    drawn.put(part, numbers);
    if (fraction <= 0) {
      return;
    }
    Map<String, Long> taken = new HashMap<>();
    for (Group group : order) {
      if (leavesSome(group) && growth(group, taken, fraction) < 0) {
        take(group, taken, numbers);
      }
    }
    if (numbers.isEmpty()) {
      order.stream()
          .filter(this::leavesSome)
          .min(Comparator.comparingDouble(group -> growth(group, taken, fraction)))
          .ifPresent(group -> take(group, taken, numbers));
    }
    order.removeIf(group -> numbers.contains(group.number()));
  }

  private void take(Group group, Map<String, Long> taken, Set<Long> numbers) {
    numbers.add(group.number());
    group
        .labels()
        .forEach(
            (label, count) -> {
              taken.merge(label, count, Long::sum);
              left.merge(label, -count, Long::sum);
            });
  }

  private boolean leavesSome(Group group) {
    return group.labels().entrySet().stream()
        .allMatch(label -> left.get(label.getKey()) > label.getValue());
  }

  /** What a group would add to a part's distance from its fraction. */
  private double growth(Group group, Map<String, Long> taken, double fraction) {
    double sum = 0;
    for (Map.Entry<String, Long> label : group.labels().entrySet()) {
      double all = totals.get(label.getKey());
      double more = label.getValue() / all;
      double missing = fraction - taken.getOrDefault(label.getKey(), 0L) / all;
      sum += more * (more - 2 * missing);
    }
    return sum;
  }

  /** The numbers of the groups that a part was given. */
  Set<Long> of(Part part) {
    return Set.copyOf(drawn.get(part));
  }
}
