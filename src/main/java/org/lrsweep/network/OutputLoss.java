package org.lrsweep.network;

import java.util.Optional;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.layers.BaseOutputLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.conf.layers.RnnLossLayer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.lossfunctions.ILossFunction;

/**
 * The output of a network and the loss there.
 *
 * @param layer its name
 * @param loss the loss function
 * @param activation what makes outputs of sums
 * @param outputs how many the layer has; 0 if only its input says
 * @param everyStep whether every step of a sequence has outputs of its own
 */
record OutputLoss(
    String layer, ILossFunction loss, IActivation activation, long outputs, boolean everyStep) {

  /** That of a graph with one output; empty if no layer with a loss is there. */
  static Optional<OutputLoss> of(ComputationGraphConfiguration network) {
    String name = network.getNetworkOutputs().get(0);
    if (!(network.getVertices().get(name) instanceof LayerVertex vertex)) {
      return Optional.empty();
    }
    Layer layer = vertex.getLayerConf().getLayer();
    if (layer instanceof BaseOutputLayer output) {
      return Optional.of(
          new OutputLoss(
              name,
              output.getLossFn(),
              output.getActivationFn(),
              output.getNOut(),
              layer instanceof RnnOutputLayer));
    }
    if (layer instanceof LossLayer output) {
      return Optional.of(
          new OutputLoss(name, output.getLossFn(), output.getActivationFn(), 0, false));
    }
    if (layer instanceof RnnLossLayer output) {
      return Optional.of(
          new OutputLoss(name, output.getLossFn(), output.getActivationFn(), 0, true));
    }
    return Optional.empty();
  }

  /** What messages say of a graph's output. */
  static String described(ComputationGraphConfiguration network) {
    String name = network.getNetworkOutputs().get(0);
    return of(network)
        .map(
            found ->
                found.outputs > 0
                    ? "%s on %s outputs with %s"
                        .formatted(name(found.loss), found.outputs, name(found.activation))
                    : "%s with %s".formatted(name(found.loss), name(found.activation)))
        .orElseGet(
            () ->
                "the type "
                    + name(
                        network.getVertices().get(name) instanceof LayerVertex vertex
                            ? vertex.getLayerConf().getLayer()
                            : network.getVertices().get(name)));
  }

  static String name(Object of) {
    return of.getClass().getSimpleName();
  }
}
