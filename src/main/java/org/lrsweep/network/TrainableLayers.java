package org.lrsweep.network;

import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.recurrent.Bidirectional;
import org.deeplearning4j.nn.conf.layers.wrapper.BaseWrapperLayer;

/** The layers of a configuration that have updaters, also those inside of wrapper layers. */
public final class TrainableLayers {
  private TrainableLayers() {}

  public static List<BaseLayer> of(ComputationGraphConfiguration configuration) {
    List<BaseLayer> found = new ArrayList<>();
    for (GraphVertex vertex : configuration.getVertices().values()) {
      if (vertex instanceof LayerVertex layerVertex) {
        collect(layerVertex.getLayerConf().getLayer(), found);
      }
    }
    return found;
  }

  private static void collect(Layer layer, List<BaseLayer> found) {
    if (layer instanceof BaseLayer base) {
      found.add(base);
    } else if (layer instanceof BaseWrapperLayer wrapper) {
      collect(wrapper.getUnderlying(), found);
    } else if (layer instanceof Bidirectional both) {
      collect(both.getFwd(), found);
      collect(both.getBwd(), found);
    }
  }
}
