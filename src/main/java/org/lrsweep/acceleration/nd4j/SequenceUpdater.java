package org.lrsweep.acceleration.nd4j;

import org.deeplearning4j.nn.api.Updater;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.updater.MultiLayerUpdater;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A sequence's updater that uses the views it was made with, by {@link OwnGradient}. */
public final class SequenceUpdater extends MultiLayerUpdater {

  private SequenceUpdater(MultiLayerNetwork network, INDArray state) {
    super(network, state);
  }

  /** Takes the place of a sequence's updater, with the state that it has. */
  public static void install(MultiLayerNetwork network) {
    Updater stock = network.getUpdater(false);
    network.setUpdater(
        new SequenceUpdater(network, stock == null ? null : stock.getStateViewArray()));
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
