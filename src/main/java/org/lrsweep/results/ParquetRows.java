package org.lrsweep.results;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.api.ReadSupport;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.hadoop.util.HadoopStreams;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.PositionOutputStream;

/** Rows as a Parquet file and back. Equal rows give equal bytes. */
final class ParquetRows {
  private ParquetRows() {}

  /** Snappy, since every reader of Parquet knows it. The stream is closed. */
  static <R extends Record> void write(
      Table<R> table, List<R> rows, OutputStream out, Configuration conf) throws IOException {
    try (ParquetWriter<R> writer =
        new Builder<>(table, out)
            .withConf(conf)
            .withCompressionCodec(CompressionCodecName.SNAPPY)
            .build()) {
      for (R row : rows) {
        writer.write(row);
      }
    }
  }

  /**
   * The rows of a file.
   *
   * @throws RuntimeException of many a kind if the file is no Parquet file of this table
   */
  static <R extends Record> List<R> read(
      Table<R> table, String runId, byte[] file, Configuration conf) throws IOException {
    List<R> rows = new ArrayList<>();

    try (ParquetReader<R> reader = new Source<>(table, runId, file).withConf(conf).build()) {
      for (R row = reader.read(); row != null; row = reader.read()) {
        rows.add(row);
      }
    }

    return rows;
  }

  private static final class Builder<R extends Record>
      extends ParquetWriter.Builder<R, Builder<R>> {
    private final Table<R> table;

    Builder(Table<R> table, OutputStream out) {
      super(new StreamFile(out));
      this.table = table;
    }

    @Override
    protected Builder<R> self() {
      return this;
    }

    @Override
    protected WriteSupport<R> getWriteSupport(Configuration conf) {
      return new RowWriteSupport<>(table);
    }
  }

  private static final class Source<R extends Record> extends ParquetReader.Builder<R> {
    private final Table<R> table;
    private final String runId;

    Source(Table<R> table, String runId, byte[] file) {
      super(new MemoryFile(file));
      this.table = table;
      this.runId = runId;
    }

    @Override
    protected ReadSupport<R> getReadSupport() {
      return new RowReadSupport<>(table, runId);
    }
  }

  /** A stream that is written once, from its start. */
  private record StreamFile(OutputStream out) implements OutputFile {
    @Override
    public PositionOutputStream create(long blockSizeHint) throws IOException {
      return HadoopStreams.wrap(new FSDataOutputStream(out, null));
    }

    @Override
    public PositionOutputStream createOrOverwrite(long blockSizeHint) throws IOException {
      return create(blockSizeHint);
    }

    @Override
    public boolean supportsBlockSize() {
      return false;
    }

    @Override
    public long defaultBlockSize() {
      return 0;
    }
  }
}
