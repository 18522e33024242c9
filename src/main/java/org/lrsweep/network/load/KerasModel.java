package org.lrsweep.network.load;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.graph.PreprocessorVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayer;
import org.deeplearning4j.nn.conf.preprocessor.CnnToFeedForwardPreProcessor;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.lrsweep.network.KeptRandom;
import org.lrsweep.network.load.KerasGraph.KerasLayer;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/**
 * Makes a Deeplearning4j graph of a Keras model: layer by layer, under the same names. Keras has
 * images as [height, width, channels], Deeplearning4j as [channels, height, width]; kernels are
 * turned, and so are the rows of a dense layer that reads flattened images.
 */
final class KerasModel {
  private final KerasGraph model;
  private final KerasTraining training;
  private final GraphBuilder builder;
  private final Map<String, KerasTensor> tensors = new LinkedHashMap<>();
  private final Map<String, KerasTensor> read = new LinkedHashMap<>();

  private KerasModel(KerasGraph model, KerasTraining training) {
    this.model = model;
    this.training = training;
    builder = new NeuralNetConfiguration.Builder().updater(training.updater()).graphBuilder();
  }

  /**
   * Loads a model.
   *
   * @throws IllegalArgumentException naming the layer that Deeplearning4j can't have
   */
  static LoadedNetwork load(NetworkFile file) throws IOException {
    try (KerasFile keras = KerasFile.open(file)) {
      Optional<JsonNode> compiled = keras.training();
      KerasModel made = new KerasModel(KerasGraph.of(keras.model()), KerasTraining.of(compiled));
      ComputationGraph network = made.build();
      made.fill(network, keras);
      LoadedNetwork loaded = NetworkLoader.of(network, file.sha256());
      return new LoadedNetwork(
          loaded.spec(),
          loaded.state(),
          made.training.withoutUpdater(),
          loaded.notices(),
          loaded.sha256());
    }
  }

  private ComputationGraph build() {
    model.layers().values().forEach(this::add);
    builder.setOutputs(model.output());
    return KeptRandom.during(
        () -> {
          ComputationGraphConfiguration configuration = builder.build();
          keepWords(configuration);
          ComputationGraph network = new ComputationGraph(configuration);
          network.init();
          return network;
        });
  }

  /** Deeplearning4j takes the length of a text for the number of words that it may be of. */
  private void keepWords(ComputationGraphConfiguration configuration) {
    configuration
        .getVertices()
        .forEach(
            (name, vertex) -> {
              if (vertex instanceof LayerVertex made) {
                KerasSequences.keepWords(model.layers().get(name), made.getLayerConf().getLayer());
              }
            });
  }

  private void add(KerasLayer layer) {
    if (layer.inputs().isEmpty()) {
      tensors.put(layer.name(), input(layer));
      return;
    }
    KerasTensor input = tensor(layer.inputs().get(0), layer);
    boolean isOutput = layer.name().equals(model.output());
    switch (layer.type()) {
      case "Flatten" -> {
        KerasLayers.refuse(layer, input.isSequence(), "a sequence to read");
        refuseOutput(layer);
        tensors.put(layer.name(), input.flattened());
      }
      case "Add" -> merge(layer, input, ElementWiseVertex.Op.Add);
      case "Subtract" -> merge(layer, input, ElementWiseVertex.Op.Subtract);
      case "Multiply" -> merge(layer, input, ElementWiseVertex.Op.Product);
      case "Average" -> merge(layer, input, ElementWiseVertex.Op.Average);
      case "Maximum" -> merge(layer, input, ElementWiseVertex.Op.Max);
      case "Concatenate" -> concatenate(layer);
      default -> {
        KerasTensor from = KerasLayers.readsFlattened(layer) ? input : settled(input, layer);
        Layer made = KerasLayers.of(layer, from);
        read.put(layer.name(), from);
        builder.addLayer(
            layer.name(), frozen(layer, isOutput ? withLoss(layer, made) : made), from.vertex());
        KerasTensor given = KerasLayers.output(layer, from);
        KerasLayers.refuse(layer, isOutput && given.isSequence(), "an output for every step");
        tensors.put(layer.name(), given);
      }
    }
  }

  private KerasTensor input(KerasLayer layer) {
    JsonNode shape =
        layer.config().has("batch_shape")
            ? layer.config().path("batch_shape")
            : layer.config().path("batch_input_shape");
    builder.addInputs(layer.name());
    if (shape.size() == 4 && shape.path(1).isInt() && shape.path(2).isInt()) {
      KerasTensor images =
          KerasTensor.images(
              layer.name(), shape.path(1).asInt(), shape.path(2).asInt(), shape.path(3).asInt());
      builder.setInputTypes(
          InputType.convolutional(images.height(), images.width(), images.channels()));
      return images;
    }
    if (shape.size() == 3 && shape.path(2).isInt()) {
      KerasTensor steps =
          KerasTensor.sequence(
              layer.name(), shape.path(1).asInt(KerasTensor.ANY), shape.path(2).asInt());
      builder.setInputTypes(InputType.recurrent(steps.channels(), steps.width()));
      return steps;
    }
    if (shape.size() == 2 && shape.path(1).isInt()) {
      builder.setInputTypes(InputType.feedForward(shape.path(1).asInt()));
      return KerasTensor.row(layer.name(), shape.path(1).asInt());
    }
    throw layer.refused(
        "an input must be of shape [null, length], [null, steps, channels] or [null, height, width,"
            + " channels], found "
            + shape);
  }

