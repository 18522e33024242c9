package org.lrsweep.experiment.plan;

import java.util.List;
import org.lrsweep.acceleration.onednn.Precision;
import org.lrsweep.cluster.Workload;
import org.lrsweep.config.CheckpointConfig.AfterRun;
import org.lrsweep.config.DataConfig;
import org.lrsweep.config.ExperimentConfig;
import org.lrsweep.config.FinderConfig;
import org.lrsweep.config.SweepConfig;
import org.lrsweep.config.TrainingConfig.PrecisionChoice;
import org.lrsweep.data.idx.FashionMnist;
import org.lrsweep.network.NetworkSize;
import org.lrsweep.network.NetworkSpec;
import org.lrsweep.network.zoo.ImageShape;
import org.lrsweep.sweep.Average;
import org.lrsweep.sweep.TrialRange;
import org.lrsweep.sweep.confirm.Halving;
import org.lrsweep.training.evaluation.Evaluator;

/**
 * What a command asks of disk and memory, as far as that is known before its data is read.
 *
 * @param command {@code find}, {@code sweep} or {@code run}
 * @param trials that it trains, {@code >= 0}
 */
public record Requirements(Plan plan, String command, int trials) {
  /** Two are kept, and one more is being written. */
  private static final long CHECKPOINTS = 3;

  /** Those of a whole command, as if every method gave a range of its own. */
  public Requirements(Plan plan, String command) {
    this(plan, command, command.equals("find") ? 0 : plan.trials());
  }

  /** Those of a sweep in these ranges, and no others. */
  public static Requirements ofSweep(Plan plan, List<TrialRange> ranges) {
    return new Requirements(plan, "sweep", plan.trials(ranges));
  }

  /**
   * Bytes that the output needs at least for what is large: two models for each trial, of its last
   * and its best epoch, and the checkpoints of range tests and trials, of which there are three at
   * a moment. A range test's holds one state, a trial's three. Each mean and each snapshot is a
   * model more, and its parameters are in checkpoints too.
   */
  public long outputBytes(int classes) {
    ExperimentConfig config = plan.config();
    NetworkSpec network = plan.networks().network(config.seed(), classes);
    // Parameters, and what the updater keeps of each.
    long state = Float.BYTES * plan.networks().stateSize(network);
    long tests = tests() ? config.finder().repeats() : 0;
    boolean stay = config.checkpoint().keep() == AfterRun.KEEP;
    // How many slots there will be is not known yet; one is the least.
    long atOnce = stay ? trials : Math.min(trials, config.sweep().parallelTrials().orElse(1));
    long more =
        (long) plan.sweep().weights().snapshots()
            + (plan.sweep().weights().average() == Average.NONE ? 0 : 1);
    long parameters = Float.BYTES * network.parameters();
    return state
            * (CHECKPOINTS * tests + (2L + more) * trials + CHECKPOINTS * 3 * (atOnce + rungs()))
        + parameters * CHECKPOINTS * more * atOnce;
  }

  private boolean tests() {
    return !command.equals("sweep");
  }

  /** What the run asks of memory; as if every trial ran at once, unless the key says how many. */
  public Workload workload() {
    FinderConfig finder = plan.config().finder();
    SweepConfig sweep = plan.config().sweep();
    int testTasks = tests() ? finder.workers() * finder.repeats() : 1;
    int workers =
        tests() ? Math.min(sweep.workersPerTrial(), finder.workers()) : sweep.workersPerTrial();
    int likeTrials = Math.max(trials, rungs());
    NetworkSize networkSize = networkSize();
    return new Workload(
        networkSize.parameters(),
        networkSize.activations(),
        Math.max(Evaluator.BATCH, plan.config().batchSize() / workers),
        imageBytes(),
        Math.max(
            testTasks,
            Math.min(likeTrials, sweep.parallelTrials().orElse(likeTrials))
                * sweep.workersPerTrial()));
  }

  /** Upper bounds that are tried at the same time at most, each like a trial. */
  private int rungs() {
    return tests() ? plan.halving().map(Halving::candidates).orElse(0) : 0;
  }

  /** What auto will be is known when the executors have come; float takes more. */
  private Precision surePrecision() {
    return plan.config().training().precision() == PrecisionChoice.BFLOAT16
        ? Precision.BFLOAT16
        : Precision.FLOAT;
  }

  private NetworkSize networkSize() {
    NetworkSpec network =
        plan.networks().network(plan.config().seed(), Plan.CLASSES).withPrecision(surePrecision());
    if (plan.networks().isOfUnknownShape()) {
      return ExpectedSize.of(network, plan.config().data());
    }
    long[] shape = plan.networks().expectedShape();
    return NetworkSize.of(network, new ImageShape((int) shape[0], (int) shape[1], (int) shape[2]));
  }

  /** A user's own data is never in a heap as a whole, unless its storage is memory. */
  private long imageBytes() {
    DataConfig data = plan.config().data();
    int images =
        data.trainExamples().orElse(FashionMnist.TRAIN_EXAMPLES)
            + data.testExamples().orElse(FashionMnist.TEST_EXAMPLES);
    return plan.readsOwnData() ? 0 : (long) images * data.imageSize() * data.imageSize();
  }
}
