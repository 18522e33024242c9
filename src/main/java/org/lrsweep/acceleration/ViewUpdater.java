package org.lrsweep.acceleration;

import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.updater.graph.ComputationGraphUpdater;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A graph's updater that uses the views of parameters and gradients that it was made with. The
 * stock one has them too, but in Deeplearning4j 1.0.0-M2.1 takes every gradient for one from
 * elsewhere, since it asks for the very array object and is given a new view of it, and so makes
 * all views anew in each step: more than half of what a small network's step allocates.
 */
final class ViewUpdater extends ComputationGraphUpdater {

  private ViewUpdater(ComputationGraph graph, INDArray state) {
    super(graph, state);
  }

  /** Takes the place of a graph's updater, with the state that it has. */
  static void install(ComputationGraph graph) {
    ComputationGraphUpdater stock = graph.getUpdater(false);
    graph.setUpdater(new ViewUpdater(graph, stock == null ? null : stock.getStateViewArray()));
  }

  @Override
  public synchronized void update(
      Gradient gradient, int iteration, int epoch, int batchSize, LayerWorkspaceMgr workspaces) {
    super.update(
        isOwn(gradient.gradient()) ? new OwnGradient(gradient) : gradient,
        iteration,
        epoch,
        batchSize,
        workspaces);
  }

  private boolean isOwn(INDArray gradient) {
    INDArray own = getFlattenedGradientsView();
    return gradient.length() == own.length()
        && gradient.data().pointer().address() == own.data().pointer().address()
        && gradient.offset() == own.offset();
  }

  /** The gradient as the array that the stock updater looks for. */
  private final class OwnGradient extends DefaultGradient {
    OwnGradient(Gradient gradient) {
      gradient.gradientForVariable().forEach(this::setGradientFor);
    }

    @Override
    public INDArray gradient() {
      return getFlattenedGradientsView();
    }
  }
}
