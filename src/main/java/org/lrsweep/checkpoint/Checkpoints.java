package org.lrsweep.checkpoint;

import java.util.Optional;

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
