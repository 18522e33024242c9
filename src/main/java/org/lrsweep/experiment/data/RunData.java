package org.lrsweep.experiment.data;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import org.apache.spark.api.java.JavaRDD;
import org.lrsweep.ingest.read.BadRow;
import org.lrsweep.training.examples.WorkerExamples;

/** The data of a run, on its executors. Thread-safe. */
public interface RunData extends AutoCloseable {

  /** What tables call it. */
  String name();

  /** SHA-256 of what was read, in hexadecimal. */
  String sha256();

  /** The size of the training part, {@code >= 1}. */
  int trainExamples();

  /** The size of the test part; 0 if there is none. */
  int testExamples();

  /** The size of the part that trials are chosen by, {@code >= 1}. */
  int validationExamples();

  /** What messages call the part that trials are chosen by. */
  String validationName();

  /** A name for each class, in the order of the network's outputs. */
  List<String> classNames();

  /** The shape of an example's features: [channels, height, width] or [length]. */
  long[] shape();

  /**
   * What a network must be given to be used again, as JSON: classes, shape and the scaling's
   * numbers; empty of data sets with a name, whose export says it.
   */
  default Optional<String> input() {
    return Optional.empty();
  }

  /** Rows that were left out, counted by why; empty of data sets with a name. */
  default Optional<SortedMap<BadRow, Long>> skipped() {
    return Optional.empty();
  }

  /** The training part, divided between workers. */
  JavaRDD<WorkerExamples> train(int workers, long seed);

  /** The part that trials are chosen by, in pieces that are classified side by side. */
  JavaRDD<WorkerExamples> validation(int pieces);

  /**
   * The part that judges what was chosen, in pieces that are answered side by side; empty if there
   * is none, or trials are chosen by it.
   */
  default Optional<JavaRDD<WorkerExamples>> judging(int pieces) {
    return Optional.empty();
  }

  /** Frees what executors keep, as far as it is ours. */
  @Override
  void close();
}
