package org.lrsweep.acceleration.nd4j;

import java.lang.reflect.Field;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataBuffer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.shape.LongShapeDescriptor;
import org.nd4j.linalg.api.shape.options.ArrayOptionsHelper;
import org.nd4j.linalg.cpu.nativecpu.DirectShapeInfoProvider;
import org.nd4j.linalg.factory.Nd4j;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * ND4J's descriptions of shapes, each made once. ND4J 1.0.0-M2.1 has such a cache, but arrays are
 * created through a method that goes past it: every array and every view of one gets a description
 * in native memory of its own, which threads of ND4J's and JavaCPP's must free later.
 *
 * <p>Thread-safe.
 */
public final class ShapeCache extends DirectShapeInfoProvider {

  private static final Logger LOG = LoggerFactory.getLogger(ShapeCache.class);

  /** As many as the cache that is gone past would take; what comes later is made anew. */
  private static final int MAX_SHAPES = 1000;

  private final Map<LongShapeDescriptor, Pair<DataBuffer, long[]>> known =
      new ConcurrentHashMap<>();

  /** Takes the place of the CPU's provider, in this process, if that is the stock one. */
  public static synchronized void install() {
    if (Nd4j.getShapeInfoProvider().getClass() != DirectShapeInfoProvider.class) {
      return;
    }
    try {
      // There is no setter, and a system property would have to come before ND4J's first use.
      Field provider = Nd4j.class.getDeclaredField("shapeInfoProvider");
      provider.setAccessible(true);
      provider.set(null, new ShapeCache());
    } catch (ReflectiveOperationException | RuntimeException e) {
      LOG.warn("Descriptions of shapes are not kept, so that small networks train slower", e);
    }
  }

  @Override
  public Pair<DataBuffer, long[]> createShapeInformation(
      long[] shape,
      long[] stride,
      long elementWiseStride,
      char order,
      DataType type,
      boolean empty) {
    if (empty) {
      return super.createShapeInformation(shape, stride, elementWiseStride, order, type, true);
    }
    LongShapeDescriptor key =
        new LongShapeDescriptor(
            shape, stride, 0, elementWiseStride, order, ArrayOptionsHelper.setOptionBit(0, type));
    Pair<DataBuffer, long[]> description = known.get(key);
    if (description == null) {
      description =
          super.createShapeInformation(shape, stride, elementWiseStride, order, type, false);
      if (known.size() < MAX_SHAPES) {
        known.putIfAbsent(key, description);
      }
    }
    return description;
  }
}
