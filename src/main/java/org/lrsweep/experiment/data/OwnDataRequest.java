package org.lrsweep.experiment.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.lrsweep.config.DataConfig;
import org.lrsweep.config.DataPart;
import org.lrsweep.config.InvalidConfigException;
import org.lrsweep.config.SourceConfig;
import org.lrsweep.data.load.DatasetChoice;
import org.lrsweep.ingest.PartitionRequest;
import org.lrsweep.ingest.PartitionedData;
import org.lrsweep.ingest.Scaling;
import org.lrsweep.ingest.read.DecodedExample;
import org.lrsweep.ingest.read.ExampleReader;
import org.lrsweep.ingest.read.SourceSpec;

/** What an experiment's keys say of a user's own data. */
public final class OwnDataRequest {
  private final DataConfig config;
  private final SourceConfig source;
  private final OwnDataKeys keys;
  private final long seed;

  private OwnDataRequest(DataConfig config, long seed) {
    this.config = config;
    this.source = config.source();
    keys = new OwnDataKeys(config);
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
      OwnDataKeys.refuse(config);
      return Optional.empty();
    }
    OwnDataRequest request = new OwnDataRequest(config, seed);
    request.keys.check();
    return Optional.of(request);
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
            OwnDataKeys.fraction(source.test()),
            OwnDataKeys.fraction(source.validation()),
            !keys.mark().isEmpty(),
            source.group().orElse(""),
            features,
            keys.labels(),
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

  private static List<String> paths(DataPart part) {
    if (part instanceof DataPart.Paths some) {
      return some.paths();
    }
    return part instanceof DataPart.IdxFiles files
        ? List.of(files.images(), files.labels())
        : List.of();
  }

  private SourceSpec spec(DataPart part, SourceSpec.Part which, List<String> features) {
    return new SourceSpec(
        config.dataset(),
        paths(part),
        which,
        source.options(),
        features,
        source.label(),
        keys.labels(),
        which == SourceSpec.Part.TRAIN ? keys.mark() : "",
        which == SourceSpec.Part.TRAIN ? source.group().orElse("") : "",
        source.shape(),
        config.imageSize());
  }
}
