package org.lrsweep.training;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

/**
 * A user's examples, held in memory: in a new order each epoch to train on, or as they are.
 *
 * <p>Examples come as Deeplearning4j's data sets of any size, with features [examples, ...] and
 * labels [examples, columns], without masks. Labels of two columns and more are one-hot, or
 * probabilities; what those of one column are is the network's to say ({@link
 * org.lrsweep.network.Classification}). Minibatches are cut anew.
 *
 * <p>Immutable and thread-safe.
 */
public final class DataSetExamples implements WorkerExamples {
  private static final long serialVersionUID = 1L;

  private final List<Example> examples;
  private final EpochPermutation order;

  /** Whose examples these are, if another's: who knows that one weakly finds it as long as this. */
  @SuppressWarnings("unused")
  private transient DataSetExamples origin;

  private DataSetExamples(List<Example> examples, EpochPermutation order) {
    this.examples = new ArrayList<>(examples);
    this.order = order;
  }

  /**
   * A training set, read from the iterator's start to its end.
   *
   * @param seed of the order
   * @throws IllegalArgumentException if it is empty or not as this class asks for
   */
  public static DataSetExamples training(DataSetIterator iterator, long seed) {
    return training(read(iterator), new WorkerPosition(0, 1, seed));
  }

  /**
   * The same training set in another order, for another run; the examples are in memory once.
   *
   * @param seed of the order
   */
  public DataSetExamples withOrder(long seed) {
    return shuffled(new WorkerPosition(0, 1, seed));
  }

  /**
   * A test set, read from the iterator's start to its end.
   *
   * @throws IllegalArgumentException if it is empty or not as this class asks for
   */
  public static DataSetExamples test(DataSetIterator iterator) {
    return test(read(iterator));
  }

  /**
   * The same examples, not copied, to train on in the order that a worker's seed gives them.
   *
   * @param worker whose share they are
   */
  public DataSetExamples shuffled(WorkerPosition worker) {
    DataSetExamples same = training(examples, worker);
    same.origin = this;
    return same;
  }

  /**
   * A worker's share of a training set.
   *
   * @param examples in the order of the set
   * @param worker whose share it is
   */
  public static DataSetExamples training(List<Example> examples, WorkerPosition worker) {
    return new DataSetExamples(
        examples, EpochPermutation.shuffled(examples.size(), worker.orderSeed()));
  }

  /** A part of a test set, in its order. */
  public static DataSetExamples test(List<Example> examples) {
    return new DataSetExamples(examples, EpochPermutation.identity(examples.size()));
  }

  private static List<Example> read(DataSetIterator iterator) {
    List<Example> examples = new ArrayList<>();
    if (iterator.resetSupported()) {
      iterator.reset();
    }
    while (iterator.hasNext()) {
      examples.addAll(Example.ofClasses(iterator.next()));
    }
    if (examples.isEmpty()) {
      throw new IllegalArgumentException(
          "The iterator must give at least one example, found none"
              + (iterator.resetSupported()
                  ? ""
                  : ". It can't be reset, so it must not have been read before"));
    }
    return examples;
  }

  @Override
  public int size() {
    return examples.size();
  }

  @Override
  public DataSet minibatch(int epoch, int from, int count) {
    int[] indices = order.of(epoch);
    Example first = examples.get(indices[from]);
    int width = first.features().length;
    int classes = first.labels().length;
    float[] features = new float[count * width];
    float[] labels = new float[count * classes];
    for (int i = 0; i < count; i++) {
      Example example = examples.get(indices[from + i]);
      if (!Arrays.equals(example.shape(), first.shape())) {
        throw new IllegalArgumentException(
            "Examples must have features of one shape, found "
                + Arrays.toString(first.shape())
                + " and "
                + Arrays.toString(example.shape()));
      }
      System.arraycopy(example.features(), 0, features, i * width, width);
      System.arraycopy(example.labels(), 0, labels, i * classes, classes);
    }
    long[] shape = new long[first.shape().length + 1];
    shape[0] = count;
    System.arraycopy(first.shape(), 0, shape, 1, first.shape().length);
    return Minibatches.of(features, shape, labels, classes);
  }
}
