package org.lrsweep.training;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.HashPartitioner;
import org.apache.spark.api.java.JavaRDD;
import org.lrsweep.data.EpochOrder;
import org.lrsweep.network.FlatArrays;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import scala.Tuple2;

/**
 * A user's examples, held in memory: in a new order each epoch to train on, or as they are.
 *
 * <p>Examples come as Deeplearning4j's data sets of any size, with features [examples, ...] and
 * one-hot labels [examples, classes], without masks. Minibatches are cut anew.
 *
 * <p>Immutable and thread-safe.
 */
public final class DataSetExamples implements WorkerExamples {
  private static final long serialVersionUID = 1L;

  private final List<Example> examples;
  private final Ordering ordering;
  private final long orderSeed;

  /** The order of the epoch asked for last; a task asks for one epoch's batches in turn. */
  private transient volatile Order order;

  @SuppressWarnings("ArrayRecordComponent") // a cache of this class alone
  private record Order(int epoch, int[] indices) {}

  private enum Ordering {
    SHUFFLED,
    AS_IT_IS
  }

  /** One example; shape is that of its features. */
  @SuppressWarnings("ArrayRecordComponent") // never written to once built
  private record Example(float[] features, long[] shape, float[] labels)
      implements java.io.Serializable {}

  private DataSetExamples(List<Example> examples, Ordering ordering, long orderSeed) {
    this.examples = examples;
    this.ordering = ordering;
    this.orderSeed = orderSeed;
  }

  /**
   * A training set, read from the iterator's start to its end.
   *
   * @param seed of the order
   * @throws IllegalArgumentException if it is empty or not as this class asks for
   */
  public static DataSetExamples training(DataSetIterator iterator, long seed) {
    return new DataSetExamples(
        read(iterator), Ordering.SHUFFLED, new WorkerPosition(0, 1, seed).orderSeed());
  }

  /**
   * A test set, read from the iterator's start to its end.
   *
   * @throws IllegalArgumentException if it is empty or not as this class asks for
   */
  public static DataSetExamples test(DataSetIterator iterator) {
    return new DataSetExamples(read(iterator), Ordering.AS_IT_IS, 0);
  }

  /**
   * A training set, divided between workers. Example i belongs to worker {@code i mod workers}.
   *
   * @param examples the same in the same order, each time that Spark computes them
   * @param workers how many share each batch, {@code >= 1}
   * @param seed of the order
   */
  public static JavaRDD<WorkerExamples> training(
      JavaRDD<DataSet> examples, int workers, long seed) {
    return parts(examples, workers, Ordering.SHUFFLED, seed);
  }

  /**
   * A test set, divided into parts that are classified side by side.
   *
   * @param parts {@code >= 1}
   */
  public static JavaRDD<WorkerExamples> test(JavaRDD<DataSet> examples, int parts) {
    return parts(examples, parts, Ordering.AS_IT_IS, 0);
  }

  private static JavaRDD<WorkerExamples> parts(
      JavaRDD<DataSet> examples, int workers, Ordering ordering, long seed) {
    JavaRDD<Tuple2<Long, Example>> shares =
        examples
            .flatMap(batch -> split(batch).iterator())
            .zipWithIndex()
            .mapToPair(
                example ->
                    new Tuple2<>(
                        (int) (example._2() % workers), new Tuple2<>(example._2(), example._1())))
            // An integer's hash is itself, so the key is the partition.
            .partitionBy(new HashPartitioner(workers))
            .values();
    return shares.mapPartitionsWithIndex(
        (worker, share) ->
            List.<WorkerExamples>of(
                    new DataSetExamples(
                        inOrder(share),
                        ordering,
                        new WorkerPosition(worker, workers, seed).orderSeed()))
                .iterator(),
        true);
  }

  private static List<Example> inOrder(Iterator<Tuple2<Long, Example>> share) {
    List<Tuple2<Long, Example>> numbered = new ArrayList<>();
    share.forEachRemaining(numbered::add);
    numbered.sort(Comparator.comparing(Tuple2::_1));
    return new ArrayList<>(numbered.stream().map(Tuple2::_2).toList());
  }

  private static List<Example> read(DataSetIterator iterator) {
    List<Example> examples = new ArrayList<>();
    if (iterator.resetSupported()) {
      iterator.reset();
    }
    while (iterator.hasNext()) {
      examples.addAll(split(iterator.next()));
    }
    if (examples.isEmpty()) {
      throw new IllegalArgumentException("The iterator must give at least one example, found none");
    }
    return examples;
  }

  private static List<Example> split(DataSet batch) {
    INDArray labels = batch.getLabels();
    if (labels == null || labels.rank() != 2) {
      throw new IllegalArgumentException(
          "Labels must be one-hot, of shape [examples, classes], found "
              + (labels == null ? "none" : Arrays.toString(labels.shape())));
    }
    if (batch.getFeaturesMaskArray() != null || batch.getLabelsMaskArray() != null) {
      throw new IllegalArgumentException("Examples with masks can't be trained on in rounds");
    }
    float[] features = FlatArrays.copy(batch.getFeatures().castTo(DataType.FLOAT).dup('c'));
    float[] wanted = FlatArrays.copy(labels.castTo(DataType.FLOAT).dup('c'));
    long[] shape = batch.getFeatures().shape();
    long[] own = Arrays.copyOfRange(shape, 1, shape.length);
    int count = (int) shape[0];
    int width = count == 0 ? 0 : features.length / count;
    int classes = (int) labels.size(1);
    List<Example> examples = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      examples.add(
          new Example(
              Arrays.copyOfRange(features, i * width, (i + 1) * width),
              own,
              Arrays.copyOfRange(wanted, i * classes, (i + 1) * classes)));
    }
    return examples;
  }

  @Override
  public int size() {
    return examples.size();
  }

  @Override
  public DataSet minibatch(int epoch, int from, int count) {
    int[] indices = indices(epoch);
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

  private int[] indices(int epoch) {
    Order known = order;
    if (known == null || known.epoch() != epoch) {
      known =
          new Order(
              epoch,
              ordering == Ordering.SHUFFLED
                  ? EpochOrder.permutation(size(), orderSeed, epoch)
                  : IntStream.range(0, size()).toArray());
      order = known;
    }
    return known.indices();
  }
}
