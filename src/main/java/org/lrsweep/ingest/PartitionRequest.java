package org.lrsweep.ingest;

import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.JavaRDD;
import org.lrsweep.ingest.read.DecodedExample;
import org.lrsweep.ingest.read.LabelKind;

/**
 * A user's data, and how it is divided.
 *
 * @param name what tables call it
 * @param train the training data
 * @param test the test part, if it is data of its own
 * @param validation the validation part, if it is data of its own
 * @param testFraction of the training data, {@code 0 <= testFraction < 1}
 * @param validationFraction of the training data, {@code 0 <= validationFraction < 1}
 * @param validationMarked whether marked examples of the training data are the validation part
 * @param group the column that keeps rows of the training data together; empty for none
 * @param columns of the features, in their order; empty of images and idx
 * @param labels what labels are
 * @param label what names of numbers begin with, where labels are numbers
 * @param classes the labels in their order; empty for those of the training data, sorted
 * @param scaling of the features
 * @param storage {@code memory}, {@code disk} or {@code auto}
 * @param skipsBadRows whether rows that can't be used are left out
 * @param seed of what is drawn
 */
public record PartitionRequest(
    String name,
    JavaRDD<DecodedExample> train,
    Optional<JavaRDD<DecodedExample>> test,
    Optional<JavaRDD<DecodedExample>> validation,
    double testFraction,
    double validationFraction,
    boolean validationMarked,
    String group,
    List<String> columns,
    LabelKind labels,
    String label,
    List<String> classes,
    Scaling.Kind scaling,
    String storage,
    boolean skipsBadRows,
    long seed) {

  /** Copies the lists. */
  public PartitionRequest {
    columns = List.copyOf(columns);
    classes = List.copyOf(classes);
  }
}
