package org.lrsweep.ingest;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.lrsweep.data.Augmentation;
import org.lrsweep.data.InvalidDataException;
import org.lrsweep.ingest.read.BadRow;
import org.lrsweep.ingest.read.LabelKind;
import org.lrsweep.ingest.read.ValueType;
import org.lrsweep.storage.Sha256;
import org.lrsweep.training.examples.WorkerExamples;

/**
 * A user's data, read once and divided on the executors. Only counts, labels and statistics pass
 * through the driver.
 *
 * <p>Parts, shares and orders follow from the examples' content and the seed alone: not from the
 * files they lie in, nor from the number of partitions and executors.
 *
 * <p>Thread-safe.
 */
public final class PartitionedData implements AutoCloseable {
  private final String id = UUID.randomUUID().toString();
  private final String name;
  private final Map<Part, KeyedExamples> sets = new EnumMap<>(Part.class);
  private final Map<Part, SetPart> parts;
  private final Map<Part, Map<String, Long>> counts;
  private final List<String> columns;
  private final List<String> classes;
  private final LabelKind labels;
  private final int[] shape;
  private final Scaling scaling;
  private final Notices notices = new Notices();

  /**
   * Reads and divides the data.
   *
   * @throws InvalidDataException if it can't be read or trained on as it is
   */
  public static PartitionedData read(JavaSparkContext spark, PartitionRequest request) {
    try {
      return new PartitionedData(spark, request);
    } catch (InvalidDataException e) {
      throw e;
    } catch (RuntimeException e) {
      throw new InvalidDataException(request.name() + " can't be read: " + FailedRead.reason(e), e);
    } catch (Exception e) { // Spark's exceptions are checked, which Scala does not say
      throw new InvalidDataException(request.name() + " can't be read: " + FailedRead.reason(e), e);
    }
  }

  private PartitionedData(JavaSparkContext spark, PartitionRequest request) {
    name = request.name();
    columns = request.columns();
    sets.put(Part.TRAIN, new KeyedExamples(request.train()));
    request.validation().ifPresent(set -> sets.put(Part.VALIDATION, new KeyedExamples(set)));
    request.test().ifPresent(set -> sets.put(Part.TEST, new KeyedExamples(set)));
    Map<String, SetSummary> named = new LinkedHashMap<>();
    sets.forEach((part, set) -> named.put(part.name().toLowerCase(Locale.ROOT), set.summary()));
    named.forEach((part, set) -> SetCheck.rows(part, set, request.skipsBadRows()));
    classes = LabelCheck.names(named, request);
    labels = request.labels();
    shape = SetCheck.shape(named);
    if (request.scaling() == Scaling.Kind.UNIT) {
      named.forEach(SetCheck::unit);
    }
    named.forEach(notices::add);
    Storage storage =
        Storage.of(
            Storage.Kind.valueOf(request.storage().toUpperCase(Locale.ROOT)), spark.getConf());
    Division division = new Division(id, sets, shape, labels, classes, storage, notices);
    Optional<Moments> moments = division.divide(request);
    SetCheck.parts(division.counts(), labels == LabelKind.CLASS ? classes : List.of(), request);
    division.addOtherSets();
    parts = division.parts();
    counts = division.counts();
    scaling =
        switch (request.scaling()) {
          case NONE -> Scaling.none();
          case UNIT -> Scaling.unit();
          case STANDARDIZE ->
              new Scaling(moments.orElseThrow().means(), moments.orElseThrow().deviations());
        };
  }

  /** What tables call it. */
  public String name() {
    return name;
  }

  /**
   * The SHA-256 of all features and labels that were read, in hexadecimal; the same for the same
   * examples in whatever files, formats and order.
   */
  public String sha256() {
    StringBuilder all = new StringBuilder();
    sets.values().stream().distinct().forEach(set -> all.append(set.summary().sha256()));
    byte[] texts = all.toString().getBytes(StandardCharsets.US_ASCII);
    return HexFormat.of().formatHex(Sha256.digest().digest(texts));
  }

  /** The columns of the features, in their order; empty of images and idx. */
  public List<String> columns() {
    return columns;
  }

  /** The names of classes, labels or numbers in the order of the network's outputs. */
  public List<String> classes() {
    return classes;
  }

