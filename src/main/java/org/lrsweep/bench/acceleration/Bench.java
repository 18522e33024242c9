package org.lrsweep.bench.acceleration;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.lrsweep.acceleration.Acceleration;
import org.lrsweep.acceleration.onednn.Precision;
import org.lrsweep.network.zoo.ImageShape;
import org.lrsweep.network.zoo.NetworkType;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Nesterovs;

/**
 * Times training steps and inference of a network on random 32x32 images of one channel, on the
 * calling thread's number of threads.
 */
public final class Bench {

  private static final ImageShape IMAGES = new ImageShape(1, 32, 32);
  private static final int CLASSES = 10;

  private final int threads;
  private final int steps;
  private final WarmUp warmUp;
  private final Precision precision;

  /**
   * @param threads threads for the layers, at least 1
   * @param steps batches to time, at least 1
   * @param warmUp how long batches are trained or classified before any is timed, {@code >= 0}; two
   *     at least
   * @param precision of the accelerated layers; stock ones compute in float
   * @throws IllegalArgumentException if a number is out of its range, or the CPU has no kernels of
   *     the precision
   */
  public Bench(int threads, int steps, Duration warmUp, Precision precision) {
    if (steps < 1) {
      throw new IllegalArgumentException("steps must be >= 1, found " + steps);
    }
    this.warmUp = new WarmUp(warmUp);
    this.precision = precision.requireSupported();
    Acceleration.useThreads(threads);
    this.threads = threads;
    this.steps = steps;
  }

  /** Measures training and inference on each engine, and hands each result on at once. */
  public void measure(
      NetworkType model, int batch, List<Engine> engines, Consumer<BenchResult> results) {
    for (Phase phase : Phase.values()) {
      for (Engine engine : engines) {
        results.accept(measure(model, batch, phase, engine));
      }
    }
  }

  /** One measurement, on a network of its own. */
  public BenchResult measure(NetworkType model, int batch, Phase phase, Engine engine) {
    ComputationGraph network = network(model);
    Workload workload = Workload.of(network, 1, 1, IMAGES.height(), IMAGES.width());
    engine.apply(network, precision);
    DataSet data = data(batch);
    double median =
        median(
            phase == Phase.TRAIN
                ? () -> network.fit(data)
                : () -> network.outputSingle(data.getFeatures()));
    return new BenchResult(
        model,
        phase,
        batch,
        threads,
        engine,
        median,
        workload.gflop(phase, batch),
        engine == Engine.STOCK ? Precision.FLOAT : precision);
  }

  private double median(Runnable action) {
    warmUp.run(action);
    double[] milliseconds = new double[steps];
    for (int i = 0; i < steps; i++) {
      long start = System.nanoTime();
      action.run();
      milliseconds[i] = (System.nanoTime() - start) / 1e6;
    }
    return median(milliseconds);
  }

  static double median(double... values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
  }

  static ComputationGraph network(NetworkType model) {
    ComputationGraph network =
        new ComputationGraph(model.configuration(IMAGES, CLASSES, 42, new Nesterovs(1e-3, 0.9)));
    network.init();
    return network;
  }

  static DataSet data(int batch) {
    INDArray labels = Nd4j.zeros(DataType.FLOAT, batch, CLASSES);
    for (int i = 0; i < batch; i++) {
      labels.putScalar(i, i % CLASSES, 1);
    }
    INDArray images = Nd4j.rand(DataType.FLOAT, batch, 1, IMAGES.height(), IMAGES.width());
    return new DataSet(images, labels);
  }
}
