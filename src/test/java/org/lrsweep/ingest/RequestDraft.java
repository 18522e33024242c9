package org.lrsweep.ingest;

import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.JavaRDD;
import org.lrsweep.ingest.read.DecodedExample;
import org.lrsweep.ingest.read.LabelKind;

/** A request in the making: a table of classes, all of it to train on, unless it says otherwise. */
final class RequestDraft {
  private final JavaRDD<DecodedExample> train;
  private Optional<JavaRDD<DecodedExample>> test = Optional.empty();
  private double testFraction;
  private double validationFraction;
  private boolean marked;
  private String group = "";
  private LabelKind labels = LabelKind.CLASS;
  private Scaling.Kind scaling = Scaling.Kind.NONE;
  private String storage = "auto";
  private boolean skipsBadRows;
  private long seed = 42;

  RequestDraft(JavaRDD<DecodedExample> train) {
    this.train = train;
  }

  RequestDraft test(JavaRDD<DecodedExample> set) {
    test = Optional.of(set);
    return this;
  }

  RequestDraft fractions(double ofValidation, double ofTest) {
    validationFraction = ofValidation;
    testFraction = ofTest;
    return this;
  }

  /** A column says what is held out. */
  RequestDraft marked() {
    marked = true;
    return this;
  }

  RequestDraft groupedBy(String column) {
    group = column;
    return this;
  }

  RequestDraft labels(LabelKind kind) {
    labels = kind;
    return this;
  }

  RequestDraft scaled(Scaling.Kind kind) {
    scaling = kind;
    return this;
  }

  RequestDraft storedIn(String place) {
    storage = place;
    return this;
  }

  RequestDraft skippingBadRows() {
    skipsBadRows = true;
    return this;
  }

  RequestDraft seed(long number) {
    seed = number;
    return this;
  }

  PartitionRequest request() {
    return new PartitionRequest(
        "a table",
        train,
        test,
        Optional.empty(),
        testFraction,
        validationFraction,
        marked,
        group,
        List.of(),
        labels,
        "label",
        List.of(),
        scaling,
        storage,
        skipsBadRows,
        seed);
  }
}
