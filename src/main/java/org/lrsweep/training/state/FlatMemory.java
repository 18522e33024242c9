package org.lrsweep.training.state;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.lrsweep.training.worker.FlatState;

/**
 * The memory of a state, as {@link FlatState} orders it: one array, or what a network has its
 * parameters and its updater's state in.
 *
 * @param parts in order; their positions are 0
 */
record FlatMemory(List<ByteBuffer> parts) {

  static FlatMemory of(byte[] whole) {
    return new FlatMemory(List.of(ByteBuffer.wrap(whole)));
  }

  /** What it holds, to be read while nobody writes to it. */
  Source source() {
    return Source.join(parts.stream().map(Source::of).toList());
  }

  /**
   * Writes a mean of states, in pieces that may run at the same time.
   *
   * @param terms the states; may be the memory that the mean is written to
   * @param weights one a term
   * @param means each takes the mean; all made of parts of the same lengths
   */
  static List<Runnable> writeMean(List<Source> terms, float[] weights, List<FlatMemory> means) {
    List<Runnable> pieces = new ArrayList<>();
    int begin = 0;
    for (int i = 0; i < means.get(0).parts().size(); i++) {
      int part = i;
      int from = begin;
      int length = means.get(0).parts().get(part).capacity();
      pieces.addAll(
          WeightedMean.pieces(
              terms.stream().map(term -> term.slice(from, length)).toList(),
              weights,
              means.stream().map(mean -> mean.parts().get(part)).toList()));
      begin += length;
    }
    return pieces;
  }
}
