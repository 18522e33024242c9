package org.lrsweep.training;

import java.io.Serializable;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.broadcast.Broadcast;
import org.lrsweep.training.exchange.KeptBytes;
import org.lrsweep.training.exchange.KeptBytes.Slice;
import org.lrsweep.training.exchange.LostBytesException;
import org.lrsweep.training.exchange.Peers;
import org.lrsweep.training.exchange.WeightedMean;

/** Where the state lies that a round begins from, as {@link FlatState} writes it. */
sealed interface Start extends Serializable {

  /**
   * Brings together what the state is made of.
   *
   * @param whole takes the state, of its length
   * @return what is left to do, in pieces that may run at the same time
   */
  List<Runnable> pieces(byte[] whole) throws LostBytesException;

  /** Brings the state to this JVM, into an array of its length. */
  default void writeTo(byte[] whole) throws LostBytesException {
    pieces(whole).forEach(Runnable::run);
  }

  /** A state that the driver had. */
  record Given(Broadcast<TrainingState> state) implements Start {
    @Override
    public List<Runnable> pieces(byte[] whole) {
      return List.of(() -> FlatState.write(state.value(), whole));
    }
  }

  /**
   * The mean of what workers left where they trained, to be taken by whoever needs it.
   *
   * @param states in the workers' order
   * @param weights each worker's share of the examples
   */
  @SuppressWarnings("ArrayRecordComponent") // never written to once built
  record OfWorkers(List<KeptBytes> states, float[] weights) implements Start {
    @Override
    public List<Runnable> pieces(byte[] whole) throws LostBytesException {
      int slices = states.get(0).slices();
      List<Slice> all = new ArrayList<>();
      states.forEach(state -> all.addAll(state.all()));
      List<ByteBuffer> read = Peers.read(all);
      List<Runnable> pieces = new ArrayList<>();
      for (int slice = 0; slice < slices; slice++) {
        List<ByteBuffer> terms = new ArrayList<>();
        for (int worker = 0; worker < states.size(); worker++) {
          terms.add(read.get(worker * slices + slice));
        }
        int from = KeptBytes.sliceStart(whole.length, slices, slice);
        int length = terms.get(0).remaining();
        pieces.addAll(
            WeightedMean.pieces(terms, weights, List.of(ByteBuffer.wrap(whole, from, length))));
      }
      return pieces;
    }

    /** The mean of one slice alone. */
    byte[] slice(int slice) throws LostBytesException {
      List<ByteBuffer> terms =
          Peers.read(states.stream().map(state -> state.slice(slice)).toList());
      byte[] mean = new byte[terms.get(0).remaining()];
      WeightedMean.pieces(terms, weights, List.of(ByteBuffer.wrap(mean))).forEach(Runnable::run);
      return mean;
    }
  }

  /**
   * A mean of which each slice was taken somewhere else.
   *
   * @param slices in order
   */
  record InSlices(List<KeptBytes> slices) implements Start {

    @Override
    public List<Runnable> pieces(byte[] whole) throws LostBytesException {
      List<ByteBuffer> read = Peers.read(slices.stream().map(slice -> slice.slice(0)).toList());
      return List.of(
          () -> {
            ByteBuffer target = ByteBuffer.wrap(whole);
            read.forEach(target::put);
          });
    }
  }
}
