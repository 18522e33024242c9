package org.lrsweep.checkpoint;

import java.io.IOException;
import java.util.Optional;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.lrsweep.storage.OutputFiles;

/**
 * What a run keeps in {@code checkpoints/<run_id>/} while it goes on: its manifest, who holds it,
 * and the checkpoints of its finder and trials.
 *
 * <p>Thread-safe.
 */
public final class RunFolder {
  private static final String MANIFEST = "manifest";
  private static final String STOP = "stop";

  private final OutputFiles files;
  private final Path folder;

  /**
   * A run's folder, which needn't exist yet.
   *
   * @param files the output
   * @param runId as the results know it; a folder of this name is made
   */
  public RunFolder(OutputFiles files, String runId) {
    this.files = files;
    folder = files.path("checkpoints/" + runId);
  }

  /**
   * The checkpoints of a part of the run.
   *
   * @param part names it: the finder or a trial
   */
  public Checkpoints of(String part, CheckpointInterval interval) {
    return new CheckpointFolder(files, new Path(folder, part), interval, System::nanoTime);
  }

  /** Writes down what the run is, before it starts. */
  public void describe(Snapshot manifest) {
    Path file = new Path(folder, MANIFEST);
    try {
      files.replace(file, out -> CheckpointFormat.write(manifest, out));
    } catch (IOException e) {
      throw new CheckpointException(file, "written", e);
    }
  }

  /**
   * What the run said it is; empty if it never started, or was deleted after its end.
   *
   * @throws DamagedCheckpointException if it is damaged
   */
  public Optional<Snapshot> description() {
    Path file = new Path(folder, MANIFEST);
    try {
      for (FileStatus found : files.list(folder)) {
        if (found.getPath().getName().equals(MANIFEST)) {
          return Optional.of(files.read(file, CheckpointFormat::read));
        }
      }
      return Optional.empty();
    } catch (IOException e) {
      throw new CheckpointException(file, "read", e);
    }
  }

  /**
   * Takes the run for this process.
   *
   * @throws RunIsHeldException if another process holds it
   * @throws CheckpointException if that can't be found out
   */
  public RunLock lock() {
    return RunLock.take(files, folder);
  }

  /**
   * Asks the process that holds the run to stop.
   *
   * @throws CheckpointException if that can't be written
   */
  public void askToStop() {
    Path file = new Path(folder, STOP);
    try {
      files.claim(file, new byte[0]);
    } catch (IOException e) {
      throw new CheckpointException(file, "written", e);
    }
  }

  /**
   * Whether the run was asked to stop since {@link #forgetStop}.
   *
   * @throws CheckpointException if that can't be found out
   */
  public boolean isAskedToStop() {
    try {
      return files.list(folder).stream().anyMatch(file -> file.getPath().getName().equals(STOP));
    } catch (IOException e) {
      throw new CheckpointException(folder, "looked into", e);
    }
  }

  /** Forgets that the run was asked to stop. */
  public void forgetStop() {
    forget(STOP);
  }

  /** Whether a process that is alive holds the run. */
  public boolean isHeld() {
    return RunLock.holder(files, folder, System::currentTimeMillis).isPresent();
  }

  /** Deletes the checkpoints of a part of the run that has ended. */
  public void forget(String part) {
    Path checkpoints = new Path(folder, part);
    try {
      files.delete(checkpoints);
    } catch (IOException e) {
      throw new CheckpointException(checkpoints, "deleted", e);
    }
  }

  /**
   * Deletes everything in it, and lets go of the run only then: who takes the run next finds
   * nothing that is about to vanish.
   *
   * @param held this process's hold on the run
   */
  public void delete(RunLock held) {
    try {
      for (FileStatus file : files.list(folder)) {
        if (!RunLock.isLock(file)) {
          files.delete(file.getPath());
        }
      }
      held.close();
      files.deleteIfEmpty(folder);
    } catch (IOException e) {
      throw new CheckpointException(folder, "deleted", e);
    }
  }

  /** Its full URI. */
  @Override
  public String toString() {
    return folder.toString();
  }
}
