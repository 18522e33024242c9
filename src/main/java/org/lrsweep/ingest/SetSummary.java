package org.lrsweep.ingest;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.lrsweep.ingest.read.BadRow;
import org.lrsweep.storage.Sha256;

/**
 * What is in a set, bucket by bucket: all that the driver learns of it.
 *
 * @param buckets in the keys' order; empty buckets are left out
 */
record SetSummary(List<BucketSummary> buckets) {

  SetSummary {
    List<BucketSummary> sorted = new ArrayList<>(buckets);
    sorted.sort(Comparator.comparingInt(BucketSummary::bucket));
    buckets = List.copyOf(sorted);
  }

  SortedMap<String, LabelCount> labels() {
    SortedMap<String, LabelCount> all = new TreeMap<>();
    buckets.forEach(
        bucket ->
            bucket.labels().forEach((label, count) -> all.merge(label, count, LabelCount::plus)));
    return all;
  }

  /** For how many examples each of several labels holds. */
  SortedMap<String, Long> names() {
    SortedMap<String, Long> all = new TreeMap<>();
    buckets.forEach(
        bucket -> bucket.names().forEach((name, count) -> all.merge(name, count, Long::sum)));
    return all;
  }

  /** How many groups of equal features have each set of several labels. */
  SortedMap<String, Long> sets() {
    SortedMap<String, Long> all = new TreeMap<>();
    buckets.forEach(
        bucket -> bucket.sets().forEach((set, count) -> all.merge(set, count, Long::sum)));
    return all;
  }

  SortedMap<String, Long> shapes() {
    SortedMap<String, Long> all = new TreeMap<>();
    buckets.forEach(
        bucket -> bucket.shapes().forEach((shape, count) -> all.merge(shape, count, Long::sum)));
    return all;
  }

  long examples() {
    return labels().values().stream().mapToLong(LabelCount::examples).sum();
  }

  /** Examples whose features another one has too, beyond the first. */
  long duplicates() {
    return examples() - labels().values().stream().mapToLong(LabelCount::groups).sum();
  }

  boolean bytes() {
    return buckets.stream().allMatch(BucketSummary::bytes);
  }

  double min() {
    return buckets.stream().mapToDouble(BucketSummary::min).min().orElse(Double.NaN);
  }

  double max() {
    return buckets.stream().mapToDouble(BucketSummary::max).max().orElse(Double.NaN);
  }

  long unlike() {
    return buckets.stream().mapToLong(BucketSummary::unlike).sum();
  }

  long unusable() {
    return unusableRows().values().stream().mapToLong(Long::longValue).sum();
  }

  /** How many rows can't be used, by why. */
  SortedMap<BadRow, Long> unusableRows() {
    SortedMap<BadRow, Long> all = new TreeMap<>();
    buckets.forEach(
        bucket -> bucket.unusable().forEach((kind, count) -> all.merge(kind, count, Long::sum)));
    return all;
  }

  /** Of the first unusable rows, sorted by their files' names. */
  List<String> problems() {
    return buckets.stream().flatMap(bucket -> bucket.problems().stream()).sorted().toList();
  }

  /** Of all features and labels, whatever order and format they were read in. */
  String sha256() {
    MessageDigest digest = Sha256.digest();
    buckets.forEach(bucket -> digest.update(bucket.sha256().getBytes(StandardCharsets.US_ASCII)));
    return Sha256.hex(digest);
  }
}
