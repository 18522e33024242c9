package org.lrsweep.training.spark;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.lrsweep.data.Augmentation;
import org.lrsweep.data.ExamplePipeline;
import org.lrsweep.data.ImageSet;
import org.lrsweep.data.WorkerShares;
import org.lrsweep.training.WorkerPosition;
import org.lrsweep.training.examples.EpochPermutation;
import org.lrsweep.training.examples.Minibatches;
import org.lrsweep.training.examples.WorkerExamples;
import org.nd4j.linalg.dataset.DataSet;

/**
 * A worker's images: augmented and in a new order each epoch to train on, or as they are. To train
 * on, they are shared between workers as {@link WorkerShares} says; of those that are classified as
 * they are, image i belongs to part {@code i mod parts}.
 *
 * <p>The images themselves are an executor's one copy of the broadcast set; this only says which of
 * them are the worker's, and costs nothing to cache or to send.
 */
@DefaultSerializer(JavaSerializer.class)
public final class ImageExamples implements WorkerExamples {
  private final Broadcast<ImageSet> images;
  private final int classes;
  private final Augmentation augmentation;
  private final WorkerPosition position;

  private final Ordering ordering;

  /** Which images of the set these are. */
  private transient volatile int[] share;

  /** The images' numbers among the worker's own. */
  private final EpochPermutation order;

  private enum Ordering {
    SHUFFLED,
    AS_IT_IS
  }

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
    int size = share().length;
    order =
        ordering == Ordering.SHUFFLED
            ? EpochPermutation.shuffled(size, position.orderSeed())
            : EpochPermutation.identity(size);
  }

  /**
   * A training set, divided between workers.
   *
   * @param images the whole set, resized already, as broadcast to the executors
   * @param workers how many share each batch, {@code >= 1}
   * @param augmentation what is done to each image anew in each epoch
   * @param classes how many labels there are
   * @param seed of shares, order and augmentation
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
    return share().length;
  }

  @Override
  public DataSet minibatch(int epoch, int from, int count) {
    ImageSet all = images.value();
    int height = all.rows();
    int width = all.cols();
    float[] features = new float[count * height * width];
    float[] labels = new float[count * classes];
    new ExamplePipeline(all, height, width, augmentation, position.seed())
        .fill(indices(epoch, from, count), 0, count, epoch, features, labels, classes);
    return Minibatches.of(features, new long[] {count, 1, height, width}, labels, classes);
  }

  /** The images' numbers in the whole set. */
  private int[] indices(int epoch, int from, int count) {
    int[] own = share();
    return Arrays.stream(order.of(epoch), from, from + count).map(i -> own[i]).toArray();
  }

  private int[] share() {
    int[] known = share;
    if (known == null) {
      int all = images.value().size();
      int workers = position.workers();
      known =
          ordering == Ordering.SHUFFLED
              ? WorkerShares.of(position.worker(), workers, all, position.seed())
              : IntStream.range(0, all).filter(i -> i % workers == position.worker()).toArray();
      share = known;
    }
    return known;
  }
}
