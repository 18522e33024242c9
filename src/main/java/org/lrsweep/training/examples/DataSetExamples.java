package org.lrsweep.training.examples;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import java.util.ArrayList;
import java.util.List;
import org.lrsweep.training.WorkerPosition;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

/**
 * A user's examples, held in memory: in a new order each epoch to train on, or as they are.
 *
 * <p>Examples come as Deeplearning4j's data sets of any size, with features [examples, ...] and
 * labels [examples, columns], or [examples, columns, steps] where every step of a sequence has its
 * own; {@link WantedLabels} says what they may be. Masks are [examples, steps]. Minibatches are cut
 * anew, each as long as its longest sequence.
 *
 * <p>Immutable and thread-safe.
 */
@DefaultSerializer(JavaSerializer.class)
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
   * @param wanted what labels must be
   * @param seed of the order
   * @throws IllegalArgumentException if it is empty or not as this class asks for
   */
  public static DataSetExamples training(DataSetIterator iterator, WantedLabels wanted, long seed) {
    return training(read(iterator, wanted), new WorkerPosition(0, 1, seed));
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
   * @param wanted what labels must be
   * @throws IllegalArgumentException if it is empty or not as this class asks for
   */
  public static DataSetExamples test(DataSetIterator iterator, WantedLabels wanted) {
    return test(read(iterator, wanted));
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

  private static List<Example> read(DataSetIterator iterator, WantedLabels wanted) {
    List<Example> examples = new ArrayList<>();
    if (iterator.resetSupported()) {
      iterator.reset();
    }
    while (iterator.hasNext()) {
      examples.addAll(Example.of(iterator.next(), wanted));
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
    List<Example> batch = new ArrayList<>(count);
    for (int i = from; i < from + count; i++) {
      batch.add(examples.get(indices[i]));
    }
    return ExampleBatch.of(batch);
  }
}
