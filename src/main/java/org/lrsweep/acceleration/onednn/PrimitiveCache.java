package org.lrsweep.acceleration.onednn;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * A layer's primitives for each input shape and number of threads, made at first use. Shapes that
 * were not used for long are dropped, so the memory is bounded whatever the batches.
 */
public final class PrimitiveCache<K, P> {

  private static final int KEPT = 8;

  private final Map<K, P> primitives =
      new LinkedHashMap<>(2 * KEPT, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<K, P> eldest) {
          return size() > KEPT;
        }
      };

  public P get(K key, Function<K, P> maker) {
    P primitive = primitives.get(key);
    if (primitive == null) {
      primitive = maker.apply(key);
      primitives.put(key, primitive);
    }
    return primitive;
  }
}
