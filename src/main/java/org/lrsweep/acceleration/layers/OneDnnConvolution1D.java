package org.lrsweep.acceleration.layers;

import org.deeplearning4j.nn.api.MaskState;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.convolution.Convolution1DLayer;
import org.deeplearning4j.nn.params.ConvolutionParamInitializer;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.lrsweep.acceleration.onednn.WeightsLayout;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Broadcast;

/**
 * A convolution over the steps of [batch, channels, steps]: that of images of one row. What it puts
 * out lies as a stock layer's does.
 */
public final class OneDnnConvolution1D extends Convolution1DLayer implements Accelerated {

  private static final int AXES = 3;

  private final transient OneDnnConvolution ofRows;

  public OneDnnConvolution1D(Convolution1DLayer stock, LayerIo io) {
    super(stock.conf(), DataType.FLOAT);
    // Whatever shape the stock layer gives its weights, it reads them in this order.
    WeightsLayout weights =
        WeightsLayout.overSteps(
            layerConf().getKernelSize()[0], layerConf().getNIn(), layerConf().getNOut());
    ofRows = new OneDnnConvolution(ofRows(stock), io, weights);
    Accelerated.takeOver(stock, this);
  }

  /** A layer over images with the same parameters and gradients. */
  private static org.deeplearning4j.nn.layers.convolution.ConvolutionLayer ofRows(
      Convolution1DLayer stock) {
    org.deeplearning4j.nn.conf.layers.Convolution1DLayer steps = stock.layerConf();
    ConvolutionLayer rows =
        new ConvolutionLayer.Builder(1, steps.getKernelSize()[0])
            .stride(1, steps.getStride()[0])
            .padding(0, steps.getPadding()[0])
            .dilation(1, steps.getDilation()[0])
            .convolutionMode(steps.getConvolutionMode())
            .nIn(steps.getNIn())
            .nOut(steps.getNOut())
            .hasBias(steps.hasBias())
            .activation(steps.getActivationFn())
            .name(steps.getLayerName())
            .build();
    NeuralNetConfiguration configuration = stock.conf().clone();
    configuration.setLayer(rows);
    var layer =
        new org.deeplearning4j.nn.layers.convolution.ConvolutionLayer(
            configuration, DataType.FLOAT);
    layer.setParamTable(rows.initializer().init(configuration, stock.params(), false));
    layer.setParamsViewArray(stock.params());
    return layer;
  }

  @Override
  public INDArray activate(boolean training, LayerWorkspaceMgr workspaces) {
    assertInputSet(false);
    if (input.rank() != AXES) {
      return super.activate(training, workspaces); // which tells what is wrong
    }
    ofRows.setInput(asRows(input), workspaces);
    INDArray activations = asSteps(ofRows.activate(training, workspaces));
    if (maskArray != null) {
      INDArray mask =
          feedForwardMaskArray(maskArray, MaskState.Active, (int) input.size(0)).getFirst();
      INDArray masked =
          workspaces.createUninitialized(
              ArrayType.ACTIVATIONS, DataType.FLOAT, activations.shape());
      activations = Broadcast.mul(activations, mask.castTo(DataType.FLOAT), masked, 0, 2);
    }
    return workspaces.leverageTo(ArrayType.ACTIVATIONS, activations);
  }

  @Override
  public Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr workspaces) {
    INDArray inputGradient =
        asSteps(ofRows.backpropGradient(asRows(epsilon), workspaces).getSecond());
    Gradient gradient = new DefaultGradient();
    if (layerConf().hasBias()) {
      gradient.setGradientFor(
          ConvolutionParamInitializer.BIAS_KEY,
          gradientViews.get(ConvolutionParamInitializer.BIAS_KEY));
    }
    gradient.setGradientFor(
        ConvolutionParamInitializer.WEIGHT_KEY,
        gradientViews.get(ConvolutionParamInitializer.WEIGHT_KEY),
        'c');
    return new Pair<>(gradient, workspaces.leverageTo(ArrayType.ACTIVATION_GRAD, inputGradient));
  }

  private static INDArray asRows(INDArray steps) {
    return steps.reshape(steps.size(0), steps.size(1), 1, steps.size(2));
  }

  private static INDArray asSteps(INDArray rows) {
    return rows.reshape(rows.size(0), rows.size(1), rows.size(3));
  }

  @Override
  public void setBackpropGradientsViewArray(INDArray gradients) {
    super.setBackpropGradientsViewArray(gradients);
    ofRows.setBackpropGradientsViewArray(gradients);
  }

  @Override
  public void clear() {
    super.clear();
    ofRows.clear();
  }
}
