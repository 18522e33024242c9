package org.lrsweep.acceleration.onednn;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * The kernels of a layer for each input shape and number of threads, made at first use. Shapes that
 * were not used for long are dropped, so the memory is bounded whatever the batches.
 */
public final class Plans<K, P> {

  private static final int KEPT = 8;

  private final Map<K, P> plans =
      new LinkedHashMap<>(2 * KEPT, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<K, P> eldest) {
          return size() > KEPT;
        }
      };

  public P get(K key, Function<K, P> maker) {
    P plan = plans.get(key);
    if (plan == null) {
      plan = maker.apply(key);
      plans.put(key, plan);
    }
    return plan;
  }
}
