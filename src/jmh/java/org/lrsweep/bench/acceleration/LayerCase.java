package org.lrsweep.bench.acceleration;

import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.activations.Activation;

/** The measured layers. Images have 15x15 pixels and 160 channels, as in MiniGoogLeNet's middle. */
public enum LayerCase {
  CONVOLUTION_3X3 {
    @Override
    Layer layer() {
      return convolution(3, 1, 96);
    }
  },
  CONVOLUTION_1X1 {
    @Override
    Layer layer() {
      return convolution(1, 1, 96);
    }
  },
  CONVOLUTION_3X3_STRIDE_2 {
    @Override
    Layer layer() {
      return convolution(3, 2, 96);
    }
  },
  BATCH_NORM {
    @Override
    Layer layer() {
      return new BatchNormalization();
    }
  },
  RELU {
    @Override
    Layer layer() {
      return new ActivationLayer(Activation.RELU);
    }
  },
  MAX_POOLING {
    @Override
    Layer layer() {
      return pooling(PoolingType.MAX);
    }
  },
  AVERAGE_POOLING {
    @Override
    Layer layer() {
      return pooling(PoolingType.AVG);
    }
  },
  CONCATENATION {
    @Override
    Layer layer() {
      return null;
    }

    @Override
    int inputs() {
      return 2;
    }
  },
  DENSE {
    @Override
    Layer layer() {
      return new DenseLayer.Builder().nOut(512).activation(Activation.RELU).build();
    }

    @Override
    long[] inputShape(int batch) {
      return new long[] {batch, FEATURES};
    }
  };

  /** The measured vertex's name. */
  static final String LAYER = "layer";

  private static final int CHANNELS = 160;
  private static final int PIXELS = 15;
  private static final int FEATURES = 1024;

  /** The layer's configuration; null for one that merges its inputs. */
  abstract Layer layer();

  int inputs() {
    return 1;
  }

  long[] inputShape(int batch) {
    return new long[] {batch, CHANNELS, PIXELS, PIXELS};
  }

  /**
   * The layer on others that stay stock: so it is the first accelerated one, begins every pass, and
   * has to give a gradient at its input.
   */
  ComputationGraph graph() {
    String[] below = new String[inputs()];
    InputType type =
        inputShape(1).length == 4
            ? InputType.convolutional(PIXELS, PIXELS, CHANNELS)
            : InputType.feedForward(FEATURES);
    GraphBuilder graph =
        new NeuralNetConfiguration.Builder()
            .seed(1)
            .graphBuilder()
            .addInputs("in")
            .setInputTypes(type);
    for (int i = 0; i < below.length; i++) {
      below[i] = "below" + i;
      graph.addLayer(below[i], stock(), "in");
    }
    if (layer() == null) {
      graph.addVertex(LAYER, new MergeVertex(), below);
    } else {
      graph.addLayer(LAYER, layer(), below);
    }
    ComputationGraph network = new ComputationGraph(graph.setOutputs(LAYER).build());
    network.init();
    network.initGradientsView();
    return network;
  }

  /** A layer without a oneDNN version. */
  private Layer stock() {
    return inputShape(1).length == 4
        ? new SubsamplingLayer.Builder(PoolingType.PNORM)
            .pnorm(2)
            .kernelSize(1, 1)
            .stride(1, 1)
            .build()
        : new ActivationLayer(Activation.TANH);
  }

  private static Layer convolution(int kernel, int stride, int filters) {
    return new ConvolutionLayer.Builder(kernel, kernel)
        .stride(stride, stride)
        .convolutionMode(stride == 1 ? ConvolutionMode.Same : ConvolutionMode.Truncate)
        .nOut(filters)
        .activation(Activation.IDENTITY)
        .build();
  }

  private static Layer pooling(PoolingType type) {
    return new SubsamplingLayer.Builder(type).kernelSize(3, 3).stride(2, 2).build();
  }
}
