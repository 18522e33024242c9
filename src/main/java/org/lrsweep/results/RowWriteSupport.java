package org.lrsweep.results;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.RecordConsumer;

/** Writes rows as Parquet records, without the partition column. */
final class RowWriteSupport<R extends Record> extends WriteSupport<R> {
  private final Table<R> table;
  private RecordConsumer consumer;

  RowWriteSupport(Table<R> table) {
    this.table = table;
  }

  @Override
  public WriteContext init(Configuration configuration) {
    return new WriteContext(RowSchema.of(table), Map.of());
  }

  @Override
  public void prepareForWrite(RecordConsumer recordConsumer) {
    consumer = recordConsumer;
  }

  @Override
  public void write(R row) {
    consumer.startMessage();
    int index = 0;

    for (Column column : table.storedColumns()) {
      Object value = column.value(row);

      if (value != null) {
        consumer.startField(column.name(), index);
        write(column.type(), value);
        consumer.endField(column.name(), index);
      }

      index++;
    }

    consumer.endMessage();
  }

  private void write(ColumnType type, Object value) {
    switch (type) {
      case STRING -> consumer.addBinary(Binary.fromString(text(value)));
      case INT -> consumer.addInteger((Integer) value);
      case LONG -> consumer.addLong((Long) value);
      case DOUBLE -> consumer.addDouble((Double) value);
      case BOOLEAN -> consumer.addBoolean((Boolean) value);
      case TIMESTAMP -> consumer.addLong(ChronoUnit.MICROS.between(Instant.EPOCH, (Instant) value));
    }
  }

  private static String text(Object value) {
    return value instanceof Enum<?> constant ? constant.name() : (String) value;
  }
}
