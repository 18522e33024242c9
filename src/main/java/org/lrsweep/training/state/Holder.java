package org.lrsweep.training.state;

import java.io.Serializable;
import org.apache.spark.SparkEnv;
import org.apache.spark.storage.BlockManagerId;

/**
 * The JVM that holds a block: an executor's, or the driver's.
 *
 * @param manager its block manager
 */
public record Holder(BlockManagerId manager) implements Serializable {

  /** This JVM. */
  static Holder ofThisJvm() {
    return new Holder(SparkEnv.get().blockManager().blockManagerId());
  }

  /** Whether it is the driver's. */
  public boolean isDriver() {
    return manager.isDriver();
  }

  /** The executor and its address. */
  @Override
  public String toString() {
    return manager.toString();
  }
}
