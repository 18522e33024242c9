package org.lrsweep.training.worker;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.stream.Stream;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.lrsweep.network.FlatArrays;
import org.lrsweep.network.TrainingState;

/**
 * A state as it travels: the parameters' floats, then the updater state's, little-endian as in the
 * memory of every machine that LRSweep runs on. The step number goes its own way.
 */
public final class FlatState {
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

  /** Copies a state that lies on the heap into a replica's network. */
  static void restore(TrainingState state, ComputationGraph network) {
    FlatArrays.assign(network.params(), state.parameters(), "parameters");
    FlatArrays.assign(
        network.getUpdater().getStateViewArray(), state.updaterState(), "updater state");
  }

  /** The memory of a network's parameters, and of its updater state if it has one. */
  static List<ByteBuffer> memory(ComputationGraph network) {
    return Stream.of(network.params(), network.getUpdater().getStateViewArray())
        .filter(array -> FlatArrays.bytes(array) > 0)
        .map(FlatArrays::memory)
        .toList();
  }

  public static void write(TrainingState state, byte[] bytes) {
    floats(ByteBuffer.wrap(bytes)).put(state.parameters()).put(state.updaterState());
  }

  /** How many bytes a state is. */
  public static int bytes(TrainingState state) {
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

  public static TrainingState toState(byte[] bytes, int parameters, long step) {
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
