package org.lrsweep.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.lrsweep.testing.LocalSpark;
import org.lrsweep.testing.RunningProcess;
import org.lrsweep.testing.SparkProcesses;

/** YARN, and HDFS for everything that a run reads and writes, against the same run on one JVM. */
@Timeout(value = 6, unit = TimeUnit.MINUTES)
@ExtendWith(LocalSpark.class)
class HadoopClusterIT {
  @TempDir static Path folder;
  private static SparkProcesses spark;
  private static String hdfs;

  @BeforeAll
  static void startHadoop() throws Exception {
    spark = new SparkProcesses(folder);
    Path sites = Files.createDirectory(folder.resolve("hadoop"));
    hdfs =
        spark
            .startMain(MiniHadoop.class, "hadoop-runtime", List.of(sites.toString()))
            .await("Hadoop is up at (hdfs://\\S+)")
            .group(1);
  }

  @AfterAll
  static void endEveryProcess() throws Exception {
    spark.close();
  }

  private static Map<String, String> environment() {
    return Map.of("HADOOP_CONF_DIR", folder.resolve("hadoop").toString());
  }

  private static FileSystem files() throws Exception {
    return FileSystem.get(URI.create(hdfs), new Configuration());
  }

  private static RunningProcess submitToYarn(List<String> command) throws Exception {
    List<String> arguments = new ArrayList<>(command);
    arguments.add("--");
    for (String setting :
        List.of(
            "spark.yarn.jars=local:" + spark.jars() + "/*",
            "spark.yarn.appMasterEnv.SPARK_LOCAL_IP=127.0.0.1",
            "spark.executorEnv.SPARK_LOCAL_IP=127.0.0.1",
            // Its proxy filter is not among the jars.
            "spark.ui.enabled=false",
            "spark.executor.cores=1",
            "spark.executor.memory=1g",
            "spark.driver.memory=1g")) {
      arguments.addAll(List.of("--conf", setting));
    }
    return spark.submit("yarn.sh", environment(), arguments);
  }

  @Test
  void yarnGivesTheSameBitsAsOneJvm() throws Exception {
    String output = hdfs + "/yarn";
    RunningProcess submission =
        submitToYarn(
            SmallRun.command("conf/quickstart.conf", output, "data.dataset=generated-garments"));

    SmallRun.assertSucceeds(submission);
    assertThat(submission.printed()).contains("final status: SUCCEEDED");
    SmallRun.assertSameTables(output, new Configuration());
  }

  /** Generated images are drawn, so these are real ones, where the machine has them. */
  @Test
  @EnabledIfEnvironmentVariable(named = "FASHION_MNIST_DIR", matches = ".+")
  void dataOnHdfsGiveTheSameBitsAsInAFolder() throws Exception {
    String local = System.getenv("FASHION_MNIST_DIR");
    String data = hdfs + "/fashion-mnist";
    files()
        .copyFromLocalFile(
            new org.apache.hadoop.fs.Path(local), new org.apache.hadoop.fs.Path(data));
    String here = folder.resolve("from-folder").toString();
    List<String> command = findIn(local, here);
    command.addAll(List.of("--", "--master", "local[2,4]"));

    SmallRun.assertSucceeds(submitToYarn(findIn(data, hdfs + "/from-hdfs")));
    SmallRun.assertSucceeds(spark.submit("local.sh", Map.of(), command));

    SmallRun.assertSameFinder(hdfs + "/from-hdfs", here);
  }

  private static List<String> findIn(String data, String output) {
    return SmallRun.find(
        output,
        "finder.epochs=4",
        "finder.method=minimum",
        "data.dataset=fashion-mnist",
        "data.directory=" + data);
  }

  @Test
  void anOwnTableOnHdfsGivesTheSameBitsAsInAFolder(SparkSession session) throws Exception {
    OwnDataRun own = OwnDataRun.local(session);
    String table = hdfs + "/own/table";
    files()
        .copyFromLocalFile(
            new org.apache.hadoop.fs.Path(own.table().toUri()),
            new org.apache.hadoop.fs.Path(table));

    SmallRun.assertSucceeds(submitToYarn(own.command(table, hdfs + "/from-own")));

    own.assertSameTables(hdfs + "/from-own", new Configuration());
  }

  @Test
  void anImageFolderOnHdfsGivesTheSameBitsAsInAFolder() throws Exception {
    OwnImages own = OwnImages.local();
    String images = hdfs + "/own/images";
    files()
        .copyFromLocalFile(
            new org.apache.hadoop.fs.Path(own.images().toString()),
            new org.apache.hadoop.fs.Path(images));

    SmallRun.assertSucceeds(submitToYarn(own.find(images, hdfs + "/from-images")));

    own.assertSameFinder(hdfs + "/from-images");
  }

  @Test
  void yarnSeesAFailedRunAndItsExitCode() throws Exception {
    RunningProcess submission =
        submitToYarn(
            SmallRun.command("conf/quickstart.conf", hdfs + "/refused", "data.dataset=unknown"));

    assertThat(submission.exitCode()).isEqualTo(1);
    assertThat(submission.printed())
        .contains("final status: FAILED", "User application exited with status 2");
    assertThat(files().exists(new org.apache.hadoop.fs.Path("/refused"))).isFalse();
  }
}
