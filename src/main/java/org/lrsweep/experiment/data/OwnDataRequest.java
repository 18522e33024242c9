package org.lrsweep.experiment.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.lrsweep.config.DataConfig;
import org.lrsweep.config.DataPart;
import org.lrsweep.config.InvalidConfigException;
import org.lrsweep.config.SourceConfig;
import org.lrsweep.data.load.DatasetChoice;
import org.lrsweep.partitioned.PartitionRequest;
import org.lrsweep.partitioned.PartitionedData;
import org.lrsweep.partitioned.Scaling;
import org.lrsweep.partitioned.read.DecodedExample;
import org.lrsweep.partitioned.read.ExampleReader;
import org.lrsweep.partitioned.read.LabelKind;
import org.lrsweep.partitioned.read.SourceSpec;

/** What an experiment's keys say of a user's own data. */
public final class OwnDataRequest {
  private static final String TEST = "test";

  private final DataConfig config;
  private final SourceConfig source;
  private final long seed;

  private OwnDataRequest(DataConfig config, long seed) {
    this.config = config;
    this.source = config.source();
    this.seed = seed;
  }

  /**
   * The request; empty for a set that has a name.
   *
   * @throws InvalidConfigException if keys contradict each other
   */
  public static Optional<OwnDataRequest> of(DataConfig config, long seed) {
    boolean named =
        Arrays.stream(DatasetChoice.values()).anyMatch(set -> set.key().equals(config.dataset()));
    if (named) {
      refuseOwnKeys(config);
      return Optional.empty();
    }
    OwnDataRequest request = new OwnDataRequest(config, seed);
    request.check();
    return Optional.of(request);
  }

  private static void refuseOwnKeys(DataConfig config) {
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

  private void check() {
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

  private LabelKind labels() {
    return switch (source.task()) {
      case "multi-label" -> LabelKind.SEVERAL;
      case "regression" -> LabelKind.NUMBERS;
      default -> LabelKind.CLASS;
    };
  }

  /** Reads the data. */
  public PartitionedData read(JavaSparkContext spark) {
    ExampleReader reader =
        new ExampleReader(SparkSession.builder().sparkContext(spark.sc()).getOrCreate());
    SourceSpec train = spec(source.train(), SourceSpec.Part.TRAIN, source.features());
    // Another part's table may have its columns in another order, or more of them.
    List<String> features = reader.features(train);
    return PartitionedData.read(
        spark,
        new PartitionRequest(
            name(),
            reader.read(train),
            set(reader, source.test(), SourceSpec.Part.TEST, features),
            set(reader, source.validation(), SourceSpec.Part.VALIDATION, features),
            fraction(source.test()),
            fraction(source.validation()),
            !mark().isEmpty(),
            source.group().orElse(""),
            features,
            labels(),
            source.label(),
            source.classes(),
            Scaling.Kind.valueOf(source.scaling().toUpperCase(Locale.ROOT)),
            source.storage(),
            source.onBadRows().equals("skip"),
            seed));
  }

  /** All paths that are read; none of tables, which Spark knows by their names. */
  public List<String> places() {
    if (config.dataset().equals(SourceSpec.TABLE)) {
      return List.of();
    }
    List<String> all = new ArrayList<>(paths(source.train()));
    all.addAll(paths(source.test()));
    all.addAll(paths(source.validation()));
    return all;
  }

  /** The end of the training data's path: enough to tell it apart, and no more to hide. */
  private String name() {
    Path path = new Path(paths(source.train()).get(0));
    return path.getParent() == null || path.getParent().getName().isEmpty()
        ? path.getName()
        : path.getParent().getName() + "/" + path.getName();
  }

  private static Optional<JavaRDD<DecodedExample>> none() {
    return Optional.empty();
  }

  private Optional<JavaRDD<DecodedExample>> set(
      ExampleReader reader, DataPart part, SourceSpec.Part which, List<String> features) {
    return paths(part).isEmpty() ? none() : Optional.of(reader.read(spec(part, which, features)));
  }

  private static double fraction(DataPart part) {
    return part instanceof DataPart.Fraction fraction ? fraction.of() : 0;
  }

  private static List<String> paths(DataPart part) {
    if (part instanceof DataPart.Paths some) {
      return some.paths();
    }
    return part instanceof DataPart.IdxFiles files
        ? List.of(files.images(), files.labels())
        : List.of();
  }

  private String mark() {
    return source.validation() instanceof DataPart.Named named && !isTest(named)
        ? named.name()
        : "";
  }

  private SourceSpec spec(DataPart part, SourceSpec.Part which, List<String> features) {
    return new SourceSpec(
        config.dataset(),
        paths(part),
        which,
        source.options(),
        features,
        source.label(),
        labels(),
        which == SourceSpec.Part.TRAIN ? mark() : "",
        which == SourceSpec.Part.TRAIN ? source.group().orElse("") : "",
        source.shape(),
        config.imageSize());
  }
}