  /** What labels are. */
  public LabelKind labelKind() {
    return labels;
  }

  /** What examples are counted by: their classes, or what labels look like that are no classes. */
  public List<String> countedLabels() {
    return labels == LabelKind.CLASS ? classes : List.copyOf(counts(Part.TRAIN).keySet());
  }

  /** [channels, height, width], [channels, most steps] or [length]. */
  public int[] shape() {
    return shape.clone();
  }

  /** What is done to the numbers before they are trained on. */
  public Scaling scaling() {
    return scaling;
  }

  /** Sentences about what was found. */
  public List<String> notices() {
    return notices.sentences();
  }

  /** How many rows of all sets were left out, by why; empty if none was. */
  public SortedMap<BadRow, Long> skipped() {
    SortedMap<BadRow, Long> all = new TreeMap<>();
    sets.values().stream()
        .distinct()
        .forEach(
            set ->
                set.summary()
                    .unusableRows()
                    .forEach((kind, count) -> all.merge(kind, count, Long::sum)));
    return all;
  }

  /** How many examples of a part have each label; empty if there is no such part. */
  public Map<String, Long> counts(Part part) {
    return counts.getOrDefault(part, Map.of());
  }

  /** How many examples a part has; 0 if there is no such part. */
  public int size(Part part) {
    return parts.containsKey(part) ? parts.get(part).size() : 0;
  }

  /**
   * The training part, in a new order each epoch.
   *
   * @param workers how many share each batch, {@code >= 1}
   * @param augmentation what is done to images anew in each epoch
   * @param seed of order and augmentation
   */
  public JavaRDD<WorkerExamples> training(int workers, Augmentation augmentation, long seed) {
    return shares(Part.TRAIN, workers, new ShareUse(true, scaling, augmentation, seed));
  }

  /**
   * A part to be classified.
   *
   * @param pieces that are classified side by side, {@code >= 1}
   * @throws IllegalArgumentException if there is no such part
   */
  public JavaRDD<WorkerExamples> examples(Part part, int pieces) {
    if (!parts.containsKey(part)) {
      throw new IllegalArgumentException("There is no " + part + " part");
    }
    return shares(part, pieces, new ShareUse(false, scaling, Augmentation.none(), 0));
  }

  private JavaRDD<WorkerExamples> shares(Part part, int workers, ShareUse use) {
    return parts.get(part).shares(sets.get(part).buckets(), workers, use).toJavaRDD();
  }

  /** The lowest and the highest number of a part's set. */
  public double[] range(Part part) {
    SetSummary set = sets.get(part).summary();
    return new double[] {set.min(), set.max()};
  }

  /** How the numbers of a part's set are kept. */
  public ValueType type(Part part) {
    return parts.get(part).layout().type();
  }

  /** Bytes that a part's examples take, of all its workers' shares together. */
  public long bytes(Part part) {
    return (long) parts.get(part).layout().recordBytes() * size(part);
  }

  /**
   * The heap above which an executor keeps a part's shares in memory under {@code data.storage =
   * auto}, in bytes.
   *
   * @param workers that share it, {@code >= 1}
   */
  public long heapForMemory(Part part, int workers) {
    return parts.get(part).storage().heapForMemory(bytes(part) / workers, workers);
  }

  /**
   * The first examples of the training part in the canonical order, which is random itself.
   *
   * @param augmentation what is done to images in epoch 0
   * @param seed of the augmentation
   */
  public List<SampledExample> first(int count, Augmentation augmentation, long seed) {
    SetPart part = parts.get(Part.TRAIN);
    List<byte[]> records = part.first(sets.get(Part.TRAIN).buckets(), count);
    ShareUse use = new ShareUse(false, scaling, augmentation, seed);
    List<SampledExample> found = new ArrayList<>();
    for (int i = 0; i < records.size(); i++) {
      String label = part.layout().labelOf(records.get(i), classes);
      found.add(SampledExample.of(label, part.layout(), records.get(i), use, i));
    }
    return found;
  }

  /** Lets go of what this JVM keeps of it; executors do when their memory gets short. */
  @Override
  public void close() {
    ShareStore.forget(id);
  }
}
