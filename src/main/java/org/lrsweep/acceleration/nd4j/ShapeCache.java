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
 * A cache of ND4J's descriptions of shapes. ND4J 1.0.0-M2.1 has one of its own, but arrays are
 * created through a method that goes past it: every array and every view of one gets a description
 * in native memory of its own, which threads of ND4J's and JavaCPP's must free later.
 *
 * <p>It keeps the shapes used last, in two generations: when the young one is full it becomes the
 * old one, and what is asked for of the old one becomes young again. A hit takes no lock.
 *
 * <p>Thread-safe.
 */
public final class ShapeCache extends DirectShapeInfoProvider {

  private static final Logger LOG = LoggerFactory.getLogger(ShapeCache.class);

  /** As many as the cache that is gone past would take. */
  private static final int SHAPES_OF_A_GENERATION = 1000;

  private final int shapesOfAGeneration;
  private volatile Generations generations = new Generations(newGeneration(), newGeneration());

  private record Generations(
      Map<LongShapeDescriptor, Pair<DataBuffer, long[]>> young,
      Map<LongShapeDescriptor, Pair<DataBuffer, long[]>> old) {}

  /**
   * @param shapesOfAGeneration how many are kept at least, {@code >= 1}; at most twice as many are
   */
  ShapeCache(int shapesOfAGeneration) {
    this.shapesOfAGeneration = shapesOfAGeneration;
  }

  private static Map<LongShapeDescriptor, Pair<DataBuffer, long[]>> newGeneration() {
    return new ConcurrentHashMap<>();
  }

  /** Takes the place of the CPU's provider, in this process, if that is the stock one. */
  public static synchronized void install() {
    if (Nd4j.getShapeInfoProvider().getClass() != DirectShapeInfoProvider.class) {
      return;
    }
    try {
      // There is no setter, and a system property would have to come before ND4J's first use.
      Field provider = Nd4j.class.getDeclaredField("shapeInfoProvider");
      provider.setAccessible(true);
      provider.set(null, new ShapeCache(SHAPES_OF_A_GENERATION));
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
    Generations now = generations;
    Pair<DataBuffer, long[]> description = now.young().get(key);
    if (description != null) {
      return description;
    }
    description = now.old().get(key);
    if (description == null) {
      description =
          super.createShapeInformation(shape, stride, elementWiseStride, order, type, false);
    }
    return keep(key, description);
  }

  private synchronized Pair<DataBuffer, long[]> keep(
      LongShapeDescriptor key, Pair<DataBuffer, long[]> description) {
    if (generations.young().size() >= shapesOfAGeneration) {
      generations = new Generations(newGeneration(), generations.young());
    }
    Pair<DataBuffer, long[]> before = generations.young().putIfAbsent(key, description);
    return before == null ? description : before;
  }
}
