package org.lrsweep.data.load;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lrsweep.data.Dataset;
import org.lrsweep.data.ImageSet;
import org.lrsweep.data.InvalidDataException;
import org.lrsweep.data.garments.GeneratedGarments;
import org.lrsweep.data.idx.FashionMnist;
import org.lrsweep.data.idx.HadoopFiles;
import org.lrsweep.data.idx.IdxFile;
import org.lrsweep.data.idx.IdxPart;
import org.lrsweep.data.idx.IdxReaderTest;
import org.lrsweep.data.idx.PublishedDataset;
import org.lrsweep.testing.TriedInput;

/** With a small published data set, on a server of its own. */
class DatasetLoaderTest {

  private static final ImageSet TRAIN = GeneratedGarments.train(30);
  private static final ImageSet TEST = GeneratedGarments.test(10);

  private final Map<IdxPart, IdxFile> parts = new EnumMap<>(IdxPart.class);
  private final Map<String, byte[]> served = new HashMap<>();
  private final List<String> notices = new ArrayList<>();
  private HttpServer server;
  private PublishedDataset published;

  @TempDir private Path temporary;
  private Path folder;

  @BeforeEach
  void publish() throws IOException {
    // A URI that is percent-encoded, or read as if it were, names another folder.
    folder = Files.createDirectory(temporary.resolve("a folder%20"));
    parts.put(IdxPart.TRAIN_IMAGES, IdxFile.ofImages("train images", TRAIN));
    parts.put(IdxPart.TRAIN_LABELS, IdxFile.ofLabels("train labels", TRAIN));
    parts.put(IdxPart.TEST_IMAGES, IdxFile.ofImages("test images", TEST));
    parts.put(IdxPart.TEST_LABELS, IdxFile.ofLabels("test labels", TEST));
    Map<IdxPart, String> digests = new EnumMap<>(IdxPart.class);
    parts.forEach((part, file) -> digests.put(part, file.sha256()));
    published = new PublishedDataset("small", FashionMnist.CLASS_NAMES, 28, 28, 30, 10, digests);

    for (IdxPart part : IdxPart.values()) {
      served.put("/" + part.packedFileName(), IdxReaderTest.gzip(unpacked(part)));
    }

    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          byte[] body = served.get(exchange.getRequestURI().getPath());
          exchange.sendResponseHeaders(body == null ? 404 : 200, body == null ? -1 : body.length);

          if (body != null) {
            exchange.getResponseBody().write(body);
          }

          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void readsTheDirectoryOfTheRequest() throws IOException {
    write(folder.resolve("config"));

    Dataset dataset = loader(Optional.empty()).load(request(folder.resolve("config").toString()));

    assertThat(dataset.name()).isEqualTo("small");
    assertThat(dataset.train().pixels()).containsExactly(TRAIN.pixels());
    assertThat(dataset.test().labels()).containsExactly(TEST.labels());
    assertThat(dataset.sha256()).isEqualTo(IdxFile.sha256(List.copyOf(parts.values())));
    assertThat(notices).isEmpty();
  }

  @Test
  void readsUnpackedFilesFromAUri() throws IOException {
    Path directory = Files.createDirectories(folder.resolve("unpacked"));

    for (IdxPart part : IdxPart.values()) {
      Files.write(directory.resolve(part.fileName()), unpacked(part));
    }

    assertThat(loader(Optional.empty()).load(request("file://" + directory)).name())
        .isEqualTo("small");
  }

  @Test
  @TriedInput(
      input = "a data directory without some of the files",
      gets =
          "... must hold t10k-images-idx3-ubyte, t10k-labels-idx1-ubyte (as .gz or unpacked), found no such file; ...")
  void refusesADirectoryWithoutTheFiles() throws IOException {
    Path directory = write(folder.resolve("config"));
    Files.delete(directory.resolve("t10k-labels-idx1-ubyte.gz"));
    Files.delete(directory.resolve("t10k-images-idx3-ubyte.gz"));

    assertThatThrownBy(() -> loader(Optional.empty()).load(request(directory.toString())))
        .isInstanceOf(InvalidDataException.class)
        .hasMessage(
            directory
                + " must hold t10k-images-idx3-ubyte, t10k-labels-idx1-ubyte (as .gz or unpacked),"
                + " found no such file; fetch small into it or name another directory");
  }

  /** 7-Zip writes a dot before {@code idx}; the digest says whether it is the file. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "train-images.idx3-ubyte",
        "TRAIN-IMAGES-IDX3-UBYTE",
        "Train-Images.Idx3-Ubyte.gz"
      })
  @TriedInput(
      input = "`train-images.idx3-ubyte` or capitals, as unpackers rename idx files",
      gets = "is read as train-images-idx3-ubyte, by its digest")
  void readsFilesThatToolsRenamed(String name) throws IOException {
    Path directory = write(folder.resolve("config"));
    Files.move(directory.resolve("train-images-idx3-ubyte.gz"), directory.resolve(name));

    assertThat(loader(Optional.empty()).load(request(directory.toString())).name())
        .isEqualTo("small");
  }

  @Test
  @TriedInput(
      input = "`train-images-idx3-ubyte (1).gz`, a browser's second copy",
      gets =
          "... found 'train-images-idx3-ubyte (1).gz' where the file 'train-images-idx3-ubyte.gz' is expected ...; give files these names, ...")
  void namesFilesThatMayBeMeant() throws IOException {
    Path directory = write(folder.resolve("config"));
    Files.move(
        directory.resolve("train-images-idx3-ubyte.gz"),
        directory.resolve("train-images-idx3-ubyte (1).gz"));
    Files.delete(directory.resolve("t10k-labels-idx1-ubyte.gz"));
    Files.createDirectory(directory.resolve("t10k-labels-idx1-ubyte"));

    assertThatThrownBy(() -> loader(Optional.empty()).load(request(directory.toString())))
        .isInstanceOf(InvalidDataException.class)
        .hasMessage(
            directory
                + " must hold train-images-idx3-ubyte, t10k-labels-idx1-ubyte (as .gz or unpacked),"
                + " found 'train-images-idx3-ubyte (1).gz' where the file"
                + " 'train-images-idx3-ubyte.gz' is expected, 't10k-labels-idx1-ubyte/' where the"
                + " file 't10k-labels-idx1-ubyte' is expected; give files these names, fetch small"
                + " into it or name another directory");
  }

  @Test
  @TriedInput(
      input = "another data set under Fashion-MNIST's names",
      gets =
          "... is not fashion-mnist's: expected the SHA-256 ... of the unpacked bytes, found ...")
  void refusesAnotherDataSet() throws IOException {
    Path directory = write(folder.resolve("config"));
    ImageSet others = TRAIN.subset(new int[TRAIN.size()]);
    Path file = directory.resolve("train-images-idx3-ubyte.gz");
    IdxFile images = IdxFile.ofImages("others", others);
    Files.write(file, IdxReaderTest.gzip(unpacked(images)));

    assertThatThrownBy(() -> loader(Optional.empty()).load(request(directory.toString())))
        .isInstanceOf(InvalidDataException.class)
        .hasMessage(
            file
                + " is not small's: expected the SHA-256 "
                + parts.get(IdxPart.TRAIN_IMAGES).sha256()
                + " of the unpacked bytes, found "
                + images.sha256()
                + "; replace it with an intact copy");
  }

  @Test
  @TriedInput(
      input = "`data.directory=nosuch://host/data`",
      gets = "nosuch://host/data cannot be read: ... No FileSystem for scheme ...")
  void refusesAUriOfAnUnknownFileSystem() {
    assertThatThrownBy(() -> loader(Optional.empty()).load(request("nosuch://host/data")))
        .isInstanceOf(InvalidDataException.class)
        .hasMessageStartingWith("nosuch://host/data cannot be read: ")
        .hasMessageContaining("No FileSystem for scheme \"nosuch\"");
  }

  @Test
  @TriedInput(
      input = "`data.directory` on a host that is unknown",
      gets = "... cannot be read: ... UnknownHostException ...")
  void refusesAUriOfAnUnknownHost() {
    assertThatThrownBy(() -> loader(Optional.empty()).load(request("hdfs://nosuch.invalid/data")))
        .isInstanceOf(InvalidDataException.class)
        .hasMessageStartingWith("hdfs://nosuch.invalid/data cannot be read: ")
        .hasMessageContaining("UnknownHostException");
  }

  @Test
  void readsTheEnvironmentsDirectoryBeforeTheCache() throws IOException {
    write(folder.resolve("environment"));
    damage(write(cache()));

    assertThat(loader(environment()).load(auto()).name()).isEqualTo("small");
    assertThat(notices).isEmpty();
  }

  @Test
  void saysThatTheEnvironmentsDirectoryLacksFilesAndLooksOn() throws IOException {
    write(cache());

    assertThat(loader(environment()).load(auto()).name()).isEqualTo("small");
    assertThat(notices)
        .singleElement()
        .asString()
        .startsWith("FASHION_MNIST_DIR is set, but file:")
        .endsWith("; looking on");
  }

  @Test
  void downloadsIntoTheCacheOnce() throws IOException {
    assertThat(loader(Optional.empty()).load(auto()).name()).isEqualTo("small");
    assertThat(notices).containsExactly("Downloading small from " + publisher() + " to " + cache());
    assertThat(filesIn(cache()))
        .containsExactlyInAnyOrder(
            "train-images-idx3-ubyte.gz",
            "train-labels-idx1-ubyte.gz",
            "t10k-images-idx3-ubyte.gz",
            "t10k-labels-idx1-ubyte.gz");

    served.clear();

    assertThat(loader(Optional.empty()).load(auto()).name()).isEqualTo("small");
    assertThat(notices).hasSize(1);
  }

  @Test
  void generatesLoudlyWhatCannotBeHad() throws IOException {
    served.clear();

    Dataset dataset =
        loader(Optional.empty())
            .load(
                new DatasetRequest(
                    DatasetChoice.AUTO, Optional.empty(), OptionalInt.of(100), OptionalInt.of(20)));

    assertThat(dataset.name()).isEqualTo("generated-garments");
    assertThat(dataset.train().size()).isEqualTo(100);
    assertThat(dataset.test().size()).isEqualTo(20);
    assertThat(notices)
        .last()
        .isEqualTo(
            "small cannot be had ("
                + publisher()
                + "train-images-idx3-ubyte.gz cannot be had: java.io.IOException: HTTP status 404)."
                + " Training on generated-garments instead: images drawn by a program, whose"
                + " results say nothing about small.");
    assertThat(filesIn(cache())).isEmpty();
  }

  @Test
  void neverGeneratesWhatWasAskedForByName() {
    served.clear();

    assertThatThrownBy(
            () -> loader(Optional.empty()).load(DatasetRequest.of(DatasetChoice.FASHION_MNIST)))
        .isInstanceOf(InvalidDataException.class)
        .hasMessageStartingWith(
            "small cannot be had: it is neither in FASHION_MNIST_DIR (not set) nor in " + cache())
        .hasMessageEndingWith(
            "fetch its four files by other means and name their directory, or choose generated-garments");
  }

  @Test
  @TriedInput(
      input = "damaged files, and `data.dataset=auto`",
      gets = "refused; generated data never take their place")
  void neverGeneratesInPlaceOfDamagedFiles() throws IOException {
    damage(write(folder.resolve("environment")));

    assertThatThrownBy(() -> loader(environment()).load(auto()))
        .isInstanceOf(InvalidDataException.class)
        .hasMessageContaining("train-labels-idx1-ubyte.gz is truncated");
  }

  @Test
  void followsTheServerToAnotherPlace() throws IOException {
    server.createContext(
        "/moved/",
        exchange -> {
          String path = exchange.getRequestURI().getPath().substring("/moved".length());
          exchange.getResponseHeaders().add("Location", path);
          exchange.sendResponseHeaders(302, -1);
          exchange.close();
        });
    DatasetLocations moved =
        new DatasetLocations(Optional.empty(), cache(), publisher().resolve("moved/"));

    assertThat(loader(moved).fetch()).isEqualTo(cache());
    assertThat(filesIn(cache())).hasSize(4);
  }

  @Test
  @TriedInput(
      input = "a download that does not end",
      gets = "... cannot be had: ... larger than ... bytes; nothing is kept")
  void keepsNothingOfADownloadThatIsTooLarge() throws IOException {
    URI source = publisher().resolve("t10k-labels-idx1-ubyte.gz");
    int size = served.get("/t10k-labels-idx1-ubyte.gz").length;
    Path target = cache().resolve("labels.gz");

    assertThatThrownBy(() -> new Downloader(size - 1).fetch(source, target, file -> {}))
        .isInstanceOf(IOException.class)
        .hasMessage(
            source + " cannot be had: java.io.IOException: larger than " + (size - 1) + " bytes");
    assertThat(filesIn(cache())).isEmpty();

    new Downloader(size).fetch(source, target, file -> {});

    assertThat(target).hasBinaryContent(served.get("/t10k-labels-idx1-ubyte.gz"));
  }

  @Test
  void saysWhyAServerCannotBeReached() {
    URI publisher = publisher();
    server.stop(0);

    assertThatThrownBy(
            () -> new Downloader(9).fetch(publisher, cache().resolve("labels.gz"), file -> {}))
        .isInstanceOf(IOException.class)
        .hasMessage(
            publisher
                + " cannot be had: java.net.ConnectException (java.nio.channels.ClosedChannelException)");
    assertThatThrownBy(
            () ->
                new Downloader(9)
                    .fetch(
                        URI.create("http://nosuch.invalid/"),
                        cache().resolve("labels.gz"),
                        file -> {}))
        .isInstanceOf(IOException.class)
        .hasMessage(
            "http://nosuch.invalid/ cannot be had: java.net.ConnectException"
                + " (java.nio.channels.UnresolvedAddressException)");
  }

  @Test
  @TriedInput(
      input = "a login page where a download is expected",
      gets =
          "what was downloaded is of no use: ... is not an idx file of labels ...; nothing is kept")
  void keepsNothingOfADownloadWithAnotherContent() throws IOException {
    served.put("/t10k-labels-idx1-ubyte.gz", "<html>log in first</html>".getBytes(UTF_8));

    assertThatThrownBy(() -> loader(Optional.empty()).fetch())
        .isInstanceOf(InvalidDataException.class)
        .hasMessageContaining(
            "what was downloaded is of no use: "
                + publisher()
                + "t10k-labels-idx1-ubyte.gz is not an idx file of labels");
    assertThat(filesIn(cache())).hasSize(3).doesNotContain("t10k-labels-idx1-ubyte.gz");
  }

  @Test
  void fetchesOnlyWhatIsMissing() throws IOException {
    write(cache());
    Files.delete(cache().resolve("t10k-labels-idx1-ubyte.gz"));
    served.keySet().removeIf(path -> !path.contains("t10k-labels"));

    assertThat(loader(Optional.empty()).fetch()).isEqualTo(cache());
    assertThat(filesIn(cache())).hasSize(4);
  }

  @Test
  void verifiesEachFile() throws IOException {
    Path directory = write(folder.resolve("config"));
    damage(directory);
    Files.delete(directory.resolve("t10k-images-idx3-ubyte.gz"));

    List<FileCheck> checks = loader(Optional.empty()).verify(directory.toString());

    assertThat(checks)
        .extracting(FileCheck::file)
        .containsExactly(
            "train-images-idx3-ubyte",
            "train-labels-idx1-ubyte",
            "t10k-images-idx3-ubyte",
            "t10k-labels-idx1-ubyte");
    assertThat(checks).extracting(FileCheck::isIntact).containsExactly(true, false, false, true);
    assertThat(checks.get(1).problem().orElseThrow()).contains("is truncated");
    assertThat(checks.get(2).problem().orElseThrow()).contains("found no such file");
  }

  private DatasetLoader loader(Optional<Path> environmentDirectory) {
    return loader(new DatasetLocations(environmentDirectory, cache(), publisher()));
  }

  private DatasetLoader loader(DatasetLocations locations) {
    return new DatasetLoader(
        locations, new HadoopFiles(new Configuration()), notices::add, published);
  }

  private Optional<Path> environment() {
    return Optional.of(folder.resolve("environment"));
  }

  private Path cache() {
    return folder.resolve("cache");
  }

  private URI publisher() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
  }

  private static DatasetRequest auto() {
    return DatasetRequest.of(DatasetChoice.AUTO);
  }

  private static DatasetRequest request(String directory) {
    return new DatasetRequest(
        DatasetChoice.AUTO, Optional.of(directory), OptionalInt.empty(), OptionalInt.empty());
  }

  private Path write(Path directory) throws IOException {
    Files.createDirectories(directory);

    for (IdxPart part : IdxPart.values()) {
      Files.write(directory.resolve(part.packedFileName()), IdxReaderTest.gzip(unpacked(part)));
    }

    return directory;
  }

  private static void damage(Path directory) throws IOException {
    Path file = directory.resolve("train-labels-idx1-ubyte.gz");
    byte[] content = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(content, content.length - 9));
  }

  private byte[] unpacked(IdxPart part) throws IOException {
    return unpacked(parts.get(part));
  }

  private static byte[] unpacked(IdxFile file) throws IOException {
    try (ByteArrayOutputStream out = new ByteArrayOutputStream()) {
      file.writeTo(out);
      return out.toByteArray();
    }
  }

  private static List<String> filesIn(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }
}
