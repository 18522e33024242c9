package org.lrsweep.training.spark;

import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.lrsweep.data.Augmentation;
import org.lrsweep.data.EpochOrder;
import org.lrsweep.data.ExamplePipeline;
import org.lrsweep.data.ImageSet;
import org.lrsweep.training.Minibatches;
import org.lrsweep.training.WorkerExamples;
import org.lrsweep.training.WorkerPosition;
import org.nd4j.linalg.dataset.DataSet;

/**
 * A worker's images: augmented and in a new order each epoch to train on, or as they are. Image i
 * of the set belongs to worker {@code i mod workers}, so that a set sorted by class is shared
 * fairly.
 *
 * <p>The images themselves are an executor's one copy of the broadcast set; this only says which of
 * them are the worker's, and costs nothing to cache or to send.
 */
public final class ImageExamples implements WorkerExamples {
  private final Broadcast<ImageSet> images;
  private final int examples;
  private final int classes;
  private final Augmentation augmentation;
  private final WorkerPosition position;
  private final Ordering ordering;

  /** The order of the epoch asked for last; a task asks for one epoch's batches in turn. */
  private transient volatile Order order;

  private enum Ordering {
    SHUFFLED,
    AS_IT_IS
  }

  @SuppressWarnings("ArrayRecordComponent") // a cache of this class alone
  private record Order(int epoch, int[] indices) {}

  private ImageExamples(
      Broadcast<ImageSet> images,
      int classes,
      Augmentation augmentation,
      WorkerPosition position,
      Ordering ordering) {
    this.images = images;
    this.classes = classes;
    this.augmentation = augmentation;
    this.position = position;
    this.ordering = ordering;
    int workers = position.workers();
    examples = (images.value().size() - position.worker() + workers - 1) / workers;
  }

  /**
   * A training set, divided between workers.
   *
   * @param images the whole set, resized already, as broadcast to the executors
   * @param workers how many share each batch, {@code >= 1}
   * @param augmentation what is done to each image anew in each epoch
   * @param classes how many labels there are
   * @param seed of order and augmentation
   */
  public static JavaRDD<WorkerExamples> training(
      JavaSparkContext spark,
      Broadcast<ImageSet> images,
      int workers,
      Augmentation augmentation,
      int classes,
      long seed) {
    return parts(spark, images, classes, augmentation, workers, seed, Ordering.SHUFFLED);
  }

  /**
   * A test set, divided into parts that are classified side by side.
   *
   * @param images the whole set, resized already, as broadcast to the executors
   * @param parts {@code >= 1}
   * @param classes how many labels there are
   */
  public static JavaRDD<WorkerExamples> test(
      JavaSparkContext spark, Broadcast<ImageSet> images, int parts, int classes) {
    return parts(spark, images, classes, Augmentation.none(), parts, 0, Ordering.AS_IT_IS);
  }

  private static JavaRDD<WorkerExamples> parts(
      JavaSparkContext spark,
      Broadcast<ImageSet> images,
      int classes,
      Augmentation augmentation,
      int workers,
      long seed,
      Ordering ordering) {
    return spark
        .parallelize(IntStream.range(0, workers).boxed().toList(), workers)
        .map(
            worker ->
                new ImageExamples(
                    images,
                    classes,
                    augmentation,
                    new WorkerPosition(worker, workers, seed),
                    ordering));
  }

  @Override
  public int size() {
    return examples;
  }

  @Override
  public DataSet minibatch(int epoch, int from, int count) {
    ImageSet all = images.value();
    int height = all.rows();
    int width = all.cols();
    float[] features = new float[count * height * width];
    float[] labels = new float[count * classes];
    new ExamplePipeline(all, height, width, augmentation, position.seed())
        .fill(indices(epoch), from, count, epoch, features, labels, classes);
    return Minibatches.of(features, new long[] {count, 1, height, width}, labels, classes);
  }

  private int[] indices(int epoch) {
    Order known = order;
    if (known == null || known.epoch() != epoch) {
      IntStream own =
          ordering == Ordering.SHUFFLED
              ? IntStream.of(EpochOrder.permutation(examples, position.orderSeed(), epoch))
              : IntStream.range(0, examples);
      int[] indices = own.map(i -> i * position.workers() + position.worker()).toArray();
      known = new Order(epoch, indices);
      order = known;
    }
    return known.indices();
  }
}
