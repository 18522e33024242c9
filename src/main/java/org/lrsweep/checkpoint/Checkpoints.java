package org.lrsweep.checkpoint;

import java.util.Optional;
import java.util.function.Supplier;

/**
 * Where one training run (a finder or a trial) leaves its state between rounds, and finds it again
 * after a crash. Used by one thread.
 */
public interface Checkpoints {

  /** The newest state that can be read; empty if there is none. */
  Optional<Snapshot> latest();

  /**
   * Keeps a state. When this returns, it survives the process.
   *
   * @param step how many steps the run has made; later states have higher ones
   * @throws CheckpointException if it can't be written
   */
  void save(long step, Snapshot snapshot);

  /** Whether a state of this many steps, if it were had now, is worth its time. */
  default boolean due(long step) {
    return true;
  }

  /** The same, which have another state as long as there is none. */
  default Checkpoints startingFrom(Supplier<Optional<Snapshot>> start) {
    Checkpoints kept = this;
    return new Checkpoints() {
      @Override
      public Optional<Snapshot> latest() {
        return kept.latest().or(start);
      }

      @Override
      public void save(long step, Snapshot snapshot) {
        kept.save(step, snapshot);
      }

      @Override
      public boolean due(long step) {
        return kept.due(step);
      }
    };
  }

  /** Keeps nothing and has nothing. */
  static Checkpoints none() {
    return new Checkpoints() {
      @Override
      public Optional<Snapshot> latest() {
        return Optional.empty();
      }

      @Override
      public void save(long step, Snapshot snapshot) {}

      @Override
      public boolean due(long step) {
        return false;
      }
    };
  }
}
