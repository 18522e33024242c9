package org.lrsweep.results;

import java.lang.reflect.RecordComponent;
import java.util.Locale;

/** A column of a table, derived from a component of its row type: camelCase to snake_case. */
public final class Column {
  private final RecordComponent component;
  private final String name;
  private final ColumnType type;
  private final String meaning;

  private Column(RecordComponent component, String name, ColumnType type, String meaning) {
    this.component = component;
    this.name = name;
    this.type = type;
    this.meaning = meaning;
  }

  static Column of(RecordComponent component) {
    Meaning meaning = component.getAnnotation(Meaning.class);

    if (meaning == null) {
      throw new IllegalArgumentException(component + " must have a @Meaning");
    }

    ColumnType type = ColumnType.of(component.getType());
    Column column = new Column(component, snakeCase(component.getName()), type, meaning.value());

    if (column.nullable() && component.getType().isPrimitive()) {
      throw new IllegalArgumentException(component + " is @Nullable, but of a primitive type");
    }

    return column;
  }

  public String name() {
    return name;
  }

  public ColumnType type() {
    return type;
  }

  public boolean nullable() {
    return component.isAnnotationPresent(Nullable.class);
  }

  /** What the column says, with its unit. */
  public String meaning() {
    return meaning;
  }

  Class<?> javaType() {
    return component.getType();
  }

  Object value(Record row) {
    try {
      return component.getAccessor().invoke(row);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("cannot read " + component + " of " + row.getClass(), e);
    }
  }

  private static String snakeCase(String camelCase) {
    return camelCase.replaceAll("(?=[A-Z])", "_").toLowerCase(Locale.ROOT);
  }

  @Override
  public String toString() {
    return name;
  }
}
