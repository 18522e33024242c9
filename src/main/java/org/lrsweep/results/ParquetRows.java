package org.lrsweep.results;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.parquet.HadoopReadOptions;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.convert.GroupRecordConverter;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.hadoop.metadata.FileMetaData;
import org.apache.parquet.hadoop.util.HadoopStreams;
import org.apache.parquet.io.ColumnIOFactory;
import org.apache.parquet.io.MessageColumnIO;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.PositionOutputStream;
import org.apache.parquet.io.RecordReader;

/** Rows as a Parquet file and back. */
final class ParquetRows {
  private ParquetRows() {}

  /** Snappy, since every reader of Parquet knows it. The stream is closed. */
  static <R extends Record> void write(
      Table<R> table, List<R> rows, OutputStream out, Configuration conf) throws IOException {
    RowGroups<R> groups = new RowGroups<>(table);
    try (ParquetWriter<Group> writer =
        ExampleParquetWriter.builder(new StreamFile(out))
            .withType(groups.schema())
            .withConf(conf)
            .withCompressionCodec(CompressionCodecName.SNAPPY)
            .build()) {
      for (R row : rows) {
        writer.write(groups.group(row));
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
    RowGroups<R> groups = new RowGroups<>(table);
    List<R> rows = new ArrayList<>();
    // ParquetReader's builder makes a Configuration of its own, which parses XML for each file.
    ParquetReadOptions options = HadoopReadOptions.builder(conf).build();
    try (ParquetFileReader reader = ParquetFileReader.open(new MemoryFile(file), options)) {
      FileMetaData meta = reader.getFileMetaData();
      MessageColumnIO columns =
          new ColumnIOFactory(meta.getCreatedBy()).getColumnIO(meta.getSchema());
      for (PageReadStore group = reader.readNextRowGroup();
          group != null;
          group = reader.readNextRowGroup()) {
        RecordReader<Group> records =
            columns.getRecordReader(group, new GroupRecordConverter(meta.getSchema()));
        for (long i = 0; i < group.getRowCount(); i++) {
          rows.add(groups.row(runId, records.read()));
        }
      }
    }
    return rows;
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
