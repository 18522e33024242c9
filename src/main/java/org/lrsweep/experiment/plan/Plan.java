package org.lrsweep.experiment.plan;

import java.util.List;
import java.util.Optional;
import org.lrsweep.config.DataConfig;
import org.lrsweep.config.DataPart;
import org.lrsweep.config.ExperimentConfig;
import org.lrsweep.config.FinderConfig;
import org.lrsweep.config.InvalidConfigException;
import org.lrsweep.data.Augmentation;
import org.lrsweep.data.idx.FashionMnist;
import org.lrsweep.data.load.DatasetChoice;
import org.lrsweep.data.load.DatasetRequest;
import org.lrsweep.experiment.data.OwnDataRequest;
import org.lrsweep.experiment.data.RunData;
import org.lrsweep.experiment.request.RefusedException;
import org.lrsweep.finder.FinderPlan;
import org.lrsweep.network.InputFit;
import org.lrsweep.network.NetworkSpec;
import org.lrsweep.network.Objective;
import org.lrsweep.network.Task;
import org.lrsweep.schedule.Growth;
import org.lrsweep.sweep.TrialRange;
import org.lrsweep.sweep.confirm.Halving;
import org.lrsweep.sweep.confirm.ShortCycle;

/**
 * What an experiment's names stand for. Making one refuses every name that nothing answers to, with
 * its key, before anything is started.
 */
public final class Plan {
  /** More steps an epoch than most sets have. */
  private static final long MANY_STEPS = 10_000;

  /** Of the data sets that have names; other data is read later, and hardly changes a size. */
  public static final int CLASSES = FashionMnist.CLASS_NAMES.size();

  private final ExperimentConfig config;
  private final NetworkPlan networks;
  private final Optional<OwnDataRequest> ownData;
  private final Optional<DatasetRequest> data;
  private final Augmentation augmentation;
  private final Growth growth;
  private final SweepPlan sweep;

  /**
   * The plan of a configuration; a network's file is read.
   *
   * @throws InvalidConfigException if nothing answers to a name
   */
  public Plan(ExperimentConfig config) {
    this.config = config;
    ownData = OwnDataRequest.of(config.data(), config.seed());
    data =
        ownData.isPresent()
            ? Optional.empty()
            : Optional.of(NamedValue.of("data", config.data(), Plan::request));
    augmentation = augmentation(config.data());
    networks = new NetworkPlan(config, ownData.isPresent());
    growth = NamedValue.of("finder.growth", config.finder().growth(), Growth::of);
    sweep = new SweepPlan(config);
    NetworkSpec throwAway = networks.expected(CLASSES);
    requireTask(throwAway);
    requireWordNumbers(throwAway);
    sweep.policies().requireRoom(trainExamples());
    sweep.policies().requireMomentum(throwAway);
  }

  /** Scaled, numbers of words are other words, or none. */
  private void requireWordNumbers(NetworkSpec network) {
    String scaling = config.data().source().scaling();
    if (ownData.isPresent() && !scaling.equals("none")) {
      InputFit.embedding(network)
          .ifPresent(
              layer -> {
                throw new InvalidConfigException(
                    "data.scaling must be none, since the layer %s of model.network takes its input for numbers of words, found %s"
                        .formatted(layer, scaling));
              });
    }
  }

  /** The loss says what a network is trained for, which is to be what labels are read for. */
  private void requireTask(NetworkSpec network) {
    Task found = NamedValue.of("model.network", network.configuration(), Objective::require).task();
    if (found != task()) {
      throw new InvalidConfigException(
          "model.network: the loss of %s is of task %s, and data.task is %s; name a network with another loss, or set data.task = %s"
              .formatted(config.model().network(), found.key(), task().key(), found.key()));
    }
    if (found == Task.REGRESSION && sweep.rangeMethods().contains("smith")) {
      throw new InvalidConfigException(
          "finder.method: smith reads accuracies, which data.task = regression has none of; name"
              + " another method, as descent");
    }
  }

