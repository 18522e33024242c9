package org.lrsweep.training;

import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.lrsweep.data.Augmentation;
import org.lrsweep.data.EpochOrder;
import org.lrsweep.data.ExamplePipeline;
import org.lrsweep.data.ImageSet;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

/** A worker's images: augmented and in a new order each epoch to train on, or as they are. */
public final class ImageExamples implements WorkerExamples {
  private final ImageSet images;
  private final Augmentation augmentation;
  private final int classes;
  private final boolean shuffled;
  private final long seed;

  /** The order of the epoch asked for last; a task asks for one epoch's batches in turn. */
  private transient volatile Order order;

  @SuppressWarnings("ArrayRecordComponent") // a cache of this class alone
  private record Order(int epoch, int[] indices) {}

  private ImageExamples(
      ImageSet images, Augmentation augmentation, int classes, boolean shuffled, long seed) {
    this.images = images;
    this.augmentation = augmentation;
    this.classes = classes;
    this.shuffled = shuffled;
    this.seed = seed;
  }

  /**
   * A training set, divided between workers: image i belongs to worker {@code i mod workers}.
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
    return parts(spark, workers)
        .map(
            worker ->
                new ImageExamples(
                    share(images.value(), worker, workers),
                    augmentation,
                    classes,
                    true,
                    seed + worker));
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
    return parts(spark, parts)
        .map(
            part ->
                new ImageExamples(
                    share(images.value(), part, parts), Augmentation.none(), classes, false, 0));
  }

  private static JavaRDD<Integer> parts(JavaSparkContext spark, int count) {
    return spark.parallelize(IntStream.range(0, count).boxed().toList(), count);
  }

  private static ImageSet share(ImageSet images, int worker, int workers) {
    if (workers == 1) {
      return images;
    }
    return images.subset(
        IntStream.range(0, images.size()).filter(i -> i % workers == worker).toArray());
  }

  @Override
  public int size() {
    return images.size();
  }

  @Override
  public DataSet minibatch(int epoch, int from, int count) {
    int height = images.rows();
    int width = images.cols();
    float[] features = new float[count * height * width];
    float[] labels = new float[count * classes];
    new ExamplePipeline(images, height, width, augmentation, seed)
        .fill(indices(epoch), from, count, epoch, features, labels, classes);
    return new DataSet(
        Nd4j.create(features, new long[] {count, 1, height, width}, 'c'),
        Nd4j.create(labels, new long[] {count, classes}, 'c'));
  }

  private int[] indices(int epoch) {
    Order known = order;
    if (known == null || known.epoch() != epoch) {
      known =
          new Order(
              epoch,
              shuffled
                  ? EpochOrder.permutation(images.size(), seed, epoch)
                  : IntStream.range(0, images.size()).toArray());
      order = known;
    }
    return known.indices();
  }
}
