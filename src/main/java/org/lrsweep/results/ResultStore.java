package org.lrsweep.results;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.lrsweep.storage.Content;
import org.lrsweep.storage.OutputFiles;

/**
 * The output of runs: their tables, models and reports, on any Hadoop file system.
 *
 * <p>A run's rows of a table are one file, {@code <table>/run_id=<run_id>/part-00000.parquet},
 * sorted by the table's key; equal rows give equal bytes. The run id is stored in the path only, as
 * Hive does, so that one read of the folder gives all runs. Files appear whole or not at all.
 *
 * <p>Safe for use by several threads. Several processes may write different runs to one output.
 */
public final class ResultStore {
  private static final String PARTITION = Table.RUN_ID + "=";
  private static final int LONGEST_NAME = 200;

  private final String output;
  private final OutputFiles files;
  private final Configuration conf;

  private ResultStore(String output, OutputFiles files, Configuration conf) {
    this.output = output;
    this.files = files;
    this.conf = conf;
  }

  /**
   * The store at a place, which needn't exist yet.
   *
   * @param output a path on the default file system, or a URI of any Hadoop file system
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
              + reason(e)
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
              + reason(e)
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
    Content content = content(table, runId, rows);
    Path target = file(table, runId);

    try {
      files.create(target, content);
    } catch (FileAlreadyExistsException e) {
      throw new ResultsException(
          target + " exists already; take another run id or delete the run's rows first", e);
    } catch (IOException e) {
      throw cannotWrite(target, e);
    }
  }

  /**
   * Writes a run's rows of a table in place of those it has, if any: a reader sees either.
   *
   * @throws IllegalArgumentException if a row is of another run, or two rows have the same key
   * @throws ResultsException if they can't be written
   */
  public <R extends Record> void replace(Table<R> table, String runId, List<R> rows) {
    replace(file(table, runId), content(table, runId, rows));
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
    List<R> rows = new ArrayList<>();

    for (Path file : parquetFiles(partition(table, runId))) {
      try {
        rows.addAll(ParquetRows.read(table, runId, files.read(file), conf));
      } catch (IOException | RuntimeException e) {
        throw new ResultsException(
            file
                + " can't be read as rows of "
                + table
                + " ("
                + reason(e)
                + "); it is damaged or of another version: restore it, or delete it and run again",
            e);
      }
    }

    rows.sort(table.key());
    return rows;
  }

  /**
   * All runs, the oldest first.
   *
   * @throws ResultsException if a file can't be read
   */
  public List<RunRow> runs() {
    return children(files.path(Tables.RUNS.name())).stream()
        .map(status -> status.getPath().getName())
        .filter(name -> name.startsWith(PARTITION))
        .flatMap(name -> read(Tables.RUNS, name.substring(PARTITION.length())).stream())
        .sorted(Comparator.comparing(RunRow::startedAt).thenComparing(RunRow::runId))
        .toList();
  }

  /** Whether a run of this id was ever recorded here. */
  public boolean exists(String runId) {
    return !parquetFiles(partition(Tables.RUNS, runId)).isEmpty();
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
    // No id holds a '_', so no run's report is here; file names end at 255 bytes.
    String name = String.join("_", runIds);
    String folder =
        name.length() <= LONGEST_NAME
            ? name
            : name.substring(0, LONGEST_NAME) + "_" + Integer.toHexString(name.hashCode());
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

    replace(target, content);
  }

  /** The output's root, as a full URI. */
  @Override
  public String toString() {
    return files.root().toString();
  }

  private void replace(Path target, Content content) {
    try {
      files.replace(target, content);
    } catch (IOException e) {
      throw cannotWrite(target, e);
    }
  }

  private <R extends Record> Content content(Table<R> table, String runId, List<R> rows) {
    List<R> sorted = new ArrayList<>(rows);
    sorted.sort(table.key());

    for (int i = 0; i < sorted.size(); i++) {
      R row = sorted.get(i);

      if (!runId.equals(table.runIdOf(row))) {
        throw new IllegalArgumentException(
            "rows of " + table + " must be of run " + runId + ", found " + row);
      }

      if (i > 0 && table.key().compare(sorted.get(i - 1), row) == 0) {
        throw new IllegalArgumentException(
            "rows of " + table + " must differ in their key, found twice: " + row);
      }
    }

    return out -> ParquetRows.write(table, sorted, out, conf);
  }

  private Path partition(Table<?> table, String runId) {
    Check.id(Table.RUN_ID, runId);
    return files.path(table.name() + "/" + PARTITION + runId);
  }

  private Path file(Table<?> table, String runId) {
    return new Path(partition(table, runId), "part-00000.parquet");
  }

  private List<Path> parquetFiles(Path folder) {
    return children(folder).stream()
        .map(FileStatus::getPath)
        .filter(file -> file.getName().endsWith(".parquet"))
        .filter(file -> !file.getName().startsWith(".") && !file.getName().startsWith("_"))
        .sorted()
        .toList();
  }

  private List<FileStatus> children(Path folder) {
    try {
      return files.list(folder);
    } catch (IOException e) {
      throw new ResultsException(
          folder + " can't be listed (" + reason(e) + "); check that this user may read it", e);
    }
  }

  private static ResultsException cannotWrite(Path target, IOException e) {
    return new ResultsException(
        target
            + " can't be written ("
            + reason(e)
            + "); check the space and the permissions of the output",
        e);
  }

  private static String reason(Throwable e) {
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }
}
