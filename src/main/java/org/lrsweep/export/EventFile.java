package org.lrsweep.export;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;
import org.nd4j.shade.protobuf.ByteString;
import org.tensorflow.framework.Summary;
import org.tensorflow.framework.SummaryMetadata;

/**
 * An event file as TensorBoard reads it: TFRecords, each an {@code Event} of TensorFlow.
 *
 * @see <a
 *     href="https://github.com/tensorflow/tensorflow/blob/v2.16.1/tensorflow/core/util/event.proto">event.proto</a>
 * @see <a
 *     href="https://github.com/tensorflow/tensorflow/blob/v2.16.1/tensorflow/core/lib/io/record_writer.h">TFRecord</a>
 */
final class EventFile implements AutoCloseable {
  private static final int WALL_TIME = 1;
  private static final int STEP = 2;
  private static final int FILE_VERSION = 3;
  private static final int SUMMARY = 5;
  private static final int MASK = 0xa282ead8;

  private final OutputStream out;
  private final double seconds;

  /**
   * Begins a file.
   *
   * @param seconds since the epoch, the time of all its events
   */
  EventFile(OutputStream out, double seconds) throws IOException {
    this.out = out;
    this.seconds = seconds;
    write(event -> event.writeString(FILE_VERSION, "brain.Event:2"));
  }

  /** Writes a number of a step. */
  void scalar(String tag, long step, double value) throws IOException {
    write(step, Summary.Value.newBuilder().setTag(tag).setSimpleValue((float) value));
  }

  /**
   * Writes what a plugin of TensorBoard reads.
   *
   * @param content a message of the plugin's own
   */
  void plugin(String tag, String plugin, byte[] content) throws IOException {
    SummaryMetadata.PluginData data =
        SummaryMetadata.PluginData.newBuilder()
            .setPluginName(plugin)
            .setContent(ByteString.copyFrom(content))
            .build();
    write(
        0,
        Summary.Value.newBuilder()
            .setTag(tag)
            .setMetadata(SummaryMetadata.newBuilder().setPluginData(data)));
  }

  private void write(long step, Summary.Value.Builder value) throws IOException {
    write(
        event -> {
          event.writeInt64(STEP, step);
          event.writeMessage(SUMMARY, Summary.newBuilder().addValue(value).build());
        });
  }

  private void write(ProtoBytes.Fields fields) throws IOException {
    byte[] event =
        ProtoBytes.of(
            message -> {
              message.writeDouble(WALL_TIME, seconds);
              fields.writeTo(message);
            });
    byte[] length = littleEndian(Long.BYTES).putLong(event.length).array();
    out.write(length);
    out.write(checksum(length));
    out.write(event);
    out.write(checksum(event));
  }

  private static byte[] checksum(byte[] bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes);
    int value = (int) crc.getValue();
    return littleEndian(Integer.BYTES).putInt(Integer.rotateRight(value, 15) + MASK).array();
  }

  private static ByteBuffer littleEndian(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
