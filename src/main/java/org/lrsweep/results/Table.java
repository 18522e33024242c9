package org.lrsweep.results;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * A table of the output: its folder's name, its row type and the columns that follow from it. The
 * first column of every table is {@code run_id}, which is stored in the path. Immutable.
 *
 * @param <R> the row type
 */
public final class Table<R extends Record> {
  static final String RUN_ID = "run_id";
  static final String TRIAL_ID = "trial_id";

  private final String name;
  private final String meaning;
  private final Class<R> rowType;
  private final Comparator<R> key;
  private final List<Column> columns;
  private final Constructor<R> constructor;

  private Table(String name, String meaning, Class<R> rowType, Comparator<R> key) {
    this.name = name;
    this.meaning = meaning;
    this.rowType = rowType;
    this.key = key;
    this.columns = Arrays.stream(rowType.getRecordComponents()).map(Column::of).toList();
    this.constructor = canonicalConstructor(rowType);
  }

  /**
   * A table whose rows, within a run, are sorted and told apart by a key.
   *
   * @throws IllegalArgumentException if a component of the row type can't be a column, or the first
   *     one isn't {@code runId}
   */
  static <R extends Record> Table<R> of(
      String name, String meaning, Class<R> rowType, Comparator<R> key) {
    Table<R> table = new Table<>(name, meaning, rowType, key);

    if (!table.columns.get(0).name().equals(RUN_ID)) {
      throw new IllegalArgumentException("the first column of " + name + " must be " + RUN_ID);
    }

    return table;
  }

  /** The folder's name. */
  public String name() {
    return name;
  }

  /** What a row is. */
  public String meaning() {
    return meaning;
  }

  /** All columns, {@code run_id} first. */
  public List<Column> columns() {
    return columns;
  }

  /** The columns that are stored in the files, thus all but {@code run_id}. */
  List<Column> storedColumns() {
    return columns.subList(1, columns.size());
  }

  /** Orders the rows of one run; 0 for two rows that may not stand in one table. */
  Comparator<R> key() {
    return key;
  }

  String runIdOf(R row) {
    return (String) columns.get(0).value(row);
  }

  /** Whether each row is of a trial, whose id is then the second column. */
  boolean isOfTrials() {
    return columns.size() > 1 && columns.get(1).name().equals(TRIAL_ID);
  }

  /**
   * @throws IllegalArgumentException if rows of this table are of no trial
   */
  String trialIdOf(R row) {
    if (!isOfTrials()) {
      throw new IllegalArgumentException("rows of " + name + " are of no trial");
    }
    return (String) columns.get(1).value(row);
  }

  /**
   * A row of these values, in the columns' order.
   *
   * @throws IllegalArgumentException if the row type refuses a value
   */
  R row(Object[] values) {
    try {
      return constructor.newInstance(values);
    } catch (InvocationTargetException e) {
      throw new IllegalArgumentException(e.getCause().getMessage(), e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("cannot create a " + rowType, e);
    }
  }

  private static <R> Constructor<R> canonicalConstructor(Class<R> rowType) {
    Class<?>[] types =
        Arrays.stream(rowType.getRecordComponents())
            .map(RecordComponent::getType)
            .toArray(Class<?>[]::new);

    try {
      return rowType.getDeclaredConstructor(types);
    } catch (NoSuchMethodException e) {
      throw new LinkageError(rowType + " has no canonical constructor", e);
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
