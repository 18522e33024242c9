package org.lrsweep.ingest;

import java.io.Serializable;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.function.ToLongFunction;
import org.lrsweep.data.SplitMix64;
import org.lrsweep.ingest.read.Targets;

/**
 * Which part each example of a set belongs to. Fractions are of each label's examples, and the same
 * features are never in two parts: examples that are equal in them stay together, counted once.
 * Which ones are drawn follows from their content and the seed.
 *
 * <p>Where an example has several labels, the fractions are of each of them, as {@link LabelSets}
 * divides them, and of a set of labels' groups is taken what follows for a label's.
 *
 * <p>Of a label's groups, in the canonical order, which is random itself, a part takes as many as
 * its fraction says one after the other, from a drawn one on.
 */
final class Split implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Sets these draws apart from others of the same seed. */
  private static final long SPLIT = 0x74696c7073524c53L;

  /** Sets the draws between equal parts apart from those of labels, which are numbered. */
  private static final int TIES = -1;

  private final Part rest;
  private final boolean marked;
  private final boolean bySets;
  private final Map<String, Draw> draws;
  private final GroupParts groups;

  private Split(
      Part rest, boolean marked, boolean bySets, Map<String, Draw> draws, GroupParts groups) {
    this.rest = rest;
    this.marked = marked;
    this.bySets = bySets;
    this.draws = draws;
    this.groups = groups;
  }

  /** All is for one thing. */
  static Split whole(Part part) {
    return new Split(part, false, false, new HashMap<>(), null);
  }

  /** What is marked is the validation part. */
  static Split marked(SetSummary set, double test, long seed) {
    return new Split(Part.TRAIN, true, false, draws(set, 0, test, seed), null);
  }

  /**
   * Fractions of each label, at least one example of each that has enough.
   *
   * @param validation {@code 0 <= validation}
   * @param test {@code 0 <= test}, {@code validation + test < 1}
   */
  static Split stratified(SetSummary set, double validation, double test, long seed) {
    return new Split(Part.TRAIN, false, false, draws(set, validation, test, seed), null);
  }

  /**
   * Fractions of each of several labels.
   *
   * @param validation {@code 0 <= validation}
   * @param test {@code 0 <= test}, {@code validation + test < 1}
   */
  static Split ofLabelSets(SetSummary set, double validation, double test, long seed) {
    double[] fractions = {1 - validation - test, validation, test};
    SortedMap<String, Long> sets = set.sets();
    Map<String, Draw> draws = new HashMap<>();
    int number = 0;
    for (Map.Entry<String, long[]> taken :
        LabelSets.taken(sets, fractions, SplitMix64.keyed(seed, SPLIT, TIES)).entrySet()) {
      String labels = taken.getKey();
      long groups = sets.get(labels);
      draws.put(
          labels,
          new Draw(
              groups,
              (long) (SplitMix64.keyed(seed, SPLIT, number++).nextDouble() * groups),
              taken.getValue()[1],
              taken.getValue()[2],
              starts(set, bucket -> bucket.sets().getOrDefault(labels, 0L))));
    }
    return new Split(Part.TRAIN, false, true, draws, null);
  }

  /** Whole groups. */
  static Split grouped(Groups groups, GroupDraw draw) {
    return new Split(Part.TRAIN, false, false, new HashMap<>(), GroupParts.of(groups, draw));
  }

  private static Map<String, Draw> draws(
      SetSummary set, double validation, double test, long seed) {
    Map<String, Draw> draws = new HashMap<>();
    int number = 0;
    for (Map.Entry<String, LabelCount> label : set.labels().entrySet()) {
      long groups = label.getValue().groups();
      long left = groups - taken(validation, groups, 2);
      draws.put(
          label.getKey(),
          new Draw(
              groups,
              (long) (SplitMix64.keyed(seed, SPLIT, number++).nextDouble() * groups),
              taken(validation, groups, 2),
              Math.min(Math.max(0, left - 1), taken(test, groups, validation > 0 ? 3 : 2)),
              starts(set, bucket -> groups(bucket, label.getKey()))));
    }
    return draws;
  }

  private static long taken(double fraction, long groups, int enough) {
    long share = Math.round(fraction * groups);
    return fraction > 0 && groups >= enough ? Math.min(groups - 1, Math.max(1, share)) : 0;
  }

  private static long groups(BucketSummary bucket, String label) {
    return bucket.labels().getOrDefault(label, LabelCount.NONE).groups();
  }

  private static long[] starts(SetSummary set, ToLongFunction<BucketSummary> groups) {
    long[] counts = new long[ExampleKey.BUCKETS];
    set.buckets().forEach(bucket -> counts[bucket.bucket()] = groups.applyAsLong(bucket));
    long[] starts = new long[ExampleKey.BUCKETS];
    for (int i = 1; i < starts.length; i++) {
      starts[i] = starts[i - 1] + counts[i - 1];
    }
    return starts;
  }

  /** Whether anything must be looked at to know an example's part. */
  boolean divides() {
    return marked || !draws.isEmpty() || groups != null;
  }

  /** The parts of a set's examples, which must be asked for in their order. */
  Parts parts() {
    return new Parts();
  }

  /** Goes through a set's buckets, each from its start. */
  final class Parts {
    private final Map<String, Long> ranks = new HashMap<>();
    private int bucket = -1;
    private ExampleKey last;
    private Part part;

    private Parts() {}

    Part of(ExampleKey key, StoredExample example) {
      if (bucket != key.bucket()) {
        bucket = key.bucket();
        last = null;
        ranks.clear();
      }
      if (marked && example.marked()) {
        return Part.VALIDATION;
      }
      if (groups != null) {
        return groups.part(example.group());
      }
      if (!key.hasFeaturesOf(last)) {
        part = draws.isEmpty() ? rest : drawn(bySets ? key.label() : Targets.stratum(key.label()));
        last = key;
      }
      return part;
    }

    private Part drawn(String label) {
      Draw draw = draws.get(label);
      long rank = draw.starts()[bucket] + ranks.merge(label, 1L, Long::sum) - 1;
      return draw.part(rank);
    }
  }

  /**
   * Where the values of a column of groups belong: those that aren't trained on, sorted.
   *
   * @param validation of the validation part
   * @param test of the test part
   */
  @SuppressWarnings("ArrayRecordComponent") // of this class alone
  private record GroupParts(long[] validation, long[] test) implements Serializable {

    static GroupParts of(Groups groups, GroupDraw draw) {
      return new GroupParts(
          groups.valuesOf(draw.of(Part.VALIDATION)), groups.valuesOf(draw.of(Part.TEST)));
    }

    Part part(long group) {
      if (Arrays.binarySearch(validation, group) >= 0) {
        return Part.VALIDATION;
      }
      return Arrays.binarySearch(test, group) >= 0 ? Part.TEST : Part.TRAIN;
    }
  }

  /**
   * What was drawn of a label.
   *
   * @param groups how many there are
   * @param from the first that was drawn
   * @param validation how many the validation part takes
   * @param test how many the test part takes after these
   * @param starts the rank of each bucket's first group
   */
  @SuppressWarnings("ArrayRecordComponent") // of this class alone
  private record Draw(long groups, long from, long validation, long test, long[] starts)
      implements Serializable {

    Part part(long rank) {
      long place = Math.floorMod(rank - from, groups);
      if (place < validation) {
        return Part.VALIDATION;
      }
      return place < validation + test ? Part.TEST : Part.TRAIN;
    }
  }
}
