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

  /** Brings the state to this JVM, into an array of its length. */
  void writeTo(byte[] whole) throws LostBytesException;

  /** A state that the driver had. */
  record Given(Broadcast<TrainingState> state) implements Start {
    @Override
    public void writeTo(byte[] whole) {
      FlatState.write(state.value(), whole);
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
    public void writeTo(byte[] whole) throws LostBytesException {
      int slices = states.get(0).slices();
      List<Slice> all = new ArrayList<>();
      states.forEach(state -> all.addAll(state.all()));
      List<ByteBuffer> read = Peers.read(all);
      for (int slice = 0; slice < slices; slice++) {
        List<ByteBuffer> terms = new ArrayList<>();
        for (int worker = 0; worker < states.size(); worker++) {
          terms.add(read.get(worker * slices + slice));
        }
        int from = KeptBytes.sliceStart(whole.length, slices, slice);
        mean(terms, ByteBuffer.wrap(whole, from, terms.get(0).remaining()));
      }
    }

    /** The mean of one slice alone. */
    byte[] slice(int slice) throws LostBytesException {
      List<ByteBuffer> terms =
          Peers.read(states.stream().map(state -> state.slice(slice)).toList());
      byte[] mean = new byte[terms.get(0).remaining()];
      mean(terms, ByteBuffer.wrap(mean));
      return mean;
    }

    private void mean(List<ByteBuffer> terms, ByteBuffer target) {
      if (terms.size() == 1) {
        target.put(terms.get(0));
      } else {
        WeightedMean.write(terms, weights, target);
      }
    }
  }

  /**
   * A mean of which each slice was taken somewhere else.
   *
   * @param slices in order
   */
  record InSlices(List<KeptBytes> slices) implements Start {

    @Override
    public void writeTo(byte[] whole) throws LostBytesException {
      ByteBuffer target = ByteBuffer.wrap(whole);
      Peers.read(slices.stream().map(slice -> slice.slice(0)).toList()).forEach(target::put);
    }
  }
}
