package org.lrsweep.data.load;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.lrsweep.data.Dataset;
import org.lrsweep.data.InvalidDataException;
import org.lrsweep.data.garments.GeneratedGarments;
import org.lrsweep.data.idx.DatasetDirectory;
import org.lrsweep.data.idx.FashionMnist;
import org.lrsweep.data.idx.HadoopFiles;
import org.lrsweep.data.idx.IdxPart;
import org.lrsweep.data.idx.PublishedDataset;

/**
 * Finds and reads data sets.
 *
 * <p>Fashion-MNIST comes from the first of these: the directory that the request names (and then
 * only from there), FASHION_MNIST_DIR, a cache in the user's home, a download into that cache. What
 * is read must have the published checksums. The generated garments take its place only if the
 * choice is {@link DatasetChoice#AUTO} and it is nowhere to be had; files that are there but
 * damaged are an error.
 */
public final class DatasetLoader {

  /** The largest file is published with 26 MB. */
  private static final long MAX_DOWNLOAD_BYTES = 64L << 20;

  private final DatasetLocations locations;
  private final HadoopFiles files;
  private final Consumer<String> notices;
  private final PublishedDataset published;

  /**
   * Makes a loader.
   *
   * @param locations where to look
   * @param files opens the directories
   * @param notices takes one sentence for each thing that the user should know: a download, a place
   *     that lacks files, the fallback
   */
  public DatasetLoader(DatasetLocations locations, HadoopFiles files, Consumer<String> notices) {
    this(locations, files, notices, FashionMnist.PUBLISHED);
  }

  DatasetLoader(
      DatasetLocations locations,
      HadoopFiles files,
      Consumer<String> notices,
      PublishedDataset published) {
    this.locations = locations;
    this.files = files;
    this.notices = notices;
    this.published = published;
  }

  /**
   * Loads a data set.
   *
   * @throws InvalidDataException if it is damaged, or cannot be had and there is no fallback
   * @throws IllegalArgumentException if more examples are asked for than it has
   */
  public Dataset load(DatasetRequest request) {
    Dataset dataset =
        switch (request.choice()) {
          case GENERATED_GARMENTS -> generated(request);
          case FASHION_MNIST -> loadPublished(request);
          case AUTO -> loadPublishedOrGenerate(request);
        };
    return dataset.first(request.trainExamples(), request.testExamples());
  }

  /**
   * Downloads what the cache lacks, and checks all of it.
   *
   * @return the cache's directory
   * @throws InvalidDataException if a file cannot be had, or is not the published one
   */
  public Path fetch() {
    try {
      downloadMissing();
    } catch (IOException e) {
      throw new InvalidDataException(unavailable(e), e);
    }

    for (FileCheck check : verify(localUri(locations.cache()))) {
      if (!check.isIntact()) {
        throw new InvalidDataException(check.problem().get());
      }
    }

    return locations.cache();
  }

  /**
   * Checks the four files in a directory.
   *
   * @param directory a path or URI of any Hadoop file system
   */
  public List<FileCheck> verify(String directory) {
    DatasetDirectory place = new DatasetDirectory(files, directory, published);
    return Arrays.stream(IdxPart.values()).map(part -> check(place, part)).toList();
  }

  private static FileCheck check(DatasetDirectory directory, IdxPart part) {
    try {
      directory.read(part);
      return new FileCheck(part.fileName(), Optional.empty());
    } catch (InvalidDataException e) {
      return new FileCheck(part.fileName(), Optional.of(e.getMessage()));
    }
  }

  private Dataset loadPublished(DatasetRequest request) {
    try {
      return findPublished(request);
    } catch (IOException e) {
      throw new InvalidDataException(unavailable(e), e);
    }
  }

  private Dataset loadPublishedOrGenerate(DatasetRequest request) {
    if (request.directory().isPresent()) {
      return loadPublished(request);
    }

    try {
      return findPublished(request);
    } catch (IOException e) {
      notices.accept(
          "%s cannot be had (%s). Training on %s instead: images drawn by a program, whose results say nothing about %s."
              .formatted(
                  published.name(), e.getMessage(), GeneratedGarments.NAME, published.name()));
      return generated(request);
    }
  }

  /** No more than is asked for, since it is drawn. */
  private static Dataset generated(DatasetRequest request) {
    return GeneratedGarments.dataset(request.trainExamples(), request.testExamples());
  }

  /**
   * Reads the published data set from the first place that has it.
   *
   * @throws IOException if it is nowhere and cannot be downloaded
   */
  private Dataset findPublished(DatasetRequest request) throws IOException {
    if (request.directory().isPresent()) {
      return readAll(new DatasetDirectory(files, request.directory().get(), published));
    }

    Optional<Dataset> dataset = readEnvironmentDirectory();

    if (dataset.isPresent()) {
      return dataset.get();
    }

    downloadMissing();
    return readAll(directory(locations.cache()));
  }

  private static Dataset readAll(DatasetDirectory directory) {
    return directory
        .read()
        .orElseThrow(() -> new InvalidDataException(directory.absence(directory.missing())));
  }

  private Optional<Dataset> readEnvironmentDirectory() {
    if (locations.environmentDirectory().isEmpty()) {
      return Optional.empty();
    }

    DatasetDirectory place = directory(locations.environmentDirectory().get());
    Optional<Dataset> dataset = place.read();

    if (dataset.isEmpty()) {
      notices.accept(
          "%s is set, but %s; looking on"
              .formatted(DatasetLocations.DIRECTORY_VARIABLE, place.absence(place.missing())));
    }

    return dataset;
  }

  private void downloadMissing() throws IOException {
    DatasetDirectory cache = directory(locations.cache());
    List<IdxPart> missing = cache.missing();

    if (missing.isEmpty()) {
      return;
    }

    notices.accept(
        "Downloading %s from %s to %s"
            .formatted(published.name(), locations.publisher(), locations.cache()));
    Downloader downloader = new Downloader(MAX_DOWNLOAD_BYTES);

    for (IdxPart part : missing) {
      URI source = locations.publisher().resolve(part.packedFileName());
      downloader.fetch(
          source,
          locations.cache().resolve(part.packedFileName()),
          file -> cache.check(part, source.toString(), Files.newInputStream(file)));
    }
  }

  private DatasetDirectory directory(Path local) {
    return new DatasetDirectory(files, localUri(local), published);
  }

  /** Hadoop's paths are not percent-encoded, so {@link Path#toUri} will not do. */
  private static String localUri(Path path) {
    return "file://" + path.toAbsolutePath();
  }

  private String unavailable(IOException cause) {
    return "%s cannot be had: it is neither in %s nor in %s, and %s; fetch its four files by other means and name their directory, or choose %s"
        .formatted(
            published.name(),
            locations
                .environmentDirectory()
                .map(Path::toString)
                .orElse(DatasetLocations.DIRECTORY_VARIABLE + " (not set)"),
            locations.cache(),
            cause.getMessage(),
            GeneratedGarments.NAME);
  }
}
