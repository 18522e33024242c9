package org.lrsweep.acceleration.rewrite;

import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.layers.convolution.Convolution1DLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.lrsweep.acceleration.AccelerationReport;
import org.lrsweep.acceleration.AccelerationReport.Stock;
import org.lrsweep.acceleration.layers.AcceleratedImages;
import org.lrsweep.acceleration.layers.LayerIo;
import org.lrsweep.acceleration.layers.OneDnnConvolution1D;
import org.lrsweep.acceleration.nd4j.SequenceUpdater;
import org.lrsweep.acceleration.onednn.Axes;
import org.lrsweep.acceleration.onednn.ExecutionContext;
import org.lrsweep.acceleration.onednn.Precision;

/** Puts oneDNN versions in the places of the live layers of a sequence. */
public final class SequenceAcceleration {

  private final MultiLayerNetwork network;
  private final Layer[] layers;
  private final ExecutionContext context;
  private final List<String> accelerated = new ArrayList<>();
  private final List<Stock> stock = new ArrayList<>();
  private boolean hasSites;

  public SequenceAcceleration(MultiLayerNetwork network, Precision precision) {
    this.network = network;
    layers = network.getLayers();
    context = new ExecutionContext(() -> Watchers.areAmong(network.getListeners()), precision);
  }

  public AccelerationReport run() {
    boolean images = false;
    Axes axes = null;
    for (int index = 0; index < layers.length; index++) {
      Layer layer = layers[index];
      Axes below = axes;
      images = LayerReplacement.worksOnImages(layer, images && !isPreprocessed(index));
      axes = images ? LayerReplacement.axes(layer, axes) : null;
      if (images) {
        replace(index, axes, below);
        images = LayerReplacement.putsOutImages(layer);
      } else if (LayerReplacement.isOverSteps(layer)) {
        replaceOverSteps(index, (Convolution1DLayer) layer);
      } else if (LayerReplacement.isDense(layer)) {
        replaceDense(index);
      } else {
        leave(index, Obstacles.withoutImages(layer));
      }
    }
    SequenceUpdater.install(network);
    return new AccelerationReport(accelerated, stock);
  }

  private void replace(int index, Axes axes, Axes axesBelow) {
    Layer layer = layers[index];
    String obstacle = Obstacles.of(layer, axes);
    if (obstacle != null) {
      leave(index, obstacle);
      return;
    }
    LayerIo io = newSite();
    if (index > 0
        && !isPreprocessed(index)
        && axes == axesBelow
        && layers[index - 1] instanceof AcceleratedImages below) {
      below.io().markReadByAccelerated();
      io.markReadingAccelerated(0);
    }
    layers[index] = (Layer) LayerReplacement.of(layer, io, axes);
    accelerated.add(name(index));
  }

  private void replaceOverSteps(int index, Convolution1DLayer layer) {
    String obstacle = Obstacles.overSteps(layer);
    if (obstacle == null) {
      layers[index] = new OneDnnConvolution1D(layer, newSite());
      accelerated.add(name(index));
    } else {
      leave(index, obstacle);
    }
  }

  private LayerIo newSite() {
    LayerIo io = new LayerIo(context, LayerIo.Memory.WORKSPACES);
    if (!hasSites) {
      io.markFirst();
      hasSites = true;
    }
    return io;
  }

  private void replaceDense(int index) {
    String obstacle = Obstacles.ofDense(layers[index]);
    if (obstacle == null) {
      layers[index] = LayerReplacement.ofDense(layers[index], context);
      accelerated.add(name(index));
    } else {
      leave(index, obstacle);
    }
  }

  private void leave(int index, String reason) {
    stock.add(new Stock(name(index), layers[index].getClass().getSimpleName(), reason));
  }

  private boolean isPreprocessed(int index) {
    return network.getLayerWiseConfigurations().getInputPreProcess(index) != null;
  }

  private String name(int index) {
    String name = layers[index].conf().getLayer().getLayerName();
    return name == null ? "layer" + index : name;
  }
}
