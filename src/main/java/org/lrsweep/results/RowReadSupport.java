package org.lrsweep.results;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.hadoop.api.InitContext;
import org.apache.parquet.hadoop.api.ReadSupport;
import org.apache.parquet.io.api.RecordMaterializer;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;

/**
 * Reads Parquet records as rows. Columns that the table doesn't know are passed over; a nullable
 * column that the file lacks is null, so files of older versions can be read.
 */
final class RowReadSupport<R extends Record> extends ReadSupport<R> {
  private final Table<R> table;
  private final String runId;

  RowReadSupport(Table<R> table, String runId) {
    this.table = table;
    this.runId = runId;
  }

  @Override
  public ReadContext init(InitContext context) {
    MessageType file = context.getFileSchema();
    List<Type> wanted = new ArrayList<>();

    for (Column column : table.storedColumns()) {
      Type expected = RowSchema.of(column);

      if (file.containsField(column.name())) {
        Type found = file.getType(column.name());
        checkSame(column, expected, found);
        wanted.add(found);
      } else if (!column.nullable()) {
        throw new IllegalArgumentException(
            "column " + column.name() + " of type " + column.type() + " is missing");
      }
    }

    return new ReadContext(new MessageType(table.name(), wanted));
  }

  /** Whether a column is optional may differ: other writers make every column optional. */
  private static void checkSame(Column column, Type expected, Type found) {
    boolean same =
        found.isPrimitive()
            && found.asPrimitiveType().getPrimitiveTypeName()
                == expected.asPrimitiveType().getPrimitiveTypeName();

    if (!same) {
      throw new IllegalArgumentException(
          "column " + column.name() + " must be " + expected + ", found " + found);
    }
  }

  @Override
  public RecordMaterializer<R> prepareForRead(
      Configuration configuration,
      Map<String, String> keyValueMetaData,
      MessageType fileSchema,
      ReadContext context) {
    return new RowMaterializer<>(table, runId, context.getRequestedSchema());
  }
}
