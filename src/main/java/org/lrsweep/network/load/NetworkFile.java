package org.lrsweep.network.load;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.lrsweep.storage.HadoopPath;
import org.lrsweep.storage.Sha256;

/**
 * A file on this machine or on a Hadoop file system, which is read anew at each {@link #open}.
 *
 * @param name a path or a URI; a path without a scheme is one of this machine
 * @param hadoop where file systems and their credentials are configured
 */
record NetworkFile(String name, Configuration hadoop) {

  /** Its bytes from the start; the caller closes them. */
  InputStream open() throws IOException {
    try {
      Path path = HadoopPath.of(name);
      FileSystem found = path.getFileSystem(hadoop);
      // Editors leave the side files of checksums as they were.
      FileSystem files = found instanceof LocalFileSystem local ? local.getRawFileSystem() : found;
      return files.open(path);
    } catch (IllegalArgumentException e) {
      // So Hadoop says that a path is none, or that a URI's host is unknown.
      throw new IOException(e.getMessage(), e);
    }
  }

  /**
   * All its bytes.
   *
   * @throws IOException if there are more than {@code most}, of which the message says what they
   *     are
   */
  byte[] bytes(int most, String what) throws IOException {
    try (InputStream in = open()) {
      return bytes(in, most, what);
    }
  }

  static byte[] bytes(InputStream in, int most, String what) throws IOException {
    byte[] bytes = in.readNBytes(most);
    if (in.read() >= 0) {
      throw new IOException("%s must have %s bytes at most, found more".formatted(what, most));
    }
    return bytes;
  }

  /** SHA-256 of its bytes, in hex. */
  String sha256() throws IOException {
    try (InputStream in = open()) {
      return sha256(in);
    }
  }

  /** SHA-256 of what is left of a stream, in hex. */
  static String sha256(InputStream in) throws IOException {
    MessageDigest digest = Sha256.digest();
    new DigestInputStream(in, digest).transferTo(OutputStream.nullOutputStream());
    return Sha256.hex(digest);
  }
}
