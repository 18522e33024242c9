package org.lrsweep.acceleration.nd4j;

import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.updater.graph.ComputationGraphUpdater;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A graph's updater that uses the views it was made with, by {@link OwnGradient}. */
public final class GraphUpdater extends ComputationGraphUpdater {

  private GraphUpdater(ComputationGraph network, INDArray state) {
    super(network, state);
  }

  /** Takes the place of a graph's updater, with the state that it has. */
  public static void install(ComputationGraph network) {
    ComputationGraphUpdater stock = network.getUpdater(false);
    network.setUpdater(new GraphUpdater(network, stock == null ? null : stock.getStateViewArray()));
  }

  @Override
  public synchronized void update(
      Gradient gradient, int iteration, int epoch, int batchSize, LayerWorkspaceMgr workspaces) {
    super.update(
        OwnGradient.recognize(gradient, getFlattenedGradientsView()),
        iteration,
        epoch,
        batchSize,
        workspaces);
  }
}
