package org.lrsweep.ingest.read;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.SparkSession;
import org.lrsweep.storage.HadoopPath;

/** Reads images that lie in a folder a class. */
final class ImageFolderExamples {
  private static final String IMAGES =
      "*.{png,jpg,jpeg,bmp,gif,PNG,JPG,JPEG,BMP,GIF,Png,Jpg,Jpeg,Bmp,Gif}";

  private static final Pattern IMAGE =
      Pattern.compile(".+\\.(png|jpe?g|bmp|gif)", Pattern.CASE_INSENSITIVE);

  private final SparkSession session;
  private final SourceSpec spec;

  /**
   * @param session where it is read
   */
  ImageFolderExamples(SparkSession session, SourceSpec spec) {
    this.session = session;
    this.spec = spec;
  }

  JavaRDD<DecodedExample> read() {
    ImageDecoder decoder = new ImageDecoder(spec.channels(), spec.height(), spec.width());
    DataFrameReader reader =
        session
            .read()
            .format("binaryFile")
            .option("pathGlobFilter", IMAGES)
            .option("recursiveFileLookup", "true")
            .options(spec.options());
    Set<String> roots = new HashSet<>();
    List<DecodedExample> passedOver = new ArrayList<>();
    list(roots, passedOver);
    JavaRDD<DecodedExample> images =
        SparkFiles.load(reader, spec)
            .select("path", "content")
            .toJavaRDD()
            .map(
                row -> {
                  Path path = new Path(row.getString(0));
                  if (roots.contains(path.getParent().toString())) {
                    return DecodedExample.unusable(
                        BadRow.PLACE,
                        path
                            + " lies in no folder of a class; images are <folder>/<class>/<image>");
                  }
                  return decoder.decode(path.toString(), path.getParent().getName(), row.getAs(1));
                });
    return passedOver.isEmpty()
        ? images
        : images.union(
            JavaSparkContext.fromSparkContext(session.sparkContext()).parallelize(passedOver, 1));
  }

  /** Spark passes over files of no bytes, and of some names, without a word. */
  private void list(Set<String> roots, List<DecodedExample> passedOver) {
    try {
      for (String root : spec.paths()) {
        Path path = HadoopPath.of(root);
        FileSystem files = path.getFileSystem(session.sparkContext().hadoopConfiguration());
        Path folder = files.makeQualified(path);
        roots.add(folder.toString());
        addPassedOver(files, folder, "", passedOver);
      }
    } catch (IOException e) {
      throw SparkFiles.unreadable(spec, e);
    }
  }

  /**
   * Not by listFiles, which asks for each file's permissions: locally by a process a file.
   *
   * @param unread the folder's name, or that of one above it, which Spark doesn't read; or empty
   */
  private static void addPassedOver(
      FileSystem files, Path folder, String unread, List<DecodedExample> passedOver)
      throws IOException {
    for (FileStatus file : files.listStatus(folder)) {
      String name = file.getPath().getName();
      if (name.startsWith(".")) {
        continue; // hidden, as what macOS and notebooks leave behind
      }
      String cause = unread.isEmpty() && name.matches("_[^=]*") ? name : unread;
      if (file.isDirectory()) {
        addPassedOver(files, file.getPath(), cause, passedOver);
      } else if (IMAGE.matcher(name).matches() && (file.getLen() == 0 || !cause.isEmpty())) {
        passedOver.add(
            DecodedExample.unusable(
                cause.isEmpty() ? BadRow.EMPTY : BadRow.PLACE,
                file.getPath()
                    + (cause.isEmpty()
                        ? " is empty: it has 0 bytes"
                        : " has a name that Spark passes over, since "
                            + cause
                            + " begins with _")));
      }
    }
  }
}
