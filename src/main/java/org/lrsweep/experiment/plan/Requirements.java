package org.lrsweep.experiment.plan;

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
import org.lrsweep.sweep.confirm.Halving;
import org.lrsweep.training.evaluation.Evaluator;

/** What a plan asks of disk and memory, as far as that is known before its data is read. */
public record Requirements(Plan plan) {
  /** Two are kept, and one more is being written. */
  private static final long CHECKPOINTS = 3;

  /**
   * Bytes that the output needs at least for what is large: two models for each trial, of its last
   * and its best epoch, and the checkpoints of range tests and trials, of which there are three at
   * a moment. A range test's holds one state, a trial's three. Each mean and each snapshot is a
   * model more, and its parameters are in checkpoints too.
   *
   * @param command {@code find}, {@code sweep} or {@code run}
   */
  public long outputBytes(String command, int classes) {
    return outputBytes(command, classes, command.equals("find") ? 0 : plan.trials());
  }

  /** The same with so many trials. */
  long outputBytes(String command, int classes, long trials) {
    ExperimentConfig config = plan.config();
    NetworkSpec network = plan.networks().network(config.seed(), classes);
    // Parameters, and what the updater keeps of each.
    long state = Float.BYTES * plan.networks().stateSize(network);
    long tests = command.equals("sweep") ? 0 : config.finder().repeats();
    boolean stay = config.checkpoint().keep() == AfterRun.KEEP;
    // How many slots there will be is not known yet; one is the least.
    long atOnce = stay ? trials : Math.min(trials, config.sweep().parallelTrials().orElse(1));
    long more =
        (long) plan.sweep().weights().snapshots()
            + (plan.sweep().weights().average() == Average.NONE ? 0 : 1);
    long parameters = Float.BYTES * network.parameters();
    long rungs = command.equals("sweep") ? 0 : rungs();
    return state * (CHECKPOINTS * tests + (2L + more) * trials + CHECKPOINTS * 3 * (atOnce + rungs))
        + parameters * CHECKPOINTS * more * atOnce;
  }

  /** What the run asks of memory; as if every trial ran at once, unless the key says how many. */
  public Workload workload() {
    FinderConfig finder = plan.config().finder();
    return workload(
        Math.max(plan.trials(), rungs()),
        Math.min(plan.config().sweep().workersPerTrial(), finder.workers()),
        finder.workers() * finder.repeats());
  }

  /** The same of so many trials, {@code >= 1}, without a range test. */
  Workload workload(int trials) {
    return workload(trials, plan.config().sweep().workersPerTrial(), 0);
  }

  /**
   * @param workers the least that share a batch
   * @param testTasks tasks of range tests at the same time
   */
  private Workload workload(int trials, int workers, int testTasks) {
    SweepConfig sweep = plan.config().sweep();
    NetworkSize networkSize = networkSize();
    return new Workload(
        networkSize.parameters(),
        networkSize.activations(),
        Math.max(Evaluator.BATCH, plan.config().batchSize() / workers),
        imageBytes(),
        Math.max(
            testTasks,
            Math.min(trials, sweep.parallelTrials().orElse(trials)) * sweep.workersPerTrial()));
  }

  /** Upper bounds that are tried at the same time at most, each like a trial. */
  private int rungs() {
    return plan.halving().map(Halving::candidates).orElse(0);
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
