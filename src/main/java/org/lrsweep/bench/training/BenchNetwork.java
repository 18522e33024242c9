package org.lrsweep.bench.training;

import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.lrsweep.network.NetworkSize;
import org.lrsweep.network.NetworkSpec;
import org.lrsweep.network.zoo.ImageShape;
import org.lrsweep.network.zoo.NetworkType;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/**
 * A network to measure rounds with, under Nesterov's momentum: as many numbers of updater state as
 * parameters travel.
 *
 * @param label the name that tables and JSON use
 * @param spec the network
 * @param inputs values of an example
 * @param shape an example's shape, without the batch
 * @param rounds how many rounds give a steady median, by default
 */
@SuppressWarnings("ArrayRecordComponent") // never written to once built
public record BenchNetwork(String label, NetworkSpec spec, int inputs, long[] shape, int rounds) {
  static final int CLASSES = 10;

  private static final String TINY = "tiny";
  private static final String DENSE = "dense-";
  private static final int TINY_HIDDEN = 20;
  private static final int DENSE_INPUTS = 64;
  private static final int SIZE = 32;

  /**
   * The network of a name: {@code tiny} (1,510 parameters), {@code dense-N} (one hidden layer,
   * about N parameters), or one of {@link NetworkType}.
   *
   * @throws IllegalArgumentException if there is no such network
   */
  public static BenchNetwork of(String label) {
    if (label.equals(TINY)) {
      return dense(label, TINY_HIDDEN);
    }
    if (label.startsWith(DENSE)) {
      return dense(label, hidden(label));
    }
    NetworkType type = NetworkType.of(label);
    ComputationGraphConfiguration network =
        type.configuration(new ImageShape(1, SIZE, SIZE), CLASSES, 42, updater());
    int rounds = type == NetworkType.MINIGOOGLENET ? 30 : 150;
    return new BenchNetwork(
        label, NetworkSpec.of(network), SIZE * SIZE, new long[] {1, SIZE, SIZE}, rounds);
  }

  /** What its memory follows from. */
  public NetworkSize size() {
    return NetworkSize.of(
        spec,
        shape.length == 1
            ? InputType.feedForward(shape[0])
            : InputType.convolutional(shape[1], shape[2], shape[0]));
  }

  private static int hidden(String label) {
    try {
      long parameters = Long.parseLong(label.substring(DENSE.length()));
      return Math.toIntExact(Math.max(1, (parameters - CLASSES) / (DENSE_INPUTS + 1 + CLASSES)));
    } catch (NumberFormatException | ArithmeticException e) {
      throw new IllegalArgumentException(
          "dense-N needs a number of parameters for N, as in dense-1000000, found '" + label + "'",
          e);
    }
  }

  private static BenchNetwork dense(String label, int hidden) {
    ComputationGraphConfiguration network =
        new NeuralNetConfiguration.Builder()
            .seed(42)
            .updater(updater())
            .graphBuilder()
            .addInputs("in")
            .setInputTypes(InputType.feedForward(DENSE_INPUTS))
            .addLayer(
                "hidden",
                new DenseLayer.Builder().nOut(hidden).activation(Activation.TANH).build(),
                "in")
            .addLayer(
                "out",
                new OutputLayer.Builder(LossFunction.MCXENT)
                    .nOut(CLASSES)
                    .activation(Activation.SOFTMAX)
                    .build(),
                "hidden")
            .setOutputs("out")
            .build();
    return new BenchNetwork(
        label,
        NetworkSpec.of(network),
        DENSE_INPUTS,
        new long[] {DENSE_INPUTS},
        hidden <= 2000 ? 300 : 30);
  }

  private static IUpdater updater() {
    return new Nesterovs(1e-3, 0.9);
  }
}
