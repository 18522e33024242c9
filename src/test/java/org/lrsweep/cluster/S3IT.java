package org.lrsweep.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.lrsweep.testing.LocalSpark;
import org.lrsweep.testing.RunningProcess;
import org.lrsweep.testing.SparkProcesses;

/** Experiment and output on a server of S3, through S3A. Its objects are looked at by HTTP. */
@Timeout(value = 6, unit = TimeUnit.MINUTES)
@ExtendWith(LocalSpark.class)
class S3IT {
  private static final Pattern KEY = Pattern.compile("<Key>([^<]+)</Key>");

  private final HttpClient http = HttpClient.newHttpClient();

  @TempDir static Path installation;
  private static SparkProcesses spark;
  private static String endpoint;

  @TempDir Path folder;

  @BeforeAll
  static void startAServer() throws Exception {
    spark = new SparkProcesses(installation);
    try (ServerSocket free = new ServerSocket(0)) {
      endpoint = "http://127.0.0.1:" + free.getLocalPort();
    }
    Path properties = installation.resolve("s3proxy.properties");
    Files.writeString(
        properties,
        """
        s3proxy.endpoint=%s
        s3proxy.authorization=none
        jclouds.provider=transient
        jclouds.identity=anyone
        jclouds.credential=anything
        """
            .formatted(endpoint));
    spark.startJar("s3proxy", List.of("--properties", properties.toString())).await("Started");
  }

  @AfterAll
  static void endEveryProcess() throws Exception {
    spark.close();
  }

  @Test
  void aRunReadsAndWritesS3AsIfItWereAFolder() throws Exception {
    put("/bucket", BodyPublishers.noBody());
    put("/bucket/my.conf", BodyPublishers.ofFile(Path.of("conf/quickstart.conf")));

    RunningProcess run =
        submit(
            SmallRun.command(
                "s3a://bucket/my.conf", "s3a://bucket/results", "data.dataset=generated-garments"));
    SmallRun.assertSucceeds(run);
    RunningProcess show = submit(List.of("show", "last", "--output", "s3a://bucket/results"));
    SmallRun.assertSucceeds(show);

    assertThat(show.printed()).contains("Learning rate range", "trial-01", "s3a://bucket/results");
    List<String> keys = download();
    assertThat(keys)
        .contains("results/reports/small/report.html")
        .noneMatch(key -> key.contains(".staged-"));
    SmallRun.assertSameTables(folder.resolve("bucket/results").toString(), new Configuration());
  }

  @Test
  void anOwnTableOnS3GivesTheSameBitsAsInAFolder(SparkSession session) throws Exception {
    OwnDataRun own = OwnDataRun.local(session);
    put("/tables", BodyPublishers.noBody());
    for (Path file : own.files()) {
      put("/tables/own/" + file.getFileName(), BodyPublishers.ofFile(file));
    }

    String output = folder.resolve("results").toString();
    SmallRun.assertSucceeds(submit(own.command("s3a://tables/own", output)));

    own.assertSameRun(Path.of(output));
  }

  @Test
  void anImageFolderOnS3GivesTheSameBitsAsInAFolder() throws Exception {
    OwnImages own = OwnImages.local();
    put("/images", BodyPublishers.noBody());
    for (Path file : own.files()) {
      String key = own.images().relativize(file).toString().replace(" ", "%20");
      put("/images/own/" + key, BodyPublishers.ofFile(file));
    }

    String output = folder.resolve("results").toString();
    SmallRun.assertSucceeds(submit(own.find("s3a://images/own", output)));

    own.assertSameFinder(output);
  }

  private static RunningProcess submit(List<String> command) throws IOException {
    List<String> arguments = new ArrayList<>(command);
    arguments.addAll(List.of("--", "--master", "local[2,4]"));
    for (String setting :
        List.of(
            "endpoint=" + endpoint,
            "path.style.access=true",
            "aws.credentials.provider=org.apache.hadoop.fs.s3a.AnonymousAWSCredentialsProvider")) {
      arguments.addAll(List.of("--conf", "spark.hadoop.fs.s3a." + setting));
    }
    return spark.submit("local.sh", Map.of(), arguments);
  }

  private void put(String path, HttpRequest.BodyPublisher content) throws Exception {
    HttpRequest request = HttpRequest.newBuilder(URI.create(endpoint + path)).PUT(content).build();

    assertThat(http.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(200);
  }

  /** Copies all objects to the folder {@code bucket}; returns their keys. */
  private List<String> download() throws Exception {
    List<String> keys = new ArrayList<>();
    HttpRequest list = HttpRequest.newBuilder(URI.create(endpoint + "/bucket")).build();
    Matcher matcher = KEY.matcher(http.send(list, BodyHandlers.ofString()).body());
    while (matcher.find()) {
      String key = matcher.group(1);
      keys.add(key);
      if (!key.endsWith("/")) {
        URI object = URI.create(endpoint + "/bucket/" + key.replace("=", "%3D"));
        Path file = folder.resolve("bucket").resolve(key);
        Files.createDirectories(file.getParent());
        http.send(HttpRequest.newBuilder(object).build(), BodyHandlers.ofFile(file));
      }
    }
    return keys;
  }
}
