package org.lrsweep.ingest;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.lrsweep.data.SplitMix64;
import org.lrsweep.ingest.read.Targets;

/**
 * Divides examples that have several labels each, so that each part has its fraction of every
 * label: iterative stratification. Examples of the same labels are alike to it, so it goes by how
 * many there are of each set of labels, which does not depend on where they lie.
 *
 * <p>Not thread-safe.
 *
 * @see <a href="https://doi.org/10.1007/978-3-642-23808-6_10">Sechidis, Tsoumakas and Vlahavas,
 *     2011: On the Stratification of Multi-label Data</a>
 */
final class LabelSets {
  /** More sets of labels than this are too many for each to be kept by itself. */
  static final int MOST = 4096;

  private final double[] wanted;
  private final SortedMap<String, double[]> wantedOfLabel = new TreeMap<>();
  private final SortedMap<String, Long> left = new TreeMap<>();
  private final Map<String, long[]> taken = new TreeMap<>();
  private final SplitMix64 ties;

  private LabelSets(SortedMap<String, Long> sets, double[] fractions, SplitMix64 ties) {
    long all = sets.values().stream().mapToLong(Long::longValue).sum();
    wanted = shares(fractions, all);
    this.ties = ties;
    sets.forEach(
        (set, count) -> {
          taken.put(set, new long[fractions.length]);
          Targets.holding(set).forEach(label -> left.merge(label, count, Long::sum));
        });
    left.forEach((label, count) -> wantedOfLabel.put(label, shares(fractions, count)));
  }

  /** NaN of a part that takes none. */
  private static double[] shares(double[] fractions, long count) {
    return Arrays.stream(fractions)
        .map(fraction -> fraction > 0 ? fraction * count : Double.NaN)
        .toArray();
  }

  /**
   * How many examples of each set of labels a part takes.
   *
   * @param sets how many there are of each
   * @param fractions of the parts, which sum to 1; a part of none takes none
   * @param ties decides between parts that want an example alike
   * @return for each set a number a part
   */
  static Map<String, long[]> taken(
      SortedMap<String, Long> sets, double[] fractions, SplitMix64 ties) {
    LabelSets division = new LabelSets(sets, fractions, ties);
    SortedMap<String, Long> open = new TreeMap<>(sets);
    for (Optional<String> rarest = division.rarest();
        rarest.isPresent();
        rarest = division.rarest()) {
      String label = rarest.get();
      List<String> with =
          open.keySet().stream().filter(set -> Targets.holding(set).contains(label)).toList();
      for (String set : with) {
        division.divide(set, open.remove(set), division.wantedOfLabel.get(label));
      }
    }
    // What is left has no label.
    open.forEach((set, count) -> division.divide(set, count, division.wanted));
    return division.taken;
  }

  /** The label of which the fewest examples are left, but one at least. */
  private Optional<String> rarest() {
    return left.entrySet().stream()
        .filter(label -> label.getValue() > 0)
        .min(Map.Entry.comparingByValue())
        .map(Map.Entry::getKey);
  }

  private void divide(String set, long count, double[] by) {
    List<String> labels = Targets.holding(set);
    for (long i = 0; i < count; i++) {
      int part = neediest(by);
      taken.get(set)[part]++;
      wanted[part]--;
      for (String label : labels) {
        wantedOfLabel.get(label)[part]--;
        left.merge(label, -1L, Long::sum);
      }
    }
  }

  /** The part that lacks the most of a label; of several the one that lacks the most examples. */
  private int neediest(double[] by) {
    int best = -1;
    int equals = 1;
    for (int part = 0; part < by.length; part++) {
      if (Double.isNaN(by[part])) {
        continue;
      }
      int order = best < 0 ? 1 : Double.compare(by[part], by[best]);
      if (order == 0) {
        order = Double.compare(wanted[part], wanted[best]);
      }
      equals = order == 0 ? equals + 1 : order > 0 ? 1 : equals;
      if (order > 0 || (order == 0 && ties.nextDouble() * equals < 1)) {
        best = part;
      }
    }
    return best;
  }
}
