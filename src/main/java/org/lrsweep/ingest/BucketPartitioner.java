package org.lrsweep.ingest;

import org.apache.spark.Partitioner;

/** Gives each bucket of keys a partition. */
final class BucketPartitioner extends Partitioner {
  private static final long serialVersionUID = 1L;

  @Override
  public int numPartitions() {
    return ExampleKey.BUCKETS;
  }

  @Override
  public int getPartition(Object key) {
    return ((ExampleKey) key).bucket();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof BucketPartitioner;
  }

  @Override
  public int hashCode() {
    return ExampleKey.BUCKETS;
  }
}
