package org.lrsweep.ingest;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.lrsweep.data.InvalidDataException;
import org.lrsweep.ingest.read.Targets;
import scala.Tuple2;

/** The groups of a set, by the values of {@code data.group}. */
final class Groups {
  /** Values that the driver counts: some 100 bytes each. */
  private static final int MOST_VALUES = 1_000_000;

  private final SortedMap<Long, Long> lowest;
  private final List<Group> groups;

  private Groups(SortedMap<Long, Long> lowest, List<Group> groups) {
    this.lowest = lowest;
    this.groups = List.copyOf(groups);
  }

  /**
   * Those of a set.
   *
   * @param column of the groups, for messages
   * @throws InvalidDataException if they are too many
   */
  static Groups of(KeyedExamples set, String column) {
    JavaPairRDD<Tuple2<Long, String>, Long> counts =
        set.inFewTasks()
            .filter(example -> example._2().isUsable())
            .mapToPair(
                example ->
                    new Tuple2<>(
                        new Tuple2<>(example._2().group(), Targets.stratum(example._1().label())),
                        1L))
            .reduceByKey(Long::sum);
    requireFew(counts.keys().map(Tuple2::_1).distinct().count(), column);
    JavaRDD<Tuple2<Long, Long>> equal = set.inFewTasks().mapPartitions(Groups::joined).distinct();
    requireFew(equal.count(), column);
    return of(counts.collectAsMap(), equal.collect());
  }

  private static void requireFew(long values, String column) {
    if (values > MOST_VALUES) {
      throw new InvalidDataException(
          "data.group = "
              + column
              + ": data.train has "
              + values
              + " groups, and at most "
              + MOST_VALUES
              + " are kept apart; name a coarser column, or divide the data yourself by a boolean"
              + " column in data.validation");
    }
  }

  /** Groups that have the same features, each with the one before it. */
  private static Iterator<Tuple2<Long, Long>> joined(
      Iterator<Tuple2<ExampleKey, StoredExample>> sorted) {
    Set<Tuple2<Long, Long>> joined = new HashSet<>();
    ExampleKey last = null;
    long group = 0;
    while (sorted.hasNext()) {
      Tuple2<ExampleKey, StoredExample> example = sorted.next();
      if (!example._2().isUsable()) {
        continue;
      }
      if (example._1().hasFeaturesOf(last) && example._2().group() != group) {
        joined.add(new Tuple2<>(group, example._2().group()));
      }
      last = example._1();
      group = example._2().group();
    }
    return joined.iterator();
  }

  /**
   * Groups with these examples.
   *
   * @param counts of each value's number and label
   * @param equal pairs of values that have features in common
   */
  static Groups of(Map<Tuple2<Long, String>, Long> counts, List<Tuple2<Long, Long>> equal) {
    SortedMap<Long, Long> lowest = new TreeMap<>();
    counts.keySet().forEach(key -> lowest.put(key._1(), key._1()));
    for (Tuple2<Long, Long> pair : equal) {
      long one = lowest(lowest, pair._1());
      long other = lowest(lowest, pair._2());
      lowest.put(Math.max(one, other), Math.min(one, other));
    }
    // Lower values come first, and have been followed to their lowest by then.
    lowest.replaceAll((value, below) -> below.equals(value) ? value : lowest.get(below));
    SortedMap<Long, SortedMap<String, Long>> labels = new TreeMap<>();
    counts.forEach(
        (key, count) ->
            labels
                .computeIfAbsent(lowest.get(key._1()), none -> new TreeMap<>())
                .merge(key._2(), count, Long::sum));
    SortedMap<Long, Integer> values = new TreeMap<>();
    lowest.values().forEach(number -> values.merge(number, 1, Integer::sum));
    List<Group> groups = new ArrayList<>();
    labels.forEach((number, of) -> groups.add(new Group(number, values.get(number), of)));
    return new Groups(lowest, groups);
  }

  /** The lowest value that a value is joined with, as far as that is known. */
  private static long lowest(SortedMap<Long, Long> lowest, long value) {
    long found = value;
    while (lowest.get(found) != found) {
      lowest.put(found, lowest.get(lowest.get(found)));
      found = lowest.get(found);
    }
    return found;
  }

  /** Sorted by their numbers. */
  List<Group> groups() {
    return groups;
  }

  /** Values of the column. */
  int values() {
    return lowest.size();
  }

  /** Values that are joined with others, and the groups that they make. */
  int[] joined() {
    List<Group> large = groups.stream().filter(group -> group.values() > 1).toList();
    return new int[] {large.stream().mapToInt(Group::values).sum(), large.size()};
  }

  /** The values of the groups with these numbers, sorted. */
  long[] valuesOf(Set<Long> numbers) {
    return lowest.entrySet().stream()
        .filter(value -> numbers.contains(value.getValue()))
        .mapToLong(Map.Entry::getKey)
        .toArray();
  }
}
