package org.lrsweep.experiment.command;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.lrsweep.cluster.HadoopSettings;
import org.lrsweep.config.ConfigSource;
import org.lrsweep.config.InvalidConfigException;

/** Experiment files on this machine and on Hadoop's file systems. */
public final class ConfigFiles {
  private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*:/");

  private ConfigFiles() {}

  /**
   * An experiment's file: on this machine, if it has a file of this name, else on a Hadoop file
   * system.
   *
   * @param name a path or a URI
   * @throws InvalidConfigException if no file can have this name
   */
  public static ConfigSource named(String name) {
    try {
      if (!isUri(name)) {
        Local local = new Local(java.nio.file.Path.of(name));
        if (local.exists()) {
          return local;
        }
      }
      return new Remote(new Path(name));
    } catch (IllegalArgumentException e) {
      throw new InvalidConfigException(
          "--config "
              + name
              + " can't be read ("
              + e.getMessage()
              + "); name an experiment file, as conf/quickstart.conf",
          e);
    }
  }

  private static boolean isUri(String name) {
    return SCHEME.matcher(name).lookingAt();
  }

  private static String decoded(byte[] bytes) throws IOException {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new IOException("expected text in UTF-8, found other bytes; save it as UTF-8", e);
    }
  }

  private record Local(java.nio.file.Path path) implements ConfigSource {
    @Override
    public String name() {
      return path.toString();
    }

    boolean exists() {
      return Files.exists(path) && !Files.isDirectory(path);
    }

    @Override
    public Optional<String> text() throws IOException {
      return exists() ? Optional.of(decoded(Files.readAllBytes(path))) : Optional.empty();
    }

    @Override
    public ConfigSource included(String include) {
      return isUri(include)
          ? new Remote(new Path(include))
          : new Local(path.resolveSibling(include).normalize());
    }
  }

  private record Remote(Path path) implements ConfigSource {
    @Override
    public String name() {
      return path.toString();
    }

    @Override
    public Optional<String> text() throws IOException {
      FileSystem found = path.getFileSystem(HadoopSettings.configuration());
      // Editors leave the side files of checksums as they were.
      FileSystem files = found instanceof LocalFileSystem local ? local.getRawFileSystem() : found;
      try {
        if (files.getFileStatus(path).isDirectory()) {
          return Optional.empty();
        }
        try (InputStream in = files.open(path)) {
          return Optional.of(decoded(in.readAllBytes()));
        }
      } catch (FileNotFoundException e) {
        return Optional.empty();
      }
    }

    @Override
    public ConfigSource included(String include) {
      return new Remote(
          path.getParent() == null ? new Path(include) : new Path(path.getParent(), include));
    }
  }
}
