package org.lrsweep.ingest;

import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.JavaPairRDD;
import scala.Tuple2;

/**
 * One part of a set, which workers share: each has examples that come one after the other in the
 * canonical order, which is random itself.
 *
 * @param set its name on the executors
 * @param part which part
 * @param split what belongs to it
 * @param layout how its examples are kept
 * @param storage where
 * @param starts how many of its examples come before each bucket; one element more has all
 */
@SuppressWarnings("ArrayRecordComponent") // never written to once built
record SetPart(String set, Part part, Split split, Layout layout, Storage storage, long[] starts)
    implements Serializable {

  int size() {
    return Math.toIntExact(starts[starts.length - 1]);
  }

  /** The rank of a worker's first example; of the worker after the last, the number of all. */
  int first(int worker, int workers) {
    return (int) ((long) size() * worker / workers);
  }

  /** The bucket that an example of this rank is in. */
  int bucketOf(int rank) {
    int bucket = 0;
    while (starts[bucket + 1] <= rank) {
      bucket++;
    }
    return bucket;
  }

  /**
   * A worker's share, as this JVM has it or makes it.
   *
   * @param buckets gives a bucket's examples in their order
   */
  Share share(int worker, int workers, Buckets buckets) throws IOException {
    return ShareStore.get(
        set, part + "-" + worker + "-" + workers, () -> make(worker, workers, buckets));
  }

  /** Reads a bucket. */
  interface Buckets {
    Iterator<Tuple2<ExampleKey, StoredExample>> read(int bucket);
  }

  private Share make(int worker, int workers, Buckets buckets) throws IOException {
    int from = first(worker, workers);
    int to = first(worker + 1, workers);
    byte[] record = new byte[layout.recordBytes()];
    try (ShareWriter writer = storage.writer(record.length, to - from, workers)) {
      for (int bucket = bucketOf(from); from < to && bucket <= bucketOf(to - 1); bucket++) {
        long rank = starts[bucket];
        Split.Parts parts = split.parts();
        Iterator<Tuple2<ExampleKey, StoredExample>> examples = buckets.read(bucket);
        while (examples.hasNext()) {
          Tuple2<ExampleKey, StoredExample> example = examples.next();
          if (example._2().isUsable() && parts.of(example._1(), example._2()) == part) {
            if (rank >= from && rank < to) {
              layout.write(example._1(), example._2(), record);
              writer.write(record);
            }
            rank++;
          }
        }
      }
      return writer.finish();
    }
  }

  /** The first records. */
  List<byte[]> first(JavaPairRDD<ExampleKey, StoredExample> buckets, int count) {
    return buckets.mapPartitions(examples -> first(examples, count)).take(count);
  }

  private Iterator<byte[]> first(Iterator<Tuple2<ExampleKey, StoredExample>> bucket, int count) {
    List<byte[]> records = new ArrayList<>();
    Split.Parts parts = split.parts();
    while (bucket.hasNext() && records.size() < count) {
      Tuple2<ExampleKey, StoredExample> example = bucket.next();
      if (example._2().isUsable() && parts.of(example._1(), example._2()) == part) {
        byte[] record = new byte[layout.recordBytes()];
        layout.write(example._1(), example._2(), record);
        records.add(record);
      }
    }
    return records.iterator();
  }

  /** An RDD of the workers' shares, each to be trained on or classified. */
  SharesRdd shares(JavaPairRDD<ExampleKey, StoredExample> buckets, int workers, ShareUse use) {
    return new SharesRdd(buckets, this, workers, use);
  }
}
