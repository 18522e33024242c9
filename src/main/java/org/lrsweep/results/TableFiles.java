package org.lrsweep.results;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.lrsweep.storage.Content;
import org.lrsweep.storage.OutputFiles;

/**
 * The Parquet files of the tables. A run's rows of a table are in {@code <table>/run_id=<run_id>/}:
 * those of a trial in {@code part-<trial_id>.parquet}, all others in {@code part-00000.parquet},
 * where older versions had those of all trials too.
 *
 * <p>Thread-safe.
 */
final class TableFiles {
  private static final String PARTITION = Table.RUN_ID + "=";
  private static final String PREFIX = "part-";
  private static final String SUFFIX = ".parquet";

  /** No trial's: an id begins with a letter. */
  private static final String WHOLE_RUN = "00000";

  private final OutputFiles files;
  private final Configuration conf;

  TableFiles(OutputFiles files, Configuration conf) {
    this.files = files;
    this.conf = conf;
  }

  /** Writes a run's rows of a table, if it has none. */
  <R extends Record> void create(Table<R> table, String runId, List<R> rows) {
    Path target = file(table, runId, WHOLE_RUN);
    Content content = content(table, runId, rows);
    try {
      files.create(target, content);
    } catch (FileAlreadyExistsException e) {
      throw new ResultsException(
          target + " exists already; take another run id or delete the run's rows first", e);
    } catch (IOException e) {
      throw cannotWrite(target, e);
    }
  }

  /** Writes a run's rows of a table in place of those it has. */
  <R extends Record> void replace(Table<R> table, String runId, List<R> rows) {
    replace(file(table, runId, WHOLE_RUN), content(table, runId, rows));
  }

  /** Writes a trial's rows of a table in place of those it has. */
  <R extends Record> void replace(Table<R> table, String runId, String trialId, List<R> rows) {
    Check.id(Table.TRIAL_ID, trialId);
    for (R row : rows) {
      if (!trialId.equals(table.trialIdOf(row))) {
        throw new IllegalArgumentException(
            "rows of " + table + " must be of trial " + trialId + ", found " + row);
      }
    }
    replace(file(table, runId, trialId), content(table, runId, rows));
  }

  void replace(Path target, Content content) {
    try {
      files.replace(target, content);
    } catch (IOException e) {
      throw cannotWrite(target, e);
    }
  }

  /** A run's rows of a table, sorted by its key. */
  <R extends Record> List<R> read(Table<R> table, String runId) {
    List<R> rows = new ArrayList<>();
    for (Path file : list(table, runId)) {
      rows.addAll(read(table, runId, file));
    }
    rows.sort(table.key());
    return rows;
  }

  /** A trial's rows of a table, sorted by its key; those of other trials stay unread. */
  <R extends Record> List<R> read(Table<R> table, String runId, String trialId) {
    List<R> rows = new ArrayList<>();
    for (Path file : list(table, runId)) {
      if (trialOf(file).map(trialId::equals).orElse(true)) {
        read(table, runId, file).stream()
            .filter(row -> trialId.equals(table.trialIdOf(row)))
            .forEach(rows::add);
      }
    }
    rows.sort(table.key());
    return rows;
  }

  private <R extends Record> List<R> read(Table<R> table, String runId, Path file) {
    try {
      return ParquetRows.read(table, runId, files.read(file), conf);
    } catch (IOException | RuntimeException e) {
      throw new ResultsException(
          file
              + " can't be read as rows of "
              + table
              + " ("
              + ResultsException.reason(e)
              + "); it is damaged or of another version: restore it, or delete it and run again",
          e);
    }
  }

  /** Removes the rows of all trials of a run but these. */
  <R extends Record> void retain(Table<R> table, String runId, Set<String> trialIds) {
    for (Path file : list(table, runId)) {
      Optional<String> trial = trialOf(file);
      if (trial.isEmpty()) {
        List<R> rows = read(table, runId, file);
        List<R> kept =
            rows.stream().filter(row -> trialIds.contains(table.trialIdOf(row))).toList();
        if (kept.size() < rows.size()) {
          replace(file, content(table, runId, kept));
        }
      } else if (!trialIds.contains(trial.get())) {
        delete(file);
      }
    }
  }

  private static Optional<String> trialOf(Path file) {
    String name = file.getName();
    String part =
        name.startsWith(PREFIX)
            ? name.substring(PREFIX.length(), name.length() - SUFFIX.length())
            : WHOLE_RUN;
    return Check.isId(part) ? Optional.of(part) : Optional.empty();
  }

  void delete(Path path) {
    try {
      files.delete(path);
    } catch (IOException e) {
      throw new ResultsException(
          path
              + " can't be deleted ("
              + ResultsException.reason(e)
              + "); check the permissions of the output",
          e);
    }
  }

  /** The runs that have a folder in a table. */
  List<String> runIds(Table<?> table) {
    return children(files.path(table.name())).stream()
        .map(status -> status.getPath().getName())
        .filter(name -> name.startsWith(PARTITION))
        .map(name -> name.substring(PARTITION.length()))
        .toList();
  }

  /** A run's files of a table. */
  List<Path> list(Table<?> table, String runId) {
    return children(partition(table, runId)).stream()
        .map(FileStatus::getPath)
        .filter(file -> file.getName().endsWith(SUFFIX))
        .filter(file -> !file.getName().startsWith(".") && !file.getName().startsWith("_"))
        .sorted()
        .toList();
  }

  private List<FileStatus> children(Path folder) {
    try {
      return files.list(folder);
    } catch (IOException e) {
      throw new ResultsException(
          folder
              + " can't be listed ("
              + ResultsException.reason(e)
              + "); check that this user may read it",
          e);
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

  private Path file(Table<?> table, String runId, String part) {
    return new Path(partition(table, runId), PREFIX + part + SUFFIX);
  }

  private static ResultsException cannotWrite(Path target, IOException e) {
    return new ResultsException(
        target
            + " can't be written ("
            + ResultsException.reason(e)
            + "); check the space and the permissions of the output",
        e);
  }
}
