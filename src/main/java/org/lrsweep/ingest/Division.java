package org.lrsweep.ingest;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.lrsweep.ingest.read.LabelKind;
import org.lrsweep.ingest.read.ValueType;

/** Divides sets of examples into training, validation and test part. Used by one thread. */
final class Division {
  private final String id;
  private final Map<Part, KeyedExamples> sets;
  private final int[] shape;
  private final LabelKind labels;
  private final List<String> classes;
  private final Storage storage;
  private final Notices notices;
  private final Map<Part, SetPart> parts = new EnumMap<>(Part.class);
  private final Map<Part, Map<String, Long>> counts = new EnumMap<>(Part.class);

  /**
   * @param id of the data, under which executors keep shares
   * @param sets what was read; parts that are taken of another's set are added
   * @param shape of an example
   * @param classes names of classes, labels or numbers
   * @param notices takes what is found
   */
  Division(
      String id,
      Map<Part, KeyedExamples> sets,
      int[] shape,
      LabelKind labels,
      List<String> classes,
      Storage storage,
      Notices notices) {
    this.id = id;
    this.sets = sets;
    this.shape = shape;
    this.labels = labels;
    this.classes = classes;
    this.storage = storage;
    this.notices = notices;
  }

  /**
   * Divides the training data, of which other parts may be taken.
   *
   * @return what numbers are standardized by; empty if they are not to be
   */
  Optional<Moments> divide(PartitionRequest request) {
    Split split = split(request);
    boolean standardizes = request.scaling() == Scaling.Kind.STANDARDIZE;
    Layout layout = layout(Part.TRAIN);
    Optional<Layout> standardized = standardizes ? Optional.of(layout) : Optional.empty();
    KeyedExamples set = sets.get(Part.TRAIN);
    if (!split.divides() && !standardizes) {
      parts.put(Part.TRAIN, whole(Part.TRAIN));
      return Optional.empty();
    }
    List<BucketParts> buckets = new ArrayList<>(set.parts(split, standardized));
    for (Part part : Part.values()) {
      long[] starts = new long[ExampleKey.BUCKETS + 1];
      Map<String, Long> found = new TreeMap<>();
      for (BucketParts bucket : buckets) {
        starts[bucket.bucket() + 1] = bucket.count(part);
        bucket
            .counts()
            .getOrDefault(part, Map.of())
            .forEach((label, count) -> found.merge(label, count, Long::sum));
      }
      if (!found.isEmpty()) {
        counts.put(part, found);
        parts.put(part, part(part, split, layout, starts));
        sets.putIfAbsent(part, set);
      }
    }
    notices.addShared(buckets.stream().mapToLong(bucket -> bucket.shared().count()).sum());
    if (!standardizes) {
      return Optional.empty();
    }
    Moments all = BucketParts.moments(layout);
    buckets.forEach(bucket -> all.add(bucket.moments()));
    return Optional.of(all);
  }

  private Split split(PartitionRequest request) {
    SetSummary train = sets.get(Part.TRAIN).summary();
    double validation = request.validationFraction();
    double test = request.testFraction();
    if (request.validationMarked()) {
      return Split.marked(train, test, request.seed());
    }
    if (validation + test == 0) {
      return Split.whole(Part.TRAIN);
    }
    if (request.group().isEmpty() && labels == LabelKind.SEVERAL) {
      boolean few = train.sets().size() <= LabelSets.MOST;
      notices.addLabelSets(train.sets().size());
      return few
          ? Split.ofLabelSets(train, validation, test, request.seed())
          : Split.stratified(train, validation, test, request.seed());
    }
    if (request.group().isEmpty()) {
      return Split.stratified(train, validation, test, request.seed());
    }
    Groups groups = Groups.of(sets.get(Part.TRAIN), request.group());
    GroupDraw draw = new GroupDraw(groups.groups(), validation, test, request.seed());
    notices.addGroups(request.group(), groups, draw);
    return Split.grouped(groups, draw);
  }

  /** Adds parts that are sets of their own. */
  void addOtherSets() {
    for (Part part : List.of(Part.VALIDATION, Part.TEST)) {
      if (sets.containsKey(part) && !parts.containsKey(part)) {
        parts.put(part, whole(part));
        notices.addCommon(part, sets.get(Part.TRAIN).common(sets.get(part)));
      }
    }
  }

  private SetPart whole(Part part) {
    SetSummary summary = sets.get(part).summary();
    long[] starts = new long[ExampleKey.BUCKETS + 1];
    for (BucketSummary bucket : summary.buckets()) {
      starts[bucket.bucket() + 1] =
          bucket.labels().values().stream().mapToLong(LabelCount::examples).sum();
    }
    Map<String, Long> found = new TreeMap<>();
    summary.labels().forEach((label, count) -> found.put(label, count.examples()));
    counts.put(part, found);
    return part(part, Split.whole(part), layout(part), starts);
  }

  private SetPart part(Part part, Split split, Layout layout, long[] counted) {
    long[] starts = counted.clone();
    for (int i = 1; i < starts.length; i++) {
      starts[i] += starts[i - 1];
    }
    return new SetPart(id, part, split, layout, storage, starts);
  }

  private Layout layout(Part part) {
    ValueType type = sets.get(part).summary().bytes() ? ValueType.BYTE : ValueType.FLOAT;
    return new Layout(shape, type, labels, classes);
  }

  /** The parts, as far as they are divided. */
  Map<Part, SetPart> parts() {
    return parts;
  }

  /** How many examples of each part have each label. */
  Map<Part, Map<String, Long>> counts() {
    return counts;
  }
}