  private KerasTensor tensor(String name, KerasLayer reader) {
    KerasTensor tensor = tensors.get(name);
    if (tensor == null) {
      throw reader.refused("it reads \"" + name + "\", which does not come before it");
    }
    return tensor;
  }

  /** Flattened images as a row of numbers, where not the next layer makes them one. */
  private KerasTensor settled(KerasTensor tensor, KerasLayer reader) {
    if (!tensor.isFlattenedImage()) {
      return tensor;
    }
    String name = reader.name() + "-flat";
    builder.addVertex(
        name,
        new PreprocessorVertex(
            new CnnToFeedForwardPreProcessor(tensor.height(), tensor.width(), tensor.channels())),
        tensor.vertex());
    return tensor.settled(name);
  }

  private void merge(KerasLayer layer, KerasTensor first, ElementWiseVertex.Op op) {
    String[] inputs = new String[layer.inputs().size()];
    for (int i = 0; i < inputs.length; i++) {
      KerasTensor each = tensor(layer.inputs().get(i), layer);
      if (!each.isLike(first)) {
        throw layer.refused("what it joins must be of one shape");
      }
      inputs[i] = each.vertex();
    }
    refuseOutput(layer);
    builder.addVertex(layer.name(), new ElementWiseVertex(op), inputs);
    tensors.put(layer.name(), first.from(layer.name()));
  }

  private void concatenate(KerasLayer layer) {
    int channels = 0;
    String[] inputs = new String[layer.inputs().size()];
    KerasTensor first = tensor(layer.inputs().get(0), layer);
    for (int i = 0; i < inputs.length; i++) {
      KerasTensor each = tensor(layer.inputs().get(i), layer);
      boolean fits =
          each.isImage() == first.isImage()
              && !each.isSequence()
              && !each.isFlattenedImage()
              && each.hasKerasOrder()
              && each.height() == first.height()
              && each.width() == first.width();
      int axis = layer.config().path("axis").asInt(-1);
      if (!fits || (axis != -1 && axis != (first.isImage() ? 3 : 1))) {
        throw layer.refused("it must join the channels of images of one size, or rows of numbers");
      }
      channels += each.channels();
      inputs[i] = each.vertex();
    }
    refuseOutput(layer);
    builder.addVertex(layer.name(), new MergeVertex(), inputs);
    tensors.put(layer.name(), first.withChannels(layer.name(), channels));
  }

  private void refuseOutput(KerasLayer layer) {
    if (layer.name().equals(model.output())) {
      throw noOutput(layer);
    }
  }

  private Layer withLoss(KerasLayer layer, Layer made) {
    if (made instanceof DenseLayer dense) {
      IActivation activation = training.outputActivation(dense.getActivationFn());
      LossFunction loss = training.loss(activation, layer);
      OutputLayer output =
          new OutputLayer.Builder(loss)
              .nIn(dense.getNIn())
              .nOut(dense.getNOut())
              .hasBias(dense.hasBias())
              .activation(activation)
              .build();
      output.setRegularization(dense.getRegularization());
      output.setRegularizationBias(dense.getRegularizationBias());
      return output;
    }
    if (made instanceof ActivationLayer last) {
      IActivation activation = training.outputActivation(last.getActivationFn());
      return new LossLayer.Builder(training.loss(activation, layer)).activation(activation).build();
    }
    throw noOutput(layer);
  }

  private static IllegalArgumentException noOutput(KerasLayer layer) {
    return layer.refused("it is the output, which must be a Dense or Activation layer");
  }

  private static Layer frozen(KerasLayer layer, Layer made) {
    boolean isTrained = layer.config().path("trainable").asBoolean(true);
    return isTrained || !KerasLayers.hasWeights(layer) ? made : new FrozenLayer(made);
  }

  private void fill(ComputationGraph network, KerasFile keras) throws IOException {
    for (Map.Entry<String, KerasTensor> each : read.entrySet()) {
      KerasLayer layer = model.layers().get(each.getKey());
      Map<String, INDArray> weights = keras.weights(layer.name());
      Map<String, INDArray> parameters = network.getLayer(layer.name()).paramTable();
      KerasWeights.copy(layer, each.getValue(), weights, parameters);
    }
  }
}
