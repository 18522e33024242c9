package org.lrsweep.network;

import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.params.BatchNormalizationParamInitializer;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Where batch norm's running statistics lie among a network's flattened parameters. Those of frozen
 * layers are not among them: they stay.
 *
 * @param places in the parameters' order
 */
public record NormStatistics(List<Place> places) {
  private static final List<String> KEYS =
      List.of(
          BatchNormalizationParamInitializer.GLOBAL_MEAN,
          BatchNormalizationParamInitializer.GLOBAL_VAR,
          BatchNormalizationParamInitializer.GLOBAL_LOG_STD);

  /**
   * A run of parameters.
   *
   * @param from index of the first
   * @param length how many
   */
  record Place(int from, int length) {}

  public NormStatistics {
    places = List.copyOf(places);
  }

  /** Those of a network without batch norm. */
  public static NormStatistics none() {
    return new NormStatistics(List.of());
  }

  /** Those of a network. */
  public static NormStatistics of(NetworkSpec spec) {
    ComputationGraph network = spec.build();
    try {
      List<Place> places = new ArrayList<>();
      long start = network.params().offset();
      for (Layer layer : network.getLayers()) {
        if (layer.conf().getLayer() instanceof BatchNormalization) {
          for (String key : KEYS) {
            INDArray values = layer.getParam(key);
            if (values != null) {
              places.add(new Place((int) (values.offset() - start), (int) values.length()));
            }
          }
        }
      }
      return new NormStatistics(places);
    } finally {
      FlatArrays.free(network);
    }
  }

  /** Whether there are none. */
  public boolean isEmpty() {
    return places.isEmpty();
  }

  /** A state with the statistics of another one. */
  public TrainingState moved(TrainingState to, TrainingState from) {
    float[] parameters = to.parameters().clone();
    for (Place place : places) {
      System.arraycopy(from.parameters(), place.from(), parameters, place.from(), place.length());
    }
    return new TrainingState(parameters, to.updaterState(), to.step());
  }
}
