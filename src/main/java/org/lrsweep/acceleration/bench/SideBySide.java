package org.lrsweep.acceleration.bench;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.lrsweep.acceleration.Acceleration;
import org.lrsweep.model.NetworkType;
import org.nd4j.linalg.dataset.DataSet;

/**
 * Times training steps of accelerated networks side by side in one JVM, as the tasks of an executor
 * are, next to one alone.
 */
public final class SideBySide {

  private static final int TURNS = 7;

  private final int workers;
  private final int threads;
  private final int steps;
  private final WarmUp warmUp;

  /**
   * @param workers how many train at once, at least 2
   * @param threads threads of each, at least 1
   * @param steps batches of each worker in a turn, at least 1; there are seven turns of one worker
   *     and seven of all, in alternation
   * @param warmUp how long each worker trains before any turn, {@code >= 0}; two batches at least
   * @throws IllegalArgumentException if a number is below its range
   */
  public SideBySide(int workers, int threads, int steps, Duration warmUp) {
    this.workers = require(workers, 2, "workers side by side");
    this.threads = require(threads, 1, "threads");
    this.steps = require(steps, 1, "steps");
    this.warmUp = new WarmUp(warmUp);
  }

  private static int require(int number, int least, String name) {
    if (number < least) {
      throw new IllegalArgumentException(name + " must be >= " + least + ", found " + number);
    }
    return number;
  }

  /** Trains a network of each worker's own; a turn lasts until the slowest has done its steps. */
  public SideBySideResult measure(NetworkType model, int batch) {
    DataSet data = Bench.data(batch);
    List<Worker> all = Stream.generate(Worker::new).limit(workers).toList();
    try {
      for (Worker worker : all) {
        worker.prepare(model, data).get();
      }
      double[] alone = new double[TURNS];
      double[] together = new double[TURNS];
      for (int turn = 0; turn < TURNS; turn++) {
        alone[turn] = turn(all.subList(turn % workers, turn % workers + 1));
        together[turn] = turn(all);
      }
      return new SideBySideResult(
          model, batch, workers, threads, Bench.median(alone), Bench.median(together));
    } catch (ExecutionException e) {
      throw new IllegalStateException("A worker failed", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while workers trained", e);
    } finally {
      all.forEach(Worker::stop);
    }
  }

  /** Milliseconds in which each of these trains one batch. */
  private double turn(List<Worker> some) throws ExecutionException, InterruptedException {
    long start = System.nanoTime();
    List<Future<?>> running = some.stream().<Future<?>>map(Worker::train).toList();
    for (Future<?> worker : running) {
      worker.get();
    }
    return (System.nanoTime() - start) / 1e6 / steps;
  }

  /** A thread, which its native threads belong to, and the network it trains. */
  private final class Worker {
    private final ExecutorService thread = Executors.newSingleThreadExecutor();
    private ComputationGraph network;
    private DataSet data;

    Future<?> prepare(NetworkType model, DataSet batch) {
      return thread.submit(
          () -> {
            Acceleration.useThreads(threads);
            network = Bench.network(model);
            Acceleration.accelerate(network);
            data = batch;
            warmUp.run(() -> network.fit(data));
          });
    }

    Future<?> train() {
      return thread.submit(() -> IntStream.range(0, steps).forEach(step -> network.fit(data)));
    }

    void stop() {
      thread.shutdownNow();
    }
  }
}
