package org.lrsweep.bench.training;

import java.util.Random;
import org.lrsweep.training.examples.Minibatches;
import org.lrsweep.training.examples.WorkerExamples;
import org.nd4j.linalg.dataset.DataSet;

/**
 * A worker's share of one batch, the same in every epoch: what is measured is not how examples are
 * made.
 */
@SuppressWarnings("ArrayRecordComponent") // never written to once built
record RandomBatch(float[] features, float[] labels, long[] shape) implements WorkerExamples {

  static RandomBatch of(BenchNetwork network, int examples, int worker) {
    Random random = new Random(worker);
    float[] features = new float[examples * network.inputs()];
    for (int i = 0; i < features.length; i++) {
      features[i] = random.nextFloat();
    }
    float[] labels = new float[examples * BenchNetwork.CLASSES];
    for (int i = 0; i < examples; i++) {
      labels[i * BenchNetwork.CLASSES + random.nextInt(BenchNetwork.CLASSES)] = 1;
    }
    long[] shape = new long[network.shape().length + 1];
    shape[0] = examples;
    System.arraycopy(network.shape(), 0, shape, 1, network.shape().length);
    return new RandomBatch(features, labels, shape);
  }

  @Override
  public int size() {
    return Math.toIntExact(shape[0]);
  }

  @Override
  public DataSet minibatch(int epoch, int from, int count) {
    return all();
  }

  DataSet all() {
    return Minibatches.of(features, shape, labels, BenchNetwork.CLASSES);
  }
}
