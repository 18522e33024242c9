package org.lrsweep.data.idx;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.lrsweep.data.Dataset;
import org.lrsweep.data.InvalidDataException;

/** A directory that holds, or should hold, the four idx files of a published data set. */
public final class DatasetDirectory {

  private final HadoopFiles files;
  private final String directory;
  private final PublishedDataset dataset;
  private final IdxReader reader;

  public DatasetDirectory(HadoopFiles files, String directory, PublishedDataset dataset) {
    this.files = files;
    this.directory = directory;
    this.dataset = dataset;
    this.reader = new IdxReader(dataset.rows(), dataset.cols(), dataset.classNames().size());
  }

  /** The files that are neither there gzipped nor unpacked. */
  public List<IdxPart> missing() {
    return Arrays.stream(IdxPart.values()).filter(part -> find(part).isEmpty()).toList();
  }

  /** Reads the data set if all four files are there; they must be the published ones. */
  public Optional<Dataset> read() {
    return missing().isEmpty() ? Optional.of(readAll()) : Optional.empty();
  }

  /** Reads one file, which must be there and be the published one. */
  public IdxFile read(IdxPart part) {
    String file = find(part).orElseThrow(() -> new InvalidDataException(absence(List.of(part))));
    String name = directory + "/" + file;
    return check(part, name, open(file, name));
  }

  /**
   * Reads one file from a stream, and closes it.
   *
   * @throws InvalidDataException if it is not the published one
   */
  public IdxFile check(IdxPart part, String name, InputStream in) {
    IdxFile file = read(part, name, in);
    checkDigest(part, file);
    return file;
  }

  /** One sentence about files that are missing, and about others that may be meant by them. */
  public String absence(List<IdxPart> missing) {
    String near =
        missing.stream()
            .flatMap(part -> names().stream().filter(part::resembles).map(n -> meant(n, part)))
            .collect(Collectors.joining(", "));
    return "%s must hold %s (as .gz or unpacked), found %s%s into it or name another directory"
        .formatted(
            directory,
            String.join(", ", missing.stream().map(IdxPart::fileName).toList()),
            near.isEmpty() ? "no such file; fetch " : near + "; give files these names, fetch ",
            dataset.name());
  }

  private static String meant(String name, IdxPart part) {
    String expected = name.contains(".gz") ? part.packedFileName() : part.fileName();
    return "'%s' where the file '%s' is expected".formatted(name, expected);
  }

  private List<String> names() {
    try {
      return files.names(directory);
    } catch (IOException e) {
      throw unreadable(directory, e);
    }
  }

  private Dataset readAll() {
    IdxFile trainImages = read(IdxPart.TRAIN_IMAGES);
    IdxFile trainLabels = read(IdxPart.TRAIN_LABELS);
    IdxFile testImages = read(IdxPart.TEST_IMAGES);
    IdxFile testLabels = read(IdxPart.TEST_LABELS);
    return new Dataset(
        dataset.name(),
        IdxFile.sha256(List.of(trainImages, trainLabels, testImages, testLabels)),
        reader.pair(trainImages, trainLabels),
        reader.pair(testImages, testLabels),
        dataset.classNames());
  }

  private IdxFile read(IdxPart part, String name, InputStream in) {
    int examples = dataset.examples(part);
    return part.holdsImages()
        ? reader.readImages(name, in, examples)
        : reader.readLabels(name, in, examples);
  }

  private void checkDigest(IdxPart part, IdxFile file) {
    String expected = dataset.sha256().get(part);
    String found = file.sha256();

    if (!found.equals(expected)) {
      throw new InvalidDataException(
          "%s is not %s's: expected the SHA-256 %s of the unpacked bytes, found %s; replace it with an intact copy"
              .formatted(file.name(), dataset.name(), expected, found));
    }
  }

  private Optional<String> find(IdxPart part) {
    try {
      for (String file : List.of(part.packedFileName(), part.fileName())) {
        if (files.isFile(directory, file)) {
          return Optional.of(file);
        }
      }

      return files.names(directory).stream().filter(part::isNamed).findFirst();
    } catch (IOException e) {
      throw unreadable(directory, e);
    }
  }

  private InputStream open(String file, String name) {
    try {
      return files.open(directory, file);
    } catch (IOException e) {
      throw unreadable(name, e);
    }
  }

  private static InvalidDataException unreadable(String what, IOException cause) {
    return new InvalidDataException(
        what + " cannot be read: " + cause + "; check the path and its permissions", cause);
  }
}
