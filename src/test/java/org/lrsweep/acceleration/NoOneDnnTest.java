package org.lrsweep.acceleration;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lrsweep.network.zoo.ImageShape;
import org.lrsweep.network.zoo.NetworkType;
import org.lrsweep.testing.RunningProcess;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Nesterovs;

/** A platform that has no oneDNN: here a JVM whose class path lacks its native library. */
class NoOneDnnTest {
  private static final Pattern NATIVE_LIBRARY = Pattern.compile("dnnl-.*-(linux|windows|macosx).*");

  private static String classPathWithoutOneDnn() {
    String all =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    return Stream.of(all.split(File.pathSeparator))
        .filter(entry -> !NATIVE_LIBRARY.matcher(new File(entry).getName()).matches())
        .collect(joining(File.pathSeparator));
  }

  /** Trains two networks, as two workers of an executor do. */
  public static void main(String[] arguments) {
    for (int network = 0; network < 2; network++) {
      ComputationGraph graph =
          new ComputationGraph(
              NetworkType.SMALL_CNN.configuration(
                  new ImageShape(1, 8, 8), 2, 1, new Nesterovs(0.1, 0.9)));
      graph.init();
      AccelerationReport report = Acceleration.accelerate(graph);
      INDArray labels = Nd4j.createFromArray(new float[][] {{1, 0}, {0, 1}});
      graph.fit(new DataSet(Nd4j.rand(DataType.FLOAT, 2, 1, 8, 8), labels));
      System.out.println("Trained to " + graph.score() + "; " + report.summary());
    }
  }

  @Test
  void networksTrainOnStockLayersAndTheLogSaysSoOnce(@TempDir Path folder)
      throws IOException, InterruptedException {
    Path log = folder.resolve("log");
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin/java").toString(),
            "-Xmx512m",
            "-cp",
            classPathWithoutOneDnn(),
            NoOneDnnTest.class.getName());
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    RunningProcess platform = new RunningProcess(process, log, Duration.ofMinutes(2));

    assertThat(platform.exitCode()).as(platform.printed()).isZero();
    assertThat(platform.printed())
        .containsPattern("Trained to [0-9.]+; 0 layers run on oneDNN; stock: conv1 \\(.*\\n")
        .contains("output (OutputLayer: no oneDNN on this platform)")
        .containsOnlyOnce("networks run on stock layers");
    assertThat(platform.printed().split("Trained to", -1)).hasSize(3);
  }
}
