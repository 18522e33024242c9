package org.lrsweep.network;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.graph.FrozenVertex;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayerWithBackprop;
import org.deeplearning4j.nn.conf.layers.recurrent.Bidirectional;
import org.deeplearning4j.nn.conf.layers.samediff.AbstractSameDiffLayer;
import org.deeplearning4j.nn.conf.layers.samediff.SameDiffVertex;
import org.deeplearning4j.nn.conf.layers.wrapper.BaseWrapperLayer;
import org.nd4j.linalg.learning.config.IUpdater;

/**
 * The updaters in a network's configuration: of layers, of layers inside of wrapper layers, and of
 * SameDiff layers and vertices, which Deeplearning4j keeps in other fields.
 */
public final class LayerUpdaters {
  private final Scope scope;
  private final List<LayerUpdater> found = new ArrayList<>();

  private LayerUpdaters(Scope scope) {
    this.scope = scope;
  }

  private enum Scope {
    TRAINING,
    ALL
  }

  /**
   * One updater.
   *
   * @param layer the layer's or vertex's name in the network
   * @param updater the object that the configuration holds
   * @param place takes another in its place
   */
  public record LayerUpdater(String layer, IUpdater updater, Consumer<IUpdater> place) {}

  /** Those that train parameters: of no frozen layer, and of no layer without parameters. */
  public static List<LayerUpdater> training(ComputationGraphConfiguration network) {
    return in(network, Scope.TRAINING);
  }

  static List<LayerUpdater> training(MultiLayerConfiguration network) {
    LayerUpdaters updaters = new LayerUpdaters(Scope.TRAINING);
    for (int i = 0; i < network.getConfs().size(); i++) {
      updaters.collect(String.valueOf(i), network.getConf(i).getLayer());
    }
    return updaters.found;
  }

  /** All of them. */
  static List<LayerUpdater> all(ComputationGraphConfiguration network) {
    return in(network, Scope.ALL);
  }

  /** Those of one vertex that train parameters. */
  static List<LayerUpdater> training(String name, GraphVertex vertex) {
    LayerUpdaters updaters = new LayerUpdaters(Scope.TRAINING);
    updaters.collect(name, vertex);
    return updaters.found;
  }

  private static List<LayerUpdater> in(ComputationGraphConfiguration network, Scope scope) {
    LayerUpdaters updaters = new LayerUpdaters(scope);
    for (Map.Entry<String, GraphVertex> vertex : network.getVertices().entrySet()) {
      updaters.collect(vertex.getKey(), vertex.getValue());
    }
    return updaters.found;
  }

  private void collect(String name, GraphVertex vertex) {
    if (vertex instanceof LayerVertex layer) {
      collect(name, layer.getLayerConf().getLayer());
    } else if (vertex instanceof FrozenVertex frozen) {
      if (scope == Scope.ALL) {
        collect(name, frozen.getUnderlying());
      }
    } else if (vertex instanceof SameDiffVertex sameDiff) {
      Collection<String> parameters = sameDiff.getVertexParams().getParameterKeys();
      Function<String, IUpdater> used = sameDiff::getUpdaterByParam;
      add(name, sameDiff.getUpdater(), sameDiff::setUpdater, parameters, used);
      add(name, sameDiff.getBiasUpdater(), sameDiff::setBiasUpdater, parameters, used);
    }
  }

  private void collect(String name, Layer layer) {
    if (layer instanceof BaseLayer base) {
      Collection<String> parameters = base.initializer().paramKeys(base);
      Function<String, IUpdater> used = base::getUpdaterByParam;
      add(name, base.getIUpdater(), base::setIUpdater, parameters, used);
      add(name, base.getBiasUpdater(), base::setBiasUpdater, parameters, used);
    } else if (layer instanceof AbstractSameDiffLayer sameDiff) {
      Collection<String> parameters = sameDiff.getLayerParams().getParameterKeys();
      Function<String, IUpdater> used = sameDiff::getUpdaterByParam;
      add(name, sameDiff.getUpdater(), sameDiff::setUpdater, parameters, used);
      add(name, sameDiff.getBiasUpdater(), sameDiff::setBiasUpdater, parameters, used);
    } else if (layer instanceof Bidirectional both) {
      collect(name, both.getFwd());
      // Deeplearning4j asks the forward layer alone, for both layers' parameters.
      if (scope == Scope.ALL) {
        collect(name, both.getBwd());
      }
    } else if (layer instanceof FrozenLayer || layer instanceof FrozenLayerWithBackprop) {
      if (scope == Scope.ALL) {
        collect(
            name,
            layer instanceof FrozenLayer frozen
                ? frozen.getLayer()
                : ((FrozenLayerWithBackprop) layer).getUnderlying());
      }
    } else if (layer instanceof BaseWrapperLayer wrapper) {
      collect(name, wrapper.getUnderlying());
    }
  }

  private void add(
      String name,
      IUpdater updater,
      Consumer<IUpdater> place,
      Collection<String> parameters,
      Function<String, IUpdater> used) {
    if (updater != null
        && (scope == Scope.ALL
            || parameters.stream().anyMatch(parameter -> used.apply(parameter) == updater))) {
      found.add(new LayerUpdater(name, updater, place));
    }
  }
}
