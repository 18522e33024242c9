package org.lrsweep.experiment.data;

import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.lrsweep.data.Augmentation;
import org.lrsweep.data.Dataset;
import org.lrsweep.data.ImageSet;
import org.lrsweep.training.WorkerExamples;
import org.lrsweep.training.spark.ImageExamples;

/** A set that LRSweep knows by name, read by the driver and broadcast when it is needed first. */
public final class NamedData implements RunData {
  private final JavaSparkContext spark;
  private final Dataset dataset;
  private final int imageSize;
  private final Augmentation augmentation;
  private Broadcast<ImageSet> train;
  private Broadcast<ImageSet> test;

  /** A set as images of this size, in pixels, augmented so in training. */
  public NamedData(
      JavaSparkContext spark, Dataset dataset, int imageSize, Augmentation augmentation) {
    this.spark = spark;
    this.dataset = dataset;
    this.imageSize = imageSize;
    this.augmentation = augmentation;
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
    return testExamples();
  }

  @Override
  public String validationName() {
    return "test";
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
  public synchronized JavaRDD<WorkerExamples> train(int workers, long seed) {
    if (train == null) {
      train = spark.broadcast(dataset.train().resized(imageSize, imageSize));
    }
    return ImageExamples.training(spark, train, workers, augmentation, dataset.classes(), seed);
  }

  @Override
  public synchronized JavaRDD<WorkerExamples> validation(int pieces) {
    if (test == null) {
      test = spark.broadcast(dataset.test().resized(imageSize, imageSize));
    }
    return ImageExamples.test(spark, test, pieces, dataset.classes());
  }

  @Override
  public synchronized void close() {
    if (train != null) {
      train.destroy();
    }
    if (test != null) {
      test.destroy();
    }
  }
}
