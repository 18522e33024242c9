package org.lrsweep.network;

import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayerWithBackprop;
import org.deeplearning4j.nn.conf.layers.recurrent.Bidirectional;
import org.deeplearning4j.nn.conf.layers.wrapper.BaseWrapperLayer;
import org.nd4j.linalg.learning.regularization.Regularization;
import org.nd4j.linalg.learning.regularization.WeightDecay;

/**
 * Decoupled weight decay of the layers that are trained. Deeplearning4j applies it after the
 * updater, at the updater's own learning rate; biases and batch norm have none.
 */
final class WeightDecays {
  private WeightDecays() {}

  static void add(ComputationGraphConfiguration network, double decay) {
    for (GraphVertex vertex : network.getVertices().values()) {
      if (vertex instanceof LayerVertex layer) {
        add(layer.getLayerConf().getLayer(), decay);
      }
    }
  }

  private static void add(Layer layer, double decay) {
    if (layer instanceof FrozenLayer || layer instanceof FrozenLayerWithBackprop) {
      return;
    }
    if (layer instanceof BaseLayer base) {
      List<Regularization> penalties = new ArrayList<>();
      if (base.getRegularization() != null) {
        penalties.addAll(base.getRegularization());
      }
      penalties.add(new WeightDecay(decay, true));
      base.setRegularization(penalties);
    } else if (layer instanceof Bidirectional both) {
      add(both.getFwd(), decay);
      add(both.getBwd(), decay);
    } else if (layer instanceof BaseWrapperLayer wrapper) {
      add(wrapper.getUnderlying(), decay);
    }
  }
}
