package org.lrsweep.experiment.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.lrsweep.config.DataConfig;
import org.lrsweep.config.DataPart;
import org.lrsweep.config.InvalidConfigException;
import org.lrsweep.config.SourceConfig;
import org.lrsweep.data.load.DatasetChoice;
import org.lrsweep.ingest.read.LabelKind;
import org.lrsweep.ingest.read.SourceSpec;

/** The keys of a user's own data: which may stand together, and what some of them say. */
final class OwnDataKeys {
  private static final String TEST = "test";

  private final DataConfig config;
  private final SourceConfig source;

  OwnDataKeys(DataConfig config) {
    this.config = config;
    source = config.source();
  }

  /**
   * Refuses what only a user's own data heeds.
   *
   * @param config of a set that has a name
   */
  static void refuse(DataConfig config) {
    SourceConfig source = config.source();
    boolean own =
        !(source.train() instanceof DataPart.None) || !(source.test() instanceof DataPart.None);
    if (own) {
      throw new InvalidConfigException(
          "data.train and data.test are of your own data, and data.dataset is "
              + config.dataset()
              + "; name its format in data.dataset, as image-folder, idx or parquet, or leave them"
              + " out");
    }
    if (!isTest(source.validation()) && !(source.validation() instanceof DataPart.Fraction)) {
      throw new InvalidConfigException(
          "data.validation of "
              + config.dataset()
              + " must be test or a fraction of its training set, as 0.1; paths and columns are of"
              + " your own data");
    }
    List<String> set = new ArrayList<>();
    add(set, "data.group", source.group().isPresent());
    add(set, "data.options", !source.options().isEmpty());
    add(set, "data.features", !source.features().isEmpty());
    add(set, "data.label", !source.label().equals("label"));
    add(set, "data.task", !source.task().equals("classification"));
    add(set, "data.shape", !source.shape().isEmpty());
    add(set, "data.classes", !source.classes().isEmpty());
    add(set, "data.scaling", !source.scaling().equals("unit"));
    add(set, "data.storage", !source.storage().equals("auto"));
    add(set, "data.on-bad-rows", !source.onBadRows().equals("fail"));
    if (!set.isEmpty()) {
      throw new InvalidConfigException(
          String.join(", ", set)
              + " would change nothing, since data.dataset is "
              + config.dataset()
              + " and only your own data heeds "
              + (set.size() == 1 ? "it" : "them")
              + "; leave "
              + (set.size() == 1 ? "it" : "them")
              + " out");
    }
  }

  private static void add(List<String> keys, String key, boolean isSet) {
    if (isSet) {
      keys.add(key);
    }
  }

  private static boolean isTest(DataPart part) {
    return part instanceof DataPart.Named named && named.name().equals(TEST);
  }

  /**
   * Checks the keys of a user's own data.
   *
   * @throws InvalidConfigException if some contradict each other
   */
  void check() {
    if (source.train() instanceof DataPart.None) {
      throw new InvalidConfigException(
          "data.dataset = "
              + config.dataset()
              + " needs data.train, a path; a set by name is one of "
              + Arrays.stream(DatasetChoice.values())
                  .map(DatasetChoice::key)
                  .collect(Collectors.joining(", ")));
    }
    if (isTest(source.validation()) && source.test() instanceof DataPart.None) {
      throw new InvalidConfigException(
          "data.validation = test needs data.test, and there is none; set data.validation to a"
              + " fraction, as 0.1, a path or a boolean column");
    }
    if (config.dataset().equals(SourceSpec.TABLE) && !source.options().isEmpty()) {
      throw new InvalidConfigException(
          "data.options would change nothing, since data.dataset = table reads by name; leave them"
              + " out");
    }
    boolean table = SourceSpec.hasColumns(config.dataset());
    if (!table && source.validation() instanceof DataPart.Named named && !isTest(named)) {
      throw new InvalidConfigException(
          "data.validation = "
              + named.name()
              + ": "
              + config.dataset()
              + " has no columns; set a fraction, a path with a / in it, or test");
    }
    source.group().ifPresent(column -> checkGroup(column, table));
    if (!table && labels() != LabelKind.CLASS) {
      throw new InvalidConfigException(
          "data.task = "
              + source.task()
              + " needs a table with a column of labels, as parquet, and data.dataset is "
              + config.dataset());
    }
    if (!table && source.shape().size() == 2) {
      throw new InvalidConfigException(
          "data.shape = "
              + source.shape()
              + " is of sequences, which come from tables, and data.dataset is "
              + config.dataset());
    }
    if (config.directory().isPresent()
        || config.trainExamples().isPresent()
        || config.testExamples().isPresent()) {
      throw new InvalidConfigException(
          "data.directory, data.train-examples and data.test-examples are of the sets with names,"
              + " and data.dataset is "
              + config.dataset()
              + "; leave them out");
    }
  }

  private void checkGroup(String column, boolean table) {
    String key = "data.group = " + column;
    if (!table) {
      throw new InvalidConfigException(
          key
              + " is a column, and data.dataset = "
              + config.dataset()
              + " has none; leave it out, and give data.validation a path of its own");
    }
    if (!mark().isEmpty()) {
      throw new InvalidConfigException(
          key
              + " keeps rows together where fractions are drawn, and data.validation = "
              + mark()
              + " says itself which rows are held out; set data.validation to a fraction, as 0.1,"
              + " or leave data.group out");
    }
    if (fraction(source.validation()) + fraction(source.test()) == 0) {
      throw new InvalidConfigException(
          key
              + " would change nothing, since neither data.validation nor data.test is a fraction"
              + " of data.train; set one, as data.validation = 0.1, or leave it out");
    }
  }

  /** What labels are. */
  LabelKind labels() {
    return switch (source.task()) {
      case "multi-label" -> LabelKind.SEVERAL;
      case "regression" -> LabelKind.NUMBERS;
      default -> LabelKind.CLASS;
    };
  }

  /** The part of the training data that is drawn for another; 0 if it is none. */
  static double fraction(DataPart part) {
    return part instanceof DataPart.Fraction fraction ? fraction.of() : 0;
  }

  /** The column that marks the validation part; empty if none does. */
  String mark() {
    return source.validation() instanceof DataPart.Named named && !isTest(named)
        ? named.name()
        : "";
  }
}
