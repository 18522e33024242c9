package org.lrsweep.acceleration;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.lrsweep.acceleration.layers.Accelerated;
import org.lrsweep.acceleration.nd4j.ShapeCache;
import org.lrsweep.acceleration.onednn.OneDnn;
import org.lrsweep.acceleration.onednn.Precision;
import org.lrsweep.acceleration.onednn.Threads;
import org.lrsweep.acceleration.rewrite.GraphAcceleration;
import org.lrsweep.acceleration.rewrite.SequenceAcceleration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The replacement of a network's layers by ones that run on oneDNN.
 *
 * <p>The network's configuration and parameters stay as they are: it trains, predicts and is saved
 * as before, and a saved model loads in stock Deeplearning4j. A network that is cloned or loaded
 * again is stock and must be accelerated again. Layers that are to be frozen must be frozen before;
 * they stay stock, as does what oneDNN has no version of here. The log says so, once for networks
 * that have the same such layers.
 *
 * <p>A graph is also given an updater that makes its views once, with the state that the present
 * one has. The first call of {@code accelerate} also changes ND4J on the CPU for the whole process:
 * from then on it describes each shape once. Nothing else here does, so a process that accelerates
 * nothing has the stock ND4J.
 *
 * <p>In a graph, a batch norm that only a ReLU reads puts out what the ReLU would. Between
 * accelerated layers activations may lie in blocks of 16 channels, as arrays of five axes; a stock
 * layer, the caller of {@code feedForward} and {@code output}, and a listener with an {@code
 * onForwardPass} of its own get them with four. Those that a listener sees are overwritten by the
 * next pass; a caller's are its own.
 *
 * <p>As with the network itself, one thread at a time may use an accelerated network; several
 * networks may run side by side.
 */
public final class Acceleration {

  private static final Logger LOG = LoggerFactory.getLogger(Acceleration.class);

  /** What the log has been told. */
  private static final Set<String> SAID = ConcurrentHashMap.newKeySet();

  private Acceleration() {}

  /**
   * Puts oneDNN versions in the places of a graph's layers.
   *
   * @param network an initialised graph
   * @return what runs on oneDNN now and what stays stock
   * @throws IllegalArgumentException if the graph is not initialised, or accelerated already
   */
  public static AccelerationReport accelerate(ComputationGraph network) {
    return accelerate(network, Precision.FLOAT);
  }

  /**
   * The same, with activations and their gradients in the given precision between accelerated
   * layers over images. The first layer of images of few channels, dense layers, the output and the
   * loss stay in single precision, as do parameters, their gradients and batch norm's statistics.
   *
   * @param precision {@link Precision#BFLOAT16} halves the memory traffic, and where {@linkplain
   *     Precision#isNative the CPU multiplies so} it speeds up convolutions
   * @throws IllegalArgumentException also if the CPU has {@linkplain Precision#isSupported no
   *     kernels} of this precision
   */
  public static AccelerationReport accelerate(ComputationGraph network, Precision precision) {
    requireInitialised(network.getLayers());
    return accelerate(
        network.getLayers(), precision, () -> new GraphAcceleration(network, precision).run());
  }

  /**
   * The same for a sequence of layers.
   *
   * @param network an initialised network
   * @return what runs on oneDNN now and what stays stock
   * @throws IllegalArgumentException if the network is not initialised, or accelerated already
   */
  public static AccelerationReport accelerate(MultiLayerNetwork network) {
    return accelerate(network, Precision.FLOAT);
  }

  /**
   * The same for a sequence of layers, in the given precision.
   *
   * @throws IllegalArgumentException also if the CPU has no kernels of this precision
   */
  public static AccelerationReport accelerate(MultiLayerNetwork network, Precision precision) {
    requireInitialised(network.getLayers());
    return accelerate(
        network.getLayers(), precision, () -> new SequenceAcceleration(network, precision).run());
  }

  /** Whether this platform has oneDNN; without it every network stays stock. */
  public static boolean isAvailable() {
    return OneDnn.isAvailable();
  }

  /**
   * Sets how many threads the calling thread's networks run on, from now on. Without this it is
   * {@code OMP_NUM_THREADS}, else the number of cores. Results are the same from run to run for one
   * number, but differ in the last bits from number to number.
   *
   * <p>OpenBLAS, which stock layers use, has one number for the process: the last one set.
   *
   * @param number at least 1
   * @throws IllegalArgumentException if the number is below 1
   */
  public static void useThreads(int number) {
    Threads.use(number);
  }

  /** How many threads the calling thread's networks run on. */
  public static int threads() {
    return Threads.inForce();
  }

  private static AccelerationReport accelerate(
      Layer[] layers, Precision precision, Supplier<AccelerationReport> replacement) {
    ShapeCache.install();
    if (!OneDnn.isAvailable()) {
      return new AccelerationReport(List.of(), unavailable(layers));
    }
    if (Arrays.stream(layers).anyMatch(Accelerated.class::isInstance)) {
      throw new IllegalArgumentException("the network is accelerated already");
    }
    precision.requireSupported();
    AccelerationReport report = replacement.get();
    // Each replica of a network is accelerated, and one line says it for all of them.
    if (!report.isComplete() && SAID.add(report.summary())) {
      LOG.info("{}", report.summary());
    }
    return report;
  }

  private static List<AccelerationReport.Stock> unavailable(Layer[] layers) {
    return Arrays.stream(layers)
        .map(
            layer ->
                new AccelerationReport.Stock(
                    String.valueOf(layer.conf().getLayer().getLayerName()),
                    layer.getClass().getSimpleName(),
                    "no oneDNN on this platform"))
        .toList();
  }

  private static void requireInitialised(Layer[] layers) {
    if (layers == null) {
      throw new IllegalArgumentException(
          "the network must be initialised before it is accelerated: call init() first");
    }
  }
}
