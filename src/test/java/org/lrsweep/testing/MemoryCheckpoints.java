package org.lrsweep.testing;

import java.util.Optional;
import org.lrsweep.checkpoint.Checkpoints;
import org.lrsweep.checkpoint.Snapshot;

/** Checkpoints in memory, which break the run off at the one that a test says. */
public final class MemoryCheckpoints implements Checkpoints {
  private Snapshot latest;
  private int left;

  /** Instead of the SIGKILL of a process. */
  public static final class Killed extends Error {
    private static final long serialVersionUID = 1L;
  }

  private MemoryCheckpoints(int left) {
    this.left = left;
  }

  /** The run ends with {@link Killed} right after its n-th checkpoint. */
  public static MemoryCheckpoints killingAfter(int checkpoints) {
    return new MemoryCheckpoints(checkpoints);
  }

  /** From now on the run is killed after so many more. */
  public MemoryCheckpoints thenAfter(int checkpoints) {
    left = checkpoints;
    return this;
  }

  @Override
  public Optional<Snapshot> latest() {
    return Optional.ofNullable(latest);
  }

  @Override
  public void save(long step, Snapshot snapshot) {
    latest = snapshot;
    left--;
    if (left == 0) {
      throw new Killed();
    }
  }
}