  /** What a rung of finder.confirm is tried by; empty if nothing is confirmed. */
  public Optional<ShortCycle> confirmCycle(int trainExamples) {
    return config
        .finder()
        .confirm()
        .map(confirm -> ShortCycle.of(confirm.epochs(), trainExamples / config.batchSize()));
  }

  /** How the rungs of finder.confirm are halved; empty if nothing is confirmed. */
  public Optional<Halving> halving() {
    return config.finder().confirm().map(confirm -> new Halving(confirm.rungs()));
  }

  /**
   * Refuses what doesn't fit a user's own data, once that is read.
   *
   * @throws RefusedException if the network can't read it
   * @throws InvalidConfigException if one-cycle trials have no room in its steps
   */
  public void requireFit(RunData own) {
    RefusedException.unlessValid(
        "model.network",
        () -> networks.network(config.seed(), own.shape(), own.classNames().size()));
    sweep.policies().requireRoom(own.trainExamples());
  }

  /** A user's own data is judged when it is read; until then it passes for large. */
  private int trainExamples() {
    if (ownData.isPresent()) {
      return (int) Math.min(Integer.MAX_VALUE, MANY_STEPS * config.batchSize());
    }
    int all = config.data().trainExamples().orElse(FashionMnist.TRAIN_EXAMPLES);
    return config.data().source().validation() instanceof DataPart.Fraction held
        ? (int) Math.floor((1 - held.of()) * all)
        : all;
  }

  private static DatasetRequest request(DataConfig data) {
    return new DatasetRequest(
        DatasetChoice.ofKey(data.dataset()),
        data.directory(),
        data.trainExamples(),
        data.testExamples());
  }

  private static Augmentation augmentation(DataConfig data) {
    return new Augmentation(
        data.shift(),
        data.horizontalFlip() ? Augmentation.Flip.HORIZONTAL : Augmentation.Flip.NONE,
        data.crop());
  }

  /** What the names are of. */
  public ExperimentConfig config() {
    return config;
  }

  /**
   * The data set, where it is one with a name.
   *
   * @throws IllegalStateException if it is the user's own
   */
  public DatasetRequest data() {
    return data.orElseThrow(() -> new IllegalStateException("The data is the user's own"));
  }

  /** The user's own data, if it is. */
  public Optional<OwnDataRequest> ownData() {
    return ownData;
  }

  /** Whether the data is the user's own, which Spark reads. */
  public boolean readsOwnData() {
    return ownData.isPresent();
  }

  /** What becomes of each training image in each epoch. */
  public Augmentation augmentation() {
    return augmentation;
  }

  /** What each range test of a training set of so many examples does. */
  public FinderPlan finder(int trainExamples) {
    FinderConfig finder = config.finder();
    int stepsPerEpoch = (trainExamples + config.batchSize() - 1) / config.batchSize();
    int epochs = finder.epochs(stepsPerEpoch);
    return new FinderPlan(
        growth.schedule(finder.startLr(), finder.endLr(), (long) epochs * stepsPerEpoch),
        stepsPerEpoch,
        epochs,
        config.batchSize(),
        finder.averagingFrequency(),
        finder.beta(),
        finder.stopFactor());
  }

  /** The networks that are trained. */
  public NetworkPlan networks() {
    return networks;
  }

  /** What the network is to say of an example. */
  public Task task() {
    return Task.of(config.data().source().task());
  }

  /** The trials. */
  public SweepPlan sweep() {
    return sweep;
  }

  /** How many trials there will be, if every method gives a range of its own. */
  int trials() {
    return sweep.trials(expectedExamples()).size();
  }

  /** How many there will be in these ranges. */
  int trials(List<TrialRange> ranges) {
    return sweep.grid(ranges).trials(expectedExamples()).size();
  }

  private int expectedExamples() {
    return Math.max(config.batchSize(), trainExamples());
  }
}
