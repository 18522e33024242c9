package org.lrsweep.acceleration.layers;

import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.layers.AbstractLayer;

/** A layer or vertex that runs on oneDNN. */
public interface Accelerated {

  /** Puts one layer in another's place: parameters and gradients stay the same arrays. */
  static void takeOver(AbstractLayer<?> stock, AbstractLayer<?> replacement) {
    replacement.setIndex(stock.getIndex());
    replacement.setListeners(stock.getListeners());
    replacement.setCacheMode(stock.getConf().getCacheMode());
    replacement.setIterationCount(stock.getIterationCount());
    replacement.setEpochCount(stock.getEpochCount());
    if (stock.params() != null) {
      takeOverParameters(stock, replacement);
    }
  }

  private static void takeOverParameters(Layer stock, Layer replacement) {
    replacement.setParamTable(stock.paramTable());
    replacement.setParamsViewArray(stock.params());
    if (stock.getGradientsViewArray() != null) {
      replacement.setBackpropGradientsViewArray(stock.getGradientsViewArray());
    }
  }
}
