package org.lrsweep.bench.acceleration;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.lrsweep.acceleration.Acceleration;
import org.lrsweep.acceleration.onednn.Precision;
import org.lrsweep.network.zoo.NetworkType;
import org.nd4j.linalg.dataset.DataSet;

/**
 * Times training steps of accelerated networks side by side in one JVM, as the tasks of an executor
 * are, next to one alone. The same turns of a convolution that shares nothing tell what the machine
 * itself gives: its cores may be of different speed, or slower together.
 */
public final class SideBySide {

  private static final int TURNS = 7;
  private static final int PEAK_RUNS = 10;

  private final int workers;
  private final int threads;
  private final int steps;
  private final int turns;
  private final WarmUp warmUp;
  private final Precision precision;

  /**
   * @param workers how many train at once, at least 2
   * @param threads threads of each, at least 1
   * @param steps batches of each worker in a turn, at least 1; there are seven turns of one worker
   *     and seven of all, in alternation
   * @param warmUp how long each worker trains before any turn, {@code >= 0}; two batches at least
   * @param precision of the networks' layers
   * @throws IllegalArgumentException if a number is below its range, or the CPU has no kernels of
   *     the precision
   */
  public SideBySide(int workers, int threads, int steps, Duration warmUp, Precision precision) {
    this(workers, threads, steps, TURNS, warmUp, precision);
  }

  /** With another number of turns, at least 1. */
  SideBySide(int workers, int threads, int steps, int turns, Duration warmUp, Precision precision) {
    this.workers = require(workers, 2, "workers side by side");
    this.threads = require(threads, 1, "threads");
    this.steps = require(steps, 1, "steps");
    this.turns = require(turns, 1, "turns");
    this.warmUp = new WarmUp(warmUp);
    this.precision = precision.requireSupported();
  }

  private static int require(int number, int least, String name) {
    if (number < least) {
      throw new IllegalArgumentException(name + " must be >= " + least + ", found " + number);
    }
    return number;
  }

  /**
   * Trains a network of each worker's own. In a turn of all, a worker that has done its steps goes
   * on, untimed, until the others have too; so each is timed with all of them at work.
   */
  public SideBySideResult measure(NetworkType model, int batch) {
    DataSet data = Bench.data(batch);
    List<Worker> all = Stream.generate(Worker::new).limit(workers).toList();
    try {
      for (Worker worker : all) {
        worker.prepare(model, data).get();
      }
      double[] alone = new double[turns];
      double[] together = new double[turns];
      double[] peakAlone = new double[turns];
      double[] peakTogether = new double[turns];
      for (int turn = 0; turn < turns; turn++) {
        List<Worker> one = all.subList(turn % workers, turn % workers + 1);
        alone[turn] = turn(one, Worker::trainOneBatch, steps);
        together[turn] = turn(all, Worker::trainOneBatch, steps);
        peakAlone[turn] = turn(one, Worker::convolve, PEAK_RUNS);
        peakTogether[turn] = turn(all, Worker::convolve, PEAK_RUNS);
      }
      return new SideBySideResult(
          model,
          batch,
          workers,
          threads,
          Bench.median(alone),
          Bench.median(together),
          workers * Bench.median(peakAlone) / Bench.median(peakTogether),
          precision);
    } catch (ExecutionException e) {
      throw new IllegalStateException("A worker failed", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while workers trained", e);
    } finally {
      all.forEach(Worker::stop);
    }
  }

  /** Milliseconds of an action, as the harmonic mean of the workers' own: so that rates add up. */
  private static double turn(List<Worker> some, Consumer<Worker> action, int times)
      throws ExecutionException, InterruptedException {
    CountDownLatch unfinished = new CountDownLatch(some.size());
    List<Future<Double>> running =
        some.stream().map(worker -> worker.repeat(action, times, unfinished)).toList();
    double perMs = 0;
    for (Future<Double> worker : running) {
      perMs += times / worker.get();
    }
    return some.size() / perMs;
  }

  /** A thread, which its native threads belong to, and the network it trains. */
  private final class Worker {
    private final ExecutorService thread = Executors.newSingleThreadExecutor();
    private ComputationGraph network;
    private DataSet data;
    private ConvolutionPeak peak;

    Future<?> prepare(NetworkType model, DataSet batch) {
      return thread.submit(
          () -> {
            Acceleration.useThreads(threads);
            network = Bench.network(model);
            Acceleration.accelerate(network, precision);
            data = batch;
            peak = new ConvolutionPeak();
            warmUp.run(this::trainOneBatch);
          });
    }

    void trainOneBatch() {
      network.fit(data);
    }

    void convolve() {
      peak.run();
    }

    /** Returns the milliseconds that the timed actions took. */
    Future<Double> repeat(Consumer<Worker> action, int times, CountDownLatch unfinished) {
      return thread.submit(
          () -> {
            long start = System.nanoTime();
            try {
              for (int i = 0; i < times; i++) {
                action.accept(this);
              }
            } finally {
              unfinished.countDown();
            }
            double elapsed = (System.nanoTime() - start) / 1e6;
            while (unfinished.getCount() > 0) {
              action.accept(this);
            }
            return elapsed;
          });
    }

    void stop() {
      thread.shutdownNow();
    }
  }
}
