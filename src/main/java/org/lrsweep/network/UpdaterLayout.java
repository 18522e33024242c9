package org.lrsweep.network;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.deeplearning4j.nn.api.TrainingConfig;
import org.deeplearning4j.nn.updater.BaseMultiLayerUpdater;
import org.deeplearning4j.nn.updater.UpdaterBlock;
import org.deeplearning4j.nn.updater.UpdaterBlock.ParamState;
import org.nd4j.linalg.learning.config.IUpdater;

/**
 * How an updater's state lies in its flattened array. Neighbouring parameters with equal updaters
 * form a block, and a block holds one value of all its parameters, then the next: Adam's first
 * moments, then its second ones. So the order depends on which updaters are equal, their learning
 * rates included, and a state has to be moved where rates are replaced.
 *
 * @param blocks in the parameters' order
 */
record UpdaterLayout(List<Block> blocks) {

  /**
   * Parameters that are updated together.
   *
   * @param parameters how many, {@code >= 1}
   * @param values how many values the state has for each
   */
  record Block(int parameters, int values) {}

  UpdaterLayout {
    blocks = List.copyOf(blocks);
  }

  /** The state of a network, in the order that it has in rounds. */
  static float[] read(BaseMultiLayerUpdater<?> network, RelativeRates rates) {
    float[] state = FlatArrays.copy(network.getStateViewArray());
    return asBuilt(network).move(state, inRounds(network, rates));
  }

  /** Gives a network a state that has the order of rounds. */
  static void write(float[] state, BaseMultiLayerUpdater<?> network, RelativeRates rates) {
    int length = FlatArrays.bytes(network.getStateViewArray()) / Float.BYTES;
    boolean fits = state.length == length;
    FlatArrays.assign(
        network.getStateViewArray(),
        fits ? inRounds(network, rates).move(state, asBuilt(network)) : state,
        "updater state");
  }

  /** The order that a network's state has. */
  static UpdaterLayout asBuilt(BaseMultiLayerUpdater<?> network) {
    return new UpdaterLayout(
        network.getUpdaterBlocks().stream()
            .map(
                block ->
                    new Block(
                        block.getParamOffsetEnd() - block.getParamOffsetStart(), values(block)))
            .toList());
  }

  /**
   * The order that the state would have if the network were built with its updaters as they are.
   */
  static UpdaterLayout ifBuiltNow(BaseMultiLayerUpdater<?> network) {
    return of(network, UnaryOperator.identity());
  }

  /** The order that a replica's state has, whose rates are multiples of the step's. */
  private static UpdaterLayout inRounds(BaseMultiLayerUpdater<?> network, RelativeRates rates) {
    return of(
        network,
        updater -> {
          if (!updater.hasLearningRate()) {
            return updater;
          }
          IUpdater scheduled = updater.clone();
          scheduled.setLrAndSchedule(rates.ratio(updater), null);
          return scheduled;
        });
  }

  private static UpdaterLayout of(
      BaseMultiLayerUpdater<?> network, UnaryOperator<IUpdater> updaterOf) {
    List<Block> blocks = new ArrayList<>();
    ParamState last = null;
    IUpdater lastUpdater = null;
    for (UpdaterBlock block : network.getUpdaterBlocks()) {
      for (ParamState parameter : block.getLayersAndVariablesInBlock()) {
        IUpdater updater =
            updaterOf.apply(
                parameter.getLayer().getConfig().getUpdaterByParam(parameter.getParamName()));
        int count = parameter.getParamOffsetEnd() - parameter.getParamOffsetStart();
        int end = blocks.size() - 1;
        if (last != null && updater.equals(lastUpdater) && mayShareABlock(last, parameter)) {
          Block grown = blocks.get(end);
          blocks.set(end, new Block(grown.parameters() + count, grown.values()));
        } else {
          blocks.add(new Block(count, values(block)));
        }
        last = parameter;
        lastUpdater = updater;
      }
    }
    return new UpdaterLayout(blocks);
  }

  /** As Deeplearning4j's UpdaterUtils has it: parameters for pretraining stay in their layers. */
  private static boolean mayShareABlock(ParamState one, ParamState other) {
    TrainingConfig first = one.getLayer().getConfig();
    TrainingConfig second = other.getLayer().getConfig();
    boolean firstPretrains = first.isPretrainParam(one.getParamName());
    boolean secondPretrains = second.isPretrainParam(other.getParamName());
    boolean noneDoes = !firstPretrains && !secondPretrains;
    boolean bothDoInOneLayer =
        firstPretrains && secondPretrains && one.getLayer() == other.getLayer();
    return noneDoes || bothDoInOneLayer;
  }

  private static int values(UpdaterBlock block) {
    int parameters = block.getParamOffsetEnd() - block.getParamOffsetStart();
    return (block.getUpdaterViewOffsetEnd() - block.getUpdaterViewOffsetStart()) / parameters;
  }

  /** A state of this layout in another one of the same parameters and updaters. */
  float[] move(float[] state, UpdaterLayout other) {
    if (equals(other)) {
      return state;
    }
    int parameters = blocks.stream().mapToInt(Block::parameters).sum();
    int values = blocks.stream().mapToInt(Block::values).max().orElse(0);
    float[][] byValue = new float[values][parameters];
    float[] moved = new float[state.length];
    copy(state, byValue, Direction.FROM_STATE);
    other.copy(moved, byValue, Direction.TO_STATE);
    return moved;
  }

  private enum Direction {
    FROM_STATE,
    TO_STATE
  }

  private void copy(float[] state, float[][] byValue, Direction direction) {
    int parameter = 0;
    int position = 0;
    for (Block block : blocks) {
      for (int value = 0; value < block.values(); value++) {
        if (direction == Direction.FROM_STATE) {
          System.arraycopy(state, position, byValue[value], parameter, block.parameters());
        } else {
          System.arraycopy(byValue[value], parameter, state, position, block.parameters());
        }
        position += block.parameters();
      }
      parameter += block.parameters();
    }
  }
}
