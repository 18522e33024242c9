package org.lrsweep.network;

import java.util.Arrays;
import java.util.List;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.graph.ComputationGraph;

/**
 * The decay of batch norm's running statistics in a live network, to be set from step to step: with
 * {@code k / (k + 1)} at step k they are the plain mean of the batches' statistics so far, as
 * PyTorch's {@code update_bn} has it.
 *
 * <p>Not thread-safe: it belongs to the network's thread.
 */
public final class NormDecay {
  private final List<Norm> norms;

  private record Norm(BatchNormalization layer, double decay) {}

  /** That of a network's layers that are not frozen. */
  public NormDecay(ComputationGraph network) {
    norms =
        Arrays.stream(network.getLayers())
            .map(layer -> layer.conf().getLayer())
            .filter(BatchNormalization.class::isInstance)
            .map(BatchNormalization.class::cast)
            .map(layer -> new Norm(layer, layer.getDecay()))
            .toList();
  }

  /** Makes the next step the k-th of a mean, 0-based; what was before step 0 has no part in it. */
  public void setStepOfMean(long k) {
    norms.forEach(norm -> norm.layer().setDecay((double) k / (k + 1)));
  }

  /** Gives each layer its own decay again. */
  public void reset() {
    norms.forEach(norm -> norm.layer().setDecay(norm.decay()));
  }
}
