package org.lrsweep.training;

import java.util.Arrays;
import java.util.Random;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

/** Small dense examples in a fixed order, for tests of the engine alone. */
@SuppressWarnings("ArrayRecordComponent") // never written to once built
record ArrayExamples(float[][] features, float[][] labels) implements WorkerExamples {

  static final int INPUTS = 6;
  static final int CLASSES = 3;

  /** Examples whose class is the largest of their first three features. */
  static ArrayExamples random(int count, long seed) {
    Random random = new Random(seed);
    float[][] features = new float[count][INPUTS];
    float[][] labels = new float[count][CLASSES];
    for (int i = 0; i < count; i++) {
      for (int j = 0; j < INPUTS; j++) {
        features[i][j] = (float) random.nextGaussian();
      }
      labels[i][ArgMax.of(Arrays.copyOf(features[i], CLASSES))] = 1;
    }
    return new ArrayExamples(features, labels);
  }

  /** Worker {@code w} of {@code workers}: its share of each batch, so that shares add up to it. */
  ArrayExamples share(int worker, int workers, int batchSize) {
    int share = batchSize / workers;
    int[] mine =
        java.util.stream.IntStream.range(0, features.length)
            .filter(i -> i % batchSize / share == worker)
            .toArray();
    return new ArrayExamples(
        Arrays.stream(mine).mapToObj(i -> features[i]).toArray(float[][]::new),
        Arrays.stream(mine).mapToObj(i -> labels[i]).toArray(float[][]::new));
  }

  @Override
  public int size() {
    return features.length;
  }

  @Override
  public DataSet minibatch(int epoch, int from, int count) {
    return new DataSet(
        Nd4j.create(Arrays.copyOfRange(features, from, from + count)),
        Nd4j.create(Arrays.copyOfRange(labels, from, from + count)));
  }
}
