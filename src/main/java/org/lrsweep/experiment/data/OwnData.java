package org.lrsweep.experiment.data;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import org.apache.spark.api.java.JavaRDD;
import org.lrsweep.data.Augmentation;
import org.lrsweep.ingest.Part;
import org.lrsweep.ingest.PartitionedData;
import org.lrsweep.ingest.read.BadRow;
import org.lrsweep.training.examples.WorkerExamples;

/** A user's own data, divided on the executors. */
public final class OwnData implements RunData {
  private final PartitionedData data;
  private final Augmentation augmentation;
  private final Part validation;

  /** Divided data, augmented so in training. */
  public OwnData(PartitionedData data, Augmentation augmentation) {
    this.data = data;
    this.augmentation = augmentation;
    validation = data.size(Part.VALIDATION) > 0 ? Part.VALIDATION : Part.TEST;
  }

  @Override
  public String name() {
    return data.name();
  }

  @Override
  public String sha256() {
    return data.sha256();
  }

  @Override
  public int trainExamples() {
    return data.size(Part.TRAIN);
  }

  @Override
  public int testExamples() {
    return data.size(Part.TEST);
  }

  @Override
  public int validationExamples() {
    return data.size(validation);
  }

  @Override
  public String validationName() {
    return validation == Part.TEST ? "test" : "validation";
  }

  @Override
  public List<String> classNames() {
    return data.classes();
  }

  @Override
  public long[] shape() {
    return Arrays.stream(data.shape()).asLongStream().toArray();
  }

  @Override
  public Optional<String> input() {
    ObjectNode input = JsonNodeFactory.instance.objectNode();
    data.classes().forEach(input.putArray(outputs())::add);
    data.columns().forEach(input.withArray("columns")::add);
    for (int size : data.shape()) {
      input.withArray("shape").add(size);
    }
    // A number is trained on as (number - subtract) / divide_by, by channel or column or for all.
    for (float shift : data.scaling().shift()) {
      input.withArray("subtract").add(shift);
    }
    for (float divisor : data.scaling().divisor()) {
      input.withArray("divide_by").add(divisor);
    }
    return Optional.of(input.toPrettyString() + "\n");
  }

  /** What the network's outputs are, as input.json names them. */
  private String outputs() {
    return switch (data.labelKind()) {
      case CLASS -> "classes";
      case SEVERAL -> "labels";
      case NUMBERS -> "targets";
    };
  }

  @Override
  public Optional<SortedMap<BadRow, Long>> skipped() {
    return Optional.of(data.skipped());
  }

  @Override
  public JavaRDD<WorkerExamples> train(int workers, long seed) {
    return data.training(workers, augmentation, seed);
  }

  @Override
  public JavaRDD<WorkerExamples> validation(int pieces) {
    return data.examples(validation, pieces);
  }

  @Override
  public Optional<JavaRDD<WorkerExamples>> judging(int pieces) {
    return validation == Part.VALIDATION && data.size(Part.TEST) > 0
        ? Optional.of(data.examples(Part.TEST, pieces))
        : Optional.empty();
  }

  @Override
  public void close() {
    data.close();
  }
}
