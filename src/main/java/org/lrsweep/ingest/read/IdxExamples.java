package org.lrsweep.ingest.read;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.SerializableConfiguration;
import org.lrsweep.data.BilinearResize;
import org.lrsweep.data.InvalidDataException;
import org.lrsweep.storage.HadoopPath;

/**
 * A pair of idx files, of any rank and element type, features and labels. A file that isn't packed
 * is read in pieces by several tasks, one that is by one.
 */
final class IdxExamples {
  private static final int PIECE_BYTES = 32 << 20;
  private static final int GZIP_MAGIC = 0x1f8b;

  private final JavaSparkContext spark;
  private final SourceSpec spec;

  IdxExamples(SparkSession session, SourceSpec spec) {
    spark = JavaSparkContext.fromSparkContext(session.sparkContext());
    this.spec = spec;
  }

  JavaRDD<DecodedExample> read() {
    Configuration hadoop = spark.hadoopConfiguration();
    try {
      List<String> files = files(hadoop);
      File features = File.open(files.get(0), hadoop);
      File labels = File.open(files.get(1), hadoop);
      if (features.header.examples() != labels.header.examples() || labels.header.elements() != 1) {
        throw new InvalidDataException(
            "%s and %s must hold equally many examples with one label each, found %s examples and labels of dimensions %s; replace both with intact copies"
                .formatted(
                    features.name,
                    labels.name,
                    features.header.examples(),
                    Arrays.toString(labels.header.dimensions())));
      }
      SerializableConfiguration configuration = new SerializableConfiguration(hadoop);
      SourceSpec wanted = spec;
      List<Piece> pieces = pieces(features, labels);
      return spark
          .parallelize(pieces, pieces.size())
          .flatMap(piece -> piece.read(configuration.value(), wanted));
    } catch (IOException e) {
      throw new InvalidDataException(
          "idx files in "
              + String.join(", ", spec.paths())
              + " can't be read: "
              + e.getMessage()
              + "; see to data.train, data.test and data.validation",
          e);
    }
  }

  private List<String> files(Configuration hadoop) throws IOException {
    if (spec.paths().size() == 2) {
      return spec.paths();
    }
    if (spec.paths().size() != 1 || spec.part() == SourceSpec.Part.VALIDATION) {
      throw new InvalidDataException(
          "idx needs a folder with MNIST's file names, or { images = ..., labels = ... }; found "
              + spec.paths());
    }
    String prefix = spec.part() == SourceSpec.Part.TRAIN ? "train" : "t(10k|est)";
    Path folder = HadoopPath.of(spec.paths().get(0));
    FileStatus[] found = folder.getFileSystem(hadoop).listStatus(folder);
    List<String> files = new ArrayList<>();
    for (String kind : List.of("images", "labels")) {
      List<String> matching =
          Arrays.stream(found)
              .map(FileStatus::getPath)
              .filter(path -> path.getName().matches(".*" + prefix + "[-.]" + kind + "[-.]idx.*"))
              .map(Path::toString)
              .sorted()
              .toList();
      if (matching.isEmpty()) {
        throw new InvalidDataException(
            "%s has no file as %s-%s-idx3-ubyte; name the files by { images = ..., labels = ... }"
                .formatted(folder, prefix.equals("train") ? "train" : "t10k", kind));
      }
      files.add(matching.get(0));
    }
    return files;
  }

  private static List<Piece> pieces(File features, File labels) {
    long exampleBytes = (long) features.header.elements() * features.header.elementBytes();
    int examples = features.header.examples();
    int each = features.packed ? examples : (int) Math.max(1, PIECE_BYTES / exampleBytes);
    List<Piece> pieces = new ArrayList<>();
    for (int from = 0; from < examples; from += each) {
      pieces.add(new Piece(features, labels, from, Math.min(each, examples - from)));
    }
    return pieces;
  }

  /** An idx file, gzipped or not. */
  private record File(String name, boolean packed, IdxHeader header) implements Serializable {
    static File open(String name, Configuration hadoop) throws IOException {
      Path path = HadoopPath.of(name);
      FileSystem files = path.getFileSystem(hadoop);
      boolean packed;
      try (DataInputStream in = new DataInputStream(files.open(path))) {
        packed = in.readUnsignedShort() == GZIP_MAGIC;
      } catch (EOFException e) {
        throw new InvalidDataException(name + " is empty; replace it with an intact copy", e);
      }
      try (DataInputStream in = stream(path, packed, 0, hadoop)) {
        IdxHeader header = IdxHeader.read(name, in);
        long expected =
            header.bytes() + (long) header.examples() * header.elements() * header.elementBytes();
        long found = files.getFileStatus(path).getLen();
        if (!packed && found != expected) {
          throw new InvalidDataException(
              "%s must have %s bytes by its header, found %s; replace it with an intact copy"
                  .formatted(name, expected, found));
        }
        return new File(path.toString(), packed, header);
      }
    }

