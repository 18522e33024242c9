package org.lrsweep.acceleration.layers;

import java.util.ArrayList;
import java.util.List;
import org.lrsweep.acceleration.onednn.Axes;
import org.lrsweep.acceleration.onednn.GradientSum;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The gradients that a vertex of several inputs is handed and hands on. */
final class VertexGradients {

  private final Axes axes;
  private final GradientSum[] upstream;
  private GradientSum readers;

  VertexGradients(Axes axes, int inputs) {
    this.axes = axes;
    upstream = new GradientSum[inputs];
  }

  void readsFrom(int inputNumber, GradientSum gradientSum) {
    upstream[inputNumber] = gradientSum;
  }

  /** Says that the readers of the vertex add their gradients up themselves. */
  void letReadersMeetIn(GradientSum gradientSum) {
    readers = gradientSum;
  }

  /** Whether an input's gradients are added up by its readers. */
  boolean areAddedUp(int inputNumber) {
    return upstream[inputNumber] != null;
  }

  /** Whether the graph finds nothing here to add to: the readers have done so. */
  boolean meet() {
    return readers != null;
  }

  /** The gradient at the vertex's output, of which the graph may know the first summand alone. */
  INDArray atOutput(INDArray given) {
    return readers == null ? given : readers.total();
  }

  /**
   * What the graph is to be given of the gradients at the inputs. The sums it has already are left
   * out, since it would take what stood there for the next input's.
   */
  INDArray[] handOn(List<INDArray> gradients) {
    List<INDArray> given = new ArrayList<>();
    for (int i = 0; i < gradients.size(); i++) {
      if (upstream[i] == null) {
        given.add(gradients.get(i));
      } else {
        boolean isFirst = upstream[i].isEmpty();
        INDArray sum = upstream[i].add(gradients.get(i), axes);
        if (isFirst) {
          given.add(sum);
        }
      }
    }
    return given.toArray(INDArray[]::new);
  }
}
