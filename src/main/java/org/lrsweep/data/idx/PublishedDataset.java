package org.lrsweep.data.idx;

import java.util.List;
import java.util.Map;

/**
 * What is known of a data set before it is read.
 *
 * @param name what the tables call it
 * @param classNames a name for each label
 * @param rows the height of an image in pixels
 * @param cols the width of an image in pixels
 * @param trainExamples the size of the training set
 * @param testExamples the size of the test set
 * @param sha256 the SHA-256 of each unpacked file, in hexadecimal
 */
public record PublishedDataset(
    String name,
    List<String> classNames,
    int rows,
    int cols,
    int trainExamples,
    int testExamples,
    Map<IdxPart, String> sha256) {

  public PublishedDataset {
    classNames = List.copyOf(classNames);
    sha256 = Map.copyOf(sha256);
  }

  int examples(IdxPart part) {
    return part.isForTraining() ? trainExamples : testExamples;
  }
}
