package org.lrsweep.experiment.data;

import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.lrsweep.data.Augmentation;
import org.lrsweep.data.Dataset;
import org.lrsweep.data.ImageSet;
import org.lrsweep.training.examples.WorkerExamples;
import org.lrsweep.training.spark.ImageExamples;

/** A set that LRSweep knows by name, read by the driver and broadcast when it is needed first. */
public final class NamedData implements RunData {
  private final JavaSparkContext spark;
  private final Dataset dataset;
  private final int imageSize;
  private final Augmentation augmentation;
  private final Sent train;
  private final Sent validation;
  private final Sent test;

  /** A set as images of this size, in pixels, augmented so in training. */
  public NamedData(
      JavaSparkContext spark, Dataset dataset, int imageSize, Augmentation augmentation) {
    this.spark = spark;
    this.dataset = dataset;
    this.imageSize = imageSize;
    this.augmentation = augmentation;
    train = new Sent(dataset.train());
    test = new Sent(dataset.test());
    validation = dataset.validation().map(Sent::new).orElse(test);
  }

  @Override
  public String name() {
    return dataset.name();
  }

  @Override
  public String sha256() {
    return dataset.sha256();
  }

  @Override
  public int trainExamples() {
    return dataset.train().size();
  }

  @Override
  public int testExamples() {
    return dataset.test().size();
  }

  @Override
  public int validationExamples() {
    return validation.images.size();
  }

  @Override
  public String validationName() {
    return validation == test ? "test" : "validation";
  }

  @Override
  public List<String> classNames() {
    return dataset.classNames();
  }

  @Override
  public long[] shape() {
    return new long[] {1, imageSize, imageSize};
  }

  @Override
  public JavaRDD<WorkerExamples> train(int workers, long seed) {
    return ImageExamples.training(
        spark, train.broadcast(), workers, augmentation, dataset.classes(), seed);
  }

  @Override
  public JavaRDD<WorkerExamples> validation(int pieces) {
    return ImageExamples.test(spark, validation.broadcast(), pieces, dataset.classes());
  }

  @Override
  public Optional<JavaRDD<WorkerExamples>> judging(int pieces) {
    return validation == test
        ? Optional.empty()
        : Optional.of(ImageExamples.test(spark, test.broadcast(), pieces, dataset.classes()));
  }

  @Override
  public void close() {
    List.of(train, validation, test).forEach(Sent::close);
  }

  /** A part, broadcast when it is needed first. */
  private final class Sent {
    private final ImageSet images;
    private Broadcast<ImageSet> broadcast;

    private Sent(ImageSet images) {
      this.images = images;
    }

    private synchronized Broadcast<ImageSet> broadcast() {
      if (broadcast == null) {
        broadcast = spark.broadcast(images.resized(imageSize, imageSize));
      }
      return broadcast;
    }

    private synchronized void close() {
      if (broadcast != null) {
        if (!spark.sc().isStopped()) { // else it is gone already
          broadcast.destroy();
        }
        broadcast = null;
      }
    }
  }
}
