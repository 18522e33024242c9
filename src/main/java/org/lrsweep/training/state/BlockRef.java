package org.lrsweep.training.state;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.storage.BroadcastBlockId;

/**
 * The address of bytes in the {@link BlockStore} of a JVM, in slices that can be read one by one. A
 * small value that travels with a task; the bytes stay.
 *
 * @param holder that JVM
 * @param owner the id of the broadcast variable whose end is their end too
 * @param name names them within the owner: letters, digits and underscores
 * @param bytes how many, a multiple of 4
 * @param slices into how many slices they are divided, {@code >= 1}
 */
public record BlockRef(Holder holder, long owner, String name, int bytes, int slices)
    implements Serializable {

  /** Where a slice begins, in bytes; slice {@code slices} would begin at the end. */
  static int sliceStart(int bytes, int slices, int slice) {
    return Math.toIntExact((long) (bytes / Float.BYTES) * slice / slices * Float.BYTES);
  }

  /** How long a slice is, in bytes. */
  static int sliceLength(int bytes, int slices, int slice) {
    return sliceStart(bytes, slices, slice + 1) - sliceStart(bytes, slices, slice);
  }

  /** One slice, as if it were stored on its own. */
  Slice slice(int slice) {
    return new Slice(
        holder, new BroadcastBlockId(owner, name + "_" + slice), sliceLength(bytes, slices, slice));
  }

  /** All slices, in order. */
  List<Slice> all() {
    List<Slice> all = new ArrayList<>(slices);
    for (int slice = 0; slice < slices; slice++) {
      all.add(slice(slice));
    }
    return all;
  }

  /**
   * Bytes that are read in one go.
   *
   * @param holder the JVM that has them
   * @param id Spark's name of them
   * @param bytes how many
   */
  record Slice(Holder holder, BroadcastBlockId id, int bytes) implements Serializable {}
}
