package org.lrsweep.training.state;

import java.io.Serializable;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.broadcast.Broadcast;
import org.lrsweep.network.TrainingState;
import org.lrsweep.training.worker.FlatState;

/** Where the state lies that a round begins from, as {@link FlatState} writes it. */
public sealed interface Start extends Serializable {

  /**
   * Brings together what the state is made of.
   *
   * @param whole takes the state, of its length
   * @return what is left to do, in pieces that may run at the same time
   */
  List<Runnable> pieces(byte[] whole) throws LostBytesException;

  /** Brings the state to this JVM, into an array of its length. */
  default void writeTo(byte[] whole) throws LostBytesException {
    new SharedWork().finish(() -> pieces(whole));
  }

  /** A state that the driver had. */
  record Given(Broadcast<TrainingState> state) implements Start {
    @Override
    public List<Runnable> pieces(byte[] whole) {
      return List.of(() -> FlatState.write(state.value(), whole));
    }
  }

  /** A mean of workers' states, to be taken by whoever needs it. */
  sealed interface Mean extends Start {
    /**
     * Brings together what the mean is of.
     *
     * @param here states that needn't be read, since this JVM's networks are still in them
     * @param means what takes the mean
     * @return what is left to do, in pieces that may run at the same time
     */
    List<Runnable> pieces(Map<KeptBytes, FlatMemory> here, List<FlatMemory> means)
        throws LostBytesException;

    @Override
    default List<Runnable> pieces(byte[] whole) throws LostBytesException {
      return pieces(Map.of(), List.of(FlatMemory.of(whole)));
    }
  }

  /**
   * The mean of what workers left where they trained.
   *
   * @param states in the workers' order
   * @param weights each worker's share of the examples
   */
  @SuppressWarnings("ArrayRecordComponent") // never written to once built
  record OfWorkers(List<KeptBytes> states, float[] weights) implements Mean {
    @Override
    public List<Runnable> pieces(Map<KeptBytes, FlatMemory> here, List<FlatMemory> means)
        throws LostBytesException {
      Map<KeptBytes, Source> sources = new HashMap<>();
      List<KeptBytes> elsewhere = new ArrayList<>();
      for (KeptBytes state : states) {
        if (here.containsKey(state)) {
          sources.put(state, here.get(state).source());
        } else {
          elsewhere.add(state);
        }
      }
      List<Source> read = Peers.read(elsewhere);
      for (int i = 0; i < read.size(); i++) {
        sources.put(elsewhere.get(i), read.get(i));
      }
      return FlatMemory.writeMean(states.stream().map(sources::get).toList(), weights, means);
    }

    /** The mean of one slice alone. */
    public byte[] slice(int slice) throws LostBytesException {
      List<Source> terms =
          Peers.readSlices(states.stream().map(state -> state.slice(slice)).toList());
      byte[] mean = new byte[terms.get(0).length()];
      new SharedWork()
          .finish(() -> WeightedMean.pieces(terms, weights, List.of(ByteBuffer.wrap(mean))));
      return mean;
    }
  }

  /**
   * A mean of which each slice was taken somewhere else.
   *
   * @param slices in order
   */
  record InSlices(List<KeptBytes> slices) implements Mean {
    @Override
    public List<Runnable> pieces(Map<KeptBytes, FlatMemory> here, List<FlatMemory> means)
        throws LostBytesException {
      Source whole = Source.join(Peers.read(slices));
      return FlatMemory.writeMean(List.of(whole), new float[] {1}, means);
    }
  }
}
