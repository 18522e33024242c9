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

/** A reference to the state that a job begins from, in the form of {@link FlatState}. */
public sealed interface StateRef extends Serializable {

  /**
   * Reads what the state is made of.
   *
   * @param whole takes the state, of its length
   * @return what is left to do, in pieces that may run at the same time
   */
  List<Runnable> pieces(byte[] whole) throws LostBlockException;

  /** Brings the state to this JVM, into an array of its length. */
  default void writeTo(byte[] whole) throws LostBlockException {
    new SharedWork().finish(() -> pieces(whole));
  }

  /** A state of the driver's, in a broadcast variable. */
  record InBroadcast(Broadcast<TrainingState> state) implements StateRef {
    @Override
    public List<Runnable> pieces(byte[] whole) {
      return List.of(() -> FlatState.write(state.value(), whole));
    }
  }

  /** The mean of workers' states, to be taken by whoever needs it. */
  sealed interface Mean extends StateRef {
    /**
     * Reads what the mean is of.
     *
     * @param here states that need not be read, since this JVM's networks have them
     * @param means what takes the mean
     * @return what is left to do, in pieces that may run at the same time
     */
    List<Runnable> pieces(Map<BlockRef, FlatMemory> here, List<FlatMemory> means)
        throws LostBlockException;

    @Override
    default List<Runnable> pieces(byte[] whole) throws LostBlockException {
      return pieces(Map.of(), List.of(FlatMemory.of(whole)));
    }
  }

  /**
   * The mean of states in the workers' stores.
   *
   * @param states in the workers' order
   * @param weights each worker's share of the examples
   */
  @SuppressWarnings("ArrayRecordComponent") // never written to once built
  record WorkersMean(List<BlockRef> states, float[] weights) implements Mean {
    @Override
    public List<Runnable> pieces(Map<BlockRef, FlatMemory> here, List<FlatMemory> means)
        throws LostBlockException {
      Map<BlockRef, Source> sources = new HashMap<>();
      List<BlockRef> elsewhere = new ArrayList<>();
      for (BlockRef state : states) {
        if (here.containsKey(state)) {
          sources.put(state, here.get(state).source());
        } else {
          elsewhere.add(state);
        }
      }
      List<Source> read = BlockStore.read(elsewhere);
      for (int i = 0; i < read.size(); i++) {
        sources.put(elsewhere.get(i), read.get(i));
      }
      return FlatMemory.writeMean(states.stream().map(sources::get).toList(), weights, means);
    }

    /** The mean of one slice alone. */
    public byte[] slice(int slice) throws LostBlockException {
      List<Source> terms =
          BlockStore.readSlices(states.stream().map(state -> state.slice(slice)).toList());
      byte[] mean = new byte[terms.get(0).length()];
      new SharedWork()
          .finish(() -> WeightedMean.pieces(terms, weights, List.of(ByteBuffer.wrap(mean))));
      return mean;
    }
  }

  /**
   * A mean that has been taken, slice by slice, each in another store.
   *
   * @param slices in order
   */
  record SlicedMean(List<BlockRef> slices) implements Mean {
    @Override
    public List<Runnable> pieces(Map<BlockRef, FlatMemory> here, List<FlatMemory> means)
        throws LostBlockException {
      Source whole = Source.join(BlockStore.read(slices));
      return FlatMemory.writeMean(List.of(whole), new float[] {1}, means);
    }
  }
}
