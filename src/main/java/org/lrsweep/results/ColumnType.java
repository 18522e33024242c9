package org.lrsweep.results;

import java.time.Instant;

/** The types a column can have. */
public enum ColumnType {
  /** UTF-8 text; enums are stored by name. */
  STRING,
  /** 32 bits. */
  INT,
  /** 64 bits. */
  LONG,
  DOUBLE,
  BOOLEAN,
  /** Microseconds since the epoch, UTC. */
  TIMESTAMP;

  static ColumnType of(Class<?> type) {
    if (type == String.class || type.isEnum()) {
      return STRING;
    } else if (type == int.class || type == Integer.class) {
      return INT;
    } else if (type == long.class || type == Long.class) {
      return LONG;
    } else if (type == double.class || type == Double.class) {
      return DOUBLE;
    } else if (type == boolean.class || type == Boolean.class) {
      return BOOLEAN;
    } else if (type == Instant.class) {
      return TIMESTAMP;
    }

    throw new IllegalArgumentException("no column type holds a " + type.getName());
  }
}
