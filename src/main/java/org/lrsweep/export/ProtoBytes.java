package org.lrsweep.export;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.nd4j.shade.protobuf.CodedOutputStream;

/** Messages of Protocol Buffers whose classes no library here has. */
final class ProtoBytes {
  private ProtoBytes() {}

  /** Writes the fields of a message. */
  @FunctionalInterface
  interface Fields {
    void writeTo(CodedOutputStream message) throws IOException;
  }

  static byte[] of(Fields fields) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    CodedOutputStream message = CodedOutputStream.newInstance(bytes);
    fields.writeTo(message);
    message.flush();
    return bytes.toByteArray();
  }
}
