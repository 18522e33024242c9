package org.lrsweep.experiment.plan;

import java.util.Optional;
import org.lrsweep.data.Dataset;
import org.lrsweep.data.ImageSet;
import org.lrsweep.experiment.data.RunData;
import org.lrsweep.terminal.Numbers;

/**
 * The data as a plan sees it.
 *
 * @param name of the data set
 * @param sha256 of its bytes, in hexadecimal
 * @param train examples to train on
 * @param test examples of the test part
 * @param classes of both
 * @param validation examples that trials are chosen by, if they are not the test part
 * @param own where it is the user's own and was read to be looked at
 */
public record PlannedData(
    String name,
    String sha256,
    int train,
    int test,
    int classes,
    int validation,
    Optional<Reading> own) {
  /**
   * What reading a user's own data showed.
   *
   * @param cost what it took
   * @param storage where it lies while a run trains
   */
  public record Reading(String cost, String storage) {}

  public static PlannedData of(Dataset set) {
    return new PlannedData(
        set.name(),
        set.sha256(),
        set.train().size(),
        set.test().size(),
        set.classes(),
        set.validation().map(ImageSet::size).orElse(0),
        Optional.empty());
  }

  public static PlannedData of(RunData data, Optional<Reading> own) {
    return new PlannedData(
        data.name(),
        data.sha256(),
        data.trainExamples(),
        data.testExamples(),
        data.classNames().size(),
        data.validationName().equals("test") ? 0 : data.validationExamples(),
        own);
  }

  String examples() {
    String trained = Numbers.count(train) + " training";
    String tested = Numbers.count(test) + " test examples";
    return validation == 0
        ? trained + " and " + tested
        : trained + ", " + Numbers.count(validation) + " validation and " + tested;
  }
}
