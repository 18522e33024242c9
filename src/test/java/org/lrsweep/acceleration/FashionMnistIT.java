package org.lrsweep.acceleration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.lrsweep.acceleration.NetworkComparison.copy;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lrsweep.network.zoo.ImageShape;
import org.lrsweep.network.zoo.NetworkType;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Nesterovs;

/** The loss curve on real images, next to the stock layers', which take a minute for it. */
class FashionMnistIT {

  /** Pixels of a row of Fashion-MNIST. */
  private static final int IMAGE = 28;

  /**
   * The small CNN's tolerance is wider than rounding: sooner or later a value that one rounding
   * puts above ReLU's zero and another below moves a gradient by half a per cent. With AVX-512 that
   * is at step 17, with AVX2 at step 3, and the losses then differ by up to 3e-3 within the 20
   * steps.
   */
  @ParameterizedTest
  @CsvSource({"SMALL_CNN, 16, 32, 1e-3, 1e-2", "MINIGOOGLENET, 32, 4, 1e-5, 1e-3"})
  @EnabledIfEnvironmentVariable(named = "FASHION_MNIST_DIR", matches = ".+")
  void theLossCurveOnFashionMnistIsTheStockOne(
      NetworkType type, int size, int examples, double learningRate, double tolerance)
      throws IOException {
    ComputationGraph stock = network(type, size, learningRate);
    ComputationGraph fast = copy(stock);
    ComputationGraph start = copy(stock);
    Acceleration.accelerate(fast);
    for (DataSet batch : fashionMnist(20, examples, size)) {
      for (ComputationGraph network : List.of(stock, fast)) {
        Nd4j.getRandom().setSeed(3); // the same dropout
        network.fit(batch);
      }
      assertThat(fast.score()).isCloseTo(stock.score(), within(tolerance));
    }
    // The loss of so few steps tells little of a layer's gradient; how far it took the weights
    // does.
    stock.paramTable().keySet().stream()
        .filter(name -> name.endsWith("_W"))
        .forEach(
            name -> {
              INDArray weights = stock.getParam(name);
              assertThat(fast.getParam(name).distance2(weights))
                  .as("distance of " + name + " from stock")
                  .isLessThan(0.1 * weights.distance2(start.getParam(name)));
            });
  }

  private static ComputationGraph network(NetworkType type, int size, double learningRate) {
    ComputationGraph network =
        new ComputationGraph(
            type.configuration(
                new ImageShape(1, size, size), 10, 42, new Nesterovs(learningRate, 0.9)));
    network.init();
    return network;
  }

  /** The first training images, from the upper left corner, with zeros where they have no more. */
  private static List<DataSet> fashionMnist(int batches, int examples, int size)
      throws IOException {
    Path folder = Path.of(System.getenv("FASHION_MNIST_DIR"));
    List<DataSet> all = new ArrayList<>();
    try (DataInputStream images = open(folder.resolve("train-images-idx3-ubyte.gz"));
        DataInputStream labels = open(folder.resolve("train-labels-idx1-ubyte.gz"))) {
      images.skipNBytes(16);
      labels.skipNBytes(8);
      for (int batch = 0; batch < batches; batch++) {
        INDArray features = Nd4j.zeros(DataType.FLOAT, examples, 1, size, size);
        INDArray classes = Nd4j.zeros(DataType.FLOAT, examples, 10);
        for (int i = 0; i < examples; i++) {
          classes.putScalar(i, labels.readUnsignedByte(), 1);
          byte[] image = images.readNBytes(IMAGE * IMAGE);
          for (int row = 0; row < Math.min(size, IMAGE); row++) {
            for (int column = 0; column < Math.min(size, IMAGE); column++) {
              int value = Byte.toUnsignedInt(image[row * IMAGE + column]);
              features.putScalar(new int[] {i, 0, row, column}, value / 255f);
            }
          }
        }
        all.add(new DataSet(features, classes));
      }
    }
    return all;
  }

  private static DataInputStream open(Path file) throws IOException {
    InputStream bytes = new GZIPInputStream(Files.newInputStream(file));
    return new DataInputStream(bytes);
  }
}
