package org.lrsweep.testing;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.lrsweep.training.examples.WorkerExamples;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

/** Small dense examples in a fixed order, for tests of the engine alone. */
@SuppressWarnings("ArrayRecordComponent") // never written to once built
public record ArrayExamples(float[][] features, float[][] labels) implements WorkerExamples {

  public static final int INPUTS = 6;
  public static final int CLASSES = 3;

  /** Examples whose class is the largest of their first three features. */
  public static ArrayExamples random(int count, long seed) {
    Random random = new Random(seed);
    float[][] features = new float[count][INPUTS];
    float[][] labels = new float[count][CLASSES];
    for (int i = 0; i < count; i++) {
      for (int j = 0; j < INPUTS; j++) {
        features[i][j] = (float) random.nextGaussian();
      }
      labels[i][largest(features[i])] = 1;
    }
    return new ArrayExamples(features, labels);
  }

  private static int largest(float[] features) {
    return features[0] >= features[1]
        ? (features[0] >= features[2] ? 0 : 2)
        : (features[1] >= features[2] ? 1 : 2);
  }

  /** Worker {@code w} of {@code workers}: its share of each batch, so that shares add up to it. */
  public ArrayExamples share(int worker, int workers, int batchSize) {
    int share = batchSize / workers;
    int[] mine =
        IntStream.range(0, features.length).filter(i -> i % batchSize / share == worker).toArray();
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
