package org.lrsweep.results;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.lrsweep.storage.Content;
import org.lrsweep.storage.OutputFiles;

/**
 * The output of runs: their tables, models and reports, on any Hadoop file system.
 *
 * <p>A run's rows of a table are in {@code <table>/run_id=<run_id>/}: those of a trial in a file of
 * their own, {@code part-<trial_id>.parquet}, the others in {@code part-00000.parquet}. Rows of a
 * file are sorted by the table's key; equal rows give equal bytes. The run id is stored in the path
 * only, as Hive does, so that one read of the folder gives all runs. Files appear whole or not at
 * all.
 *
 * <p>Safe for use by several threads. Several processes may write different runs to one output.
 */
public final class ResultStore {
  private static final int LONGEST_NAME = 200;

  private final String output;
  private final OutputFiles files;
  private final TableFiles tables;

  private ResultStore(String output, OutputFiles files, Configuration conf) {
    this.output = output;
    this.files = files;
    tables = new TableFiles(files, conf);
  }

  /**
   * The store at a place, which needn't exist yet.
   *
   * @param output a path on this machine, or a URI of any Hadoop file system
   * @throws ResultsException if no file system answers to it
   */
  public static ResultStore open(String output, Configuration conf) {
    try {
      return new ResultStore(output, new OutputFiles(output, conf), conf);
    } catch (IOException | IllegalArgumentException e) {
      throw new ResultsException(
          "output \""
              + output
              + "\" can't be opened ("
              + ResultsException.reason(e)
              + "); set output to a path or to a URI that this Hadoop knows",
          e);
    }
  }

  /**
   * Finds out, before anything is trained, whether files can be created here.
   *
   * @throws ResultsException if they can't
   */
  public void checkWritable() {
    try {
      files.prepare();
    } catch (IOException | RuntimeException e) {
      throw new ResultsException(
          "output \""
              + output
              + "\" can't be written ("
              + ResultsException.reason(e)
              + "); set output to a place where this user may create files",
          e);
    }
  }

  /**
   * Writes a run's rows of a table.
   *
   * @throws IllegalArgumentException if a row is of another run, or two rows have the same key
   * @throws ResultsException if the run already has rows in this table, or they can't be written
   */
  public <R extends Record> void write(Table<R> table, String runId, List<R> rows) {
    tables.create(table, runId, rows);
  }

  /**
   * Writes a run's rows of a table in place of those it has, if any: a reader sees either.
   *
   * @throws IllegalArgumentException if a row is of another run, or two rows have the same key
   * @throws ResultsException if they can't be written
   */
  public <R extends Record> void replace(Table<R> table, String runId, List<R> rows) {
    tables.replace(table, runId, rows);
  }

  /**
   * Writes a trial's rows of a table in place of those it has, if any: a reader sees either.
   *
   * @param table one whose rows are of trials
   * @throws IllegalArgumentException if a row is of another run or trial, or two rows have the same
   *     key
   * @throws ResultsException if they can't be written
   */
  public <R extends Record> void replaceTrial(
      Table<R> table, String runId, String trialId, List<R> rows) {
    tables.replace(table, runId, trialId, rows);
  }

  /**
   * Removes the rows of all trials of a run but these, in the table {@code trials} first.
   *
   * @throws ResultsException if a file can't be read, written or deleted
   */
  public void retainTrials(String runId, Set<String> trialIds) {
    tables.retain(Tables.TRIALS, runId, trialIds);
    Tables.all().stream()
        .filter(Table::isOfTrials)
        .forEach(table -> tables.retain(table, runId, trialIds));
  }

  /**
   * Records how a run stands, in place of what was recorded before.
   *
   * @throws ResultsException if it can't be written
   */
  public void commitRun(RunRow row) {
    replace(Tables.RUNS, row.runId(), List.of(row));
  }

  /**
   * A run's rows of a table, sorted by the table's key; empty if the run has none.
   *
   * @throws ResultsException if a file can't be read
   */
  public <R extends Record> List<R> read(Table<R> table, String runId) {
    return tables.read(table, runId);
  }

  /**
   * A trial's rows of a table, sorted by the table's key; empty if it has none.
   *
   * @param table one whose rows are of trials
   * @throws ResultsException if a file can't be read
   */
  public <R extends Record> List<R> readTrial(Table<R> table, String runId, String trialId) {
    return tables.read(table, runId, trialId);
  }

  /**
   * All runs, the oldest first.
   *
   * @throws ResultsException if a file can't be read
   */
  public List<RunRow> runs() {
    return tables.runIds(Tables.RUNS).stream()
        .flatMap(runId -> read(Tables.RUNS, runId).stream())
        .sorted(Comparator.comparing(RunRow::startedAt).thenComparing(RunRow::runId))
        .toList();
  }

  /** Whether a run of this id was ever recorded here. */
  public boolean exists(String runId) {
    return !tables.list(Tables.RUNS, runId).isEmpty();
  }

  /** Where a trial's networks belong; needn't exist yet. */
  public String modelDirectory(String runId, String trialId) {
    Check.ids(runId, trialId);
    return files.path("models/" + runId + "/" + trialId).toString();
  }

  /** Where a run's plots and page belong; needn't exist yet. */
  public String reportDirectory(String runId) {
    Check.id(Table.RUN_ID, runId);
    return files.path("reports/" + runId).toString();
  }

  /** Where a comparison of runs belongs; needn't exist yet. */
  public String comparisonDirectory(List<String> runIds) {
    runIds.forEach(runId -> Check.id(Table.RUN_ID, runId));
    // No id holds a '+', so no run's report is here; file names end at 255 bytes.
    String name = String.join("+", runIds);
    String folder =
        name.length() <= LONGEST_NAME
            ? name
            : name.substring(0, LONGEST_NAME) + "+" + Integer.toHexString(name.hashCode());
    return files.path("reports/" + folder).toString();
  }

  /**
   * Writes a file of the output that is no table, e.g. below {@link #reportDirectory}, in place of
   * an older one if there is one.
   *
   * @throws IllegalArgumentException if the path is not in the output
   * @throws ResultsException if it can't be written
   */
  public void writeFile(String path, Content content) {
    Path target = new Path(path);

    if (!path.startsWith(files.root() + Path.SEPARATOR) || path.contains("..")) {
      throw new IllegalArgumentException(path + " is not in the output " + files.root());
    }

    tables.replace(target, content);
  }

  /**
   * Copies a file of the output that is no table, e.g. below {@link #modelDirectory}.
   *
   * @throws ResultsException if it can't be read
   * @throws IOException if it can't be written
   */
  public void copyFile(String path, OutputStream out) throws IOException {
    byte[] bytes;
    try {
      bytes = files.read(new Path(path));
    } catch (IOException e) {
      throw new ResultsException(
          path + " can't be read (" + ResultsException.reason(e) + "); was it moved or deleted?",
          e);
    }
    out.write(bytes);
  }

  /**
   * Deletes one of a trial's networks, or the folder of an ensemble's; it needn't be there.
   *
   * @param name below {@link #modelDirectory}
   */
  public void deleteModel(String runId, String trialId, String name) {
    tables.delete(new Path(modelDirectory(runId, trialId), name));
  }

  /** Deletes a trial's networks; they needn't be there. */
  public void deleteModels(String runId, String trialId) {
    tables.delete(new Path(modelDirectory(runId, trialId)));
  }

  /** The output's root, as a full URI. */
  @Override
  public String toString() {
    return files.root().toString();
  }
}