    private static DataInputStream stream(
        Path path, boolean packed, long from, Configuration hadoop) throws IOException {
      FSDataInputStream raw = path.getFileSystem(hadoop).open(path);
      if (!packed) {
        raw.seek(from);
        return new DataInputStream(new BufferedInputStream(raw, 1 << 16));
      }
      InputStream unpacked = new BufferedInputStream(new GZIPInputStream(raw, 1 << 16), 1 << 16);
      unpacked.skipNBytes(from);
      return new DataInputStream(unpacked);
    }

    DataInputStream from(int example, Configuration hadoop) throws IOException {
      long bytes = (long) example * header.elements() * header.elementBytes();
      return stream(new Path(name), packed, header.bytes() + bytes, hadoop);
    }
  }

  @DefaultSerializer(JavaSerializer.class)
  private record Piece(File features, File labels, int from, int count) implements Serializable {

    Iterator<DecodedExample> read(Configuration hadoop, SourceSpec spec) throws IOException {
      DataInputStream values = features.from(from, hadoop);
      DataInputStream classes = labels.from(from, hadoop);
      return new Iterator<>() {
        private int read;

        @Override
        public boolean hasNext() {
          return read < count;
        }

        @Override
        public DecodedExample next() {
          try {
            DecodedExample example = example(values, classes, spec, from + read++);
            if (read == count) {
              values.close();
              classes.close();
            }
            return example;
          } catch (IOException e) {
            throw new InvalidDataException(
                "%s or %s is damaged at example %s: %s; replace it with an intact copy"
                    .formatted(features.name, labels.name, from + read, e),
                e);
          }
        }
      };
    }

    private DecodedExample example(
        DataInputStream values, DataInputStream classes, SourceSpec spec, int number)
        throws IOException {
      IdxHeader header = features.header;
      double found = labels.header.element(classes);
      byte[] pixels = new byte[header.holdsImages() ? header.elements() : 0];
      double[] numbers = new double[header.elements() - pixels.length];
      values.readFully(pixels);
      for (int i = 0; i < numbers.length; i++) {
        numbers[i] = header.element(values);
      }
      if (found != Math.rint(found)) {
        return unusable(
            BadRow.LABEL, number, "has the label " + found + ", which is no whole number");
      }
      String label = Labels.whole("labels", found);
      if (header.holdsImages()) {
        return image(pixels, label, spec, number);
      }
      for (double each : numbers) {
        if (!Float.isFinite((float) each)) {
          return unusable(
              BadRow.NOT_FINITE, number, "has " + each + ", which is no finite 32-bit number");
        }
      }
      if (spec.length() >= 0 && numbers.length != spec.length()) {
        return unusable(
            BadRow.LENGTH,
            number,
            "has " + numbers.length + " numbers, and data.shape is " + spec.shape());
      }
      return DecodedExample.ofNumbers(label, spec.shapeOf(numbers.length), numbers);
    }

    private DecodedExample image(byte[] pixels, String label, SourceSpec spec, int number) {
      int[] sizes = features.header.dimensions();
      int channels = sizes.length == 4 ? sizes[1] : 1;
      int wanted = spec.channels() == 0 ? channels : spec.channels();
      if (wanted != channels && channels != 1) {
        return unusable(
            BadRow.LENGTH,
            number,
            "has " + channels + " channels, and data.shape is " + spec.shape());
      }
      int height = sizes[sizes.length - 2];
      int width = sizes[sizes.length - 1];
      byte[] planes = wanted == channels ? pixels : ImageDecoder.repeated(pixels, wanted);
      return DecodedExample.ofBytes(
          label,
          new int[] {wanted, spec.height(), spec.width()},
          BilinearResize.resize(planes, wanted, height, width, spec.height(), spec.width()));
    }

    private DecodedExample unusable(BadRow kind, int number, String problem) {
      return DecodedExample.unusable(kind, features.name + ": example " + number + " " + problem);
    }
  }
}
