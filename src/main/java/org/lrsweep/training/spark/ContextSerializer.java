package org.lrsweep.training.spark;

import org.apache.spark.SparkConf;

/**
 * What a context's serializer must be able to write. Kryo can't write records; LRSweep's classes
 * that travel tell it to write them as Java does, which works unless each class has to be
 * registered when the context starts.
 */
public final class ContextSerializer {
  private ContextSerializer() {}

  /**
   * Refuses a context whose Kryo takes registered classes alone.
   *
   * @throws IllegalArgumentException if so
   */
  public static void require(SparkConf conf) {
    boolean isKryo = conf.get("spark.serializer", "").endsWith("KryoSerializer");
    if (isKryo && conf.getBoolean("spark.kryo.registrationRequired", false)) {
      throw new IllegalArgumentException(
          "spark.kryo.registrationRequired must be false, since Kryo knows no class of LRSweep,"
              + " found true; start the context with false, or without spark.serializer");
    }
  }
}
