package org.lrsweep.training;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.stream.Stream;
import org.deeplearning4j.nn.graph.ComputationGraph;

/**
 * A state as it travels: the parameters' floats, then the updater state's, little-endian as in the
 * memory of every machine that LRSweep runs on. The step number goes its own way.
 */
final class FlatState {
  private FlatState() {}

  /** Copies a network's parameters and updater state into an array of their length. */
  static void capture(ComputationGraph network, byte[] bytes) {
    FlatArrays.copy(network.params(), bytes, 0);
    FlatArrays.copy(
        network.getUpdater().getStateViewArray(), bytes, FlatArrays.bytes(network.params()));
  }

  /** Copies parameters and updater state into a network. */
  static void restore(ByteBuffer bytes, ComputationGraph network) {
    int parameters = FlatArrays.bytes(network.params());
    int updaterState = FlatArrays.bytes(network.getUpdater().getStateViewArray());
    if (bytes.remaining() != parameters + updaterState) {
      throw new IllegalArgumentException(
          "This network's parameters and updater state are "
              + (parameters + updaterState)
              + " bytes, the state "
              + bytes.remaining());
    }
    FlatArrays.assign(network.params(), bytes.slice(0, parameters));
    FlatArrays.assign(
        network.getUpdater().getStateViewArray(), bytes.slice(parameters, updaterState));
  }

  /** The memory of a network's parameters, and of its updater state if it has one. */
  static FlatMemory memory(ComputationGraph network) {
    return new FlatMemory(
        Stream.of(network.params(), network.getUpdater().getStateViewArray())
            .filter(array -> FlatArrays.bytes(array) > 0)
            .map(FlatArrays::memory)
            .toList());
  }

  static void write(TrainingState state, byte[] bytes) {
    floats(ByteBuffer.wrap(bytes)).put(state.parameters()).put(state.updaterState());
  }

  /** How many bytes a state is. */
  static int bytes(TrainingState state) {
    try {
      return Math.multiplyExact(
          Math.addExact(state.parameters().length, state.updaterState().length), Float.BYTES);
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException(
          "A network's parameters and updater state must fit in 2 GB, found "
              + state.parameters().length
              + " and "
              + state.updaterState().length
              + " floats",
          e);
    }
  }

  static TrainingState toState(byte[] bytes, int parameters, long step) {
    FloatBuffer floats = floats(ByteBuffer.wrap(bytes));
    float[] first = new float[parameters];
    float[] rest = new float[floats.remaining() - parameters];
    floats.get(first).get(rest);
    return new TrainingState(first, rest, step);
  }

  private static FloatBuffer floats(ByteBuffer bytes) {
    return bytes.order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
  }
}
