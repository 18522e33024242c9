package org.lrsweep.experiment;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.lrsweep.cluster.InsufficientMemoryException;
import org.lrsweep.cluster.SparkSettings;
import org.lrsweep.cluster.Workload;
import org.lrsweep.config.ExperimentConfig;
import org.lrsweep.data.Dataset;
import org.lrsweep.data.idx.HadoopFiles;
import org.lrsweep.data.load.DatasetLoader;
import org.lrsweep.data.load.DatasetLocations;
import org.lrsweep.examples.PartitionedData;
import org.lrsweep.experiment.SourceRun.OtherExperiment;
import org.lrsweep.network.NetworkSpec;
import org.lrsweep.network.TrainingState;
import org.lrsweep.results.ResultStore;
import org.lrsweep.results.RunRow;
import org.lrsweep.results.RunStatus;
import org.lrsweep.sweep.TrialNetworks;
import org.lrsweep.terminal.Console;
import org.lrsweep.training.ColumnLabels;
import org.lrsweep.training.WorkerExamples;
import org.lrsweep.training.spark.Transport;
import org.lrsweep.training.spark.TransportChoice;

/** A run that has begun: its Spark context, its data on the executors, its output. */
final class Session implements AutoCloseable {
  private final Plan plan;
  private final RunOutput output;
  private final Console console;
  private final JavaSparkContext spark;
  private final RunData data;
  private RunRow running;
  private Optional<StepTimes.Nanos> stepTimes = Optional.empty();
  private final RegisteredSlots slots;
  private final TransportChoice transport;
  private final boolean ownSpark;

  /**
   * Starts Spark, loads the data and records the run as RUNNING.
   *
   * @param given the caller's Spark, which stays; empty to start one
   * @param described adds to a run's row who made it and what was said of it
   * @throws RefusedException if the memory can't suffice, a batch has more examples than the
   *     training set, the network can't read a user's own data, a run that is resumed would not be
   *     trained as before, or the range comes from a run of another experiment
   */
  Session(
      Plan plan,
      RunOutput output,
      Console console,
      Optional<JavaSparkContext> given,
      BiFunction<RunRow, RunOutput, RunRow> described) {
    this.plan = plan;
    this.output = output;
    this.console = console;
    Instant startedAt = output.before().map(RunRow::startedAt).orElseGet(Session::now);
    SparkConf conf = sparkConf(plan, output.runId(), given);
    spark = given.orElseGet(() -> started(conf));
    ownSpark = given.isEmpty();
    try {
      slots = RegisteredSlots.of(spark);
      refuseTooLittleMemory();
      plan.networkNotices().forEach(console::notice);
      data = load();
      refuseMoreThanThereIs();
      refuseWhatDoesNotFitOwnData();
      transport = TransportChoice.of(spark, console::notice);
      refuseTooLittleMemoryForPlain();
      running = described.apply(running(startedAt), output);
      output.before().ifPresent(this::refuseOtherConditions);
      output.newSource().ifPresent(this::judgeSource);
      store().commitRun(withTransport(running));
    } catch (Throwable e) {
      if (ownSpark) {
        spark.stop();
      }
      throw e;
    }
  }

  private static SparkConf sparkConf(Plan plan, String runId, Optional<JavaSparkContext> given) {
    SparkConf conf = given.map(JavaSparkContext::getConf).orElseGet(SparkConf::new);
    RefusedException.unlessValid(() -> Transport.of(conf));
    return fitting(() -> SparkSettings.of(conf, "lrsweep " + runId, plan.workload()));
  }

  private static <T> T fitting(Supplier<T> settings) {
    try {
      return settings.get();
    } catch (InsufficientMemoryException e) {
      throw new RefusedException("memory: " + e.getMessage(), e);
    }
  }

  private static JavaSparkContext started(SparkConf conf) {
    if (!conf.contains("spark.master")) {
      throw new RefusedException(
          "spark.master is not set; start LRSweep by spark-submit or a script of submit/, set the"
              + " system property, or give the experiment a Spark context");
    }
    return new JavaSparkContext(conf);
  }

  /** Where Spark itself decides on the cores of executors, they are known when those have come. */
  private void refuseTooLittleMemory() {
    if (SparkSettings.leavesCoresOpen(spark.getConf())) {
      Workload workload = plan.workload();
      int count = slots.count(workload.tasks());
      int executors = Math.max(1, spark.sc().statusTracker().getExecutorInfos().length - 1);
      fitting(
          () -> {
            int most = (count + executors - 1) / executors;
            SparkSettings.requireExecutorHeap(spark.getConf(), workload, most);
            return most;
          });
    }
  }

  /** All states pass through the driver, by choice or because the fast transport fails here. */
  private void refuseTooLittleMemoryForPlain() {
    if (transport.transport() == Transport.PLAIN) {
      fitting(
          () -> {
            SparkSettings.requireDriverHeapForPlain(spark.getConf(), plan.workload());
            return transport;
          });
    }
  }

  /** A range holds for the experiment that it was found with. */
  private void judgeSource(SourceRun wanted) {
    SourceRange range = source().orElseThrow();
    List<String> differences = range.differences(data);
    if (wanted.other() == OtherExperiment.REFUSED) {
      range.refuse(differences);
    } else if (!differences.isEmpty()) {
      console.notice(
          "the range was found for another experiment: " + String.join("; ", differences));
    }
  }

  /** The run that the range comes from; empty if from nowhere. */
  Optional<SourceRange> source() {
    return output.sourceRun().map(run -> new SourceRange(plan, store(), run));
  }

  private RunData load() {
    if (plan.ownData().isPresent()) {
      PartitionedData own = plan.ownData().get().read(spark);
      own.notices().forEach(console::notice);
      return new OwnData(own, plan.augmentation());
    }
    Dataset dataset = loadDataset(plan, spark.hadoopConfiguration(), console);
    return new NamedData(spark, dataset, plan.config().data().imageSize(), plan.augmentation());
  }

  static Dataset loadDataset(Plan plan, Configuration hadoop, Console console) {
    DatasetLoader loader =
        new DatasetLoader(DatasetLocations.ofProcess(), new HadoopFiles(hadoop), console::notice);
    return RefusedException.unlessValid("data", () -> loader.load(plan.data()));
  }

  private void refuseMoreThanThereIs() {
    ExperimentConfig config = plan.config();
    int examples = data.trainExamples();
    if (config.batchSize() > examples) {
      throw new RefusedException(
          "batch-size must be <= the number of training examples ("
              + examples
              + "), found "
              + config.batchSize());
    }
    int workers = config.sweep().workersPerTrial();
    if (workers > data.validationExamples()) {
      throw new RefusedException(
          "sweep.workers-per-trial must be <= the number of "
              + data.validationName()
              + " examples ("
              + data.validationExamples()
              + "), found "
              + workers);
    }
  }

  /** The plan knew neither its shape and classes nor its size. */
  private void refuseWhatDoesNotFitOwnData() {
    if (plan.readsOwnData()) {
      network(plan.config().seed());
      plan.requireRoomForOneCycle(data.trainExamples());
    }
  }

  /** Other data or threads would give other bits from here on; other versions may. */
  private void refuseOtherConditions(RunRow before) {
    refuseOther(before.datasetSha256(), running.datasetSha256(), "data with this SHA-256");
    refuseOther(
        before.networkSha256(), running.networkSha256(), "file of model.network, by its SHA-256");
    refuseOther(
        before.threadsPerWorker(), running.threadsPerWorker(), "spark.task.cpus, thus threads");
    String then = before.appVersion() + " on Spark " + before.sparkVersion();
    String now = running.appVersion() + " on Spark " + running.sparkVersion();
    if (!then.equals(now)) {
      console.notice(
          "the run was started by LRSweep "
              + then
              + " and goes on with "
              + now
              + ", which may change its last bits.");
    }
  }

  private void refuseOther(Object then, Object now, String what) {
    if (!Objects.equals(then, now)) {
      throw new RefusedException(
          "--resume "
              + output.runId()
              + " needs the same "
              + what
              + " as before, "
              + then
              + ", found "
              + now);
    }
  }

  String runId() {
    return output.runId();
  }

  /** The run's place in the output. */
  RunOutput output() {
    return output;
  }

  Console console() {
    return console;
  }

  Plan plan() {
    return plan;
  }

  JavaSparkContext spark() {
    return spark;
  }

  ResultStore store() {
    return output.store();
  }

  RunData data() {
    return data;
  }

  /** The network of a seed for this data. */
  NetworkSpec network(long seed) {
    return RefusedException.unlessValid(
        "model.network", () -> plan.network(seed, data.shape(), data.classNames().size()));
  }

  /** Native threads of a task: the cores that Spark gives it. */
  int threadsPerWorker() {
    return spark.getConf().getInt("spark.task.cpus", 1);
  }

  /**
   * Tasks that can run at the same time, {@code >= 1}, once the executors have come.
   *
   * @param wanted more than so many are of no use
   */
  int slots(int wanted) {
    return slots.count(wanted);
  }

  /** Examples with labels such as the network's loss needs. */
  private JavaRDD<WorkerExamples> labelled(JavaRDD<WorkerExamples> oneHot) {
    return Plan.wantsOneColumn(network(plan.config().seed()))
        ? oneHot.map(ColumnLabels::new)
        : oneHot;
  }

  JavaRDD<WorkerExamples> trainExamples(int workers, long seed) {
    return labelled(data.train(workers, seed));
  }

  /** What trials train and on what. */
  TrialNetworks trialNetworks() {
    int workers = plan.config().sweep().workersPerTrial();
    return new TrialNetworks() {
      @Override
      public NetworkSpec network(long seed) {
        return Session.this.network(seed);
      }

      @Override
      public TrainingState initial(long seed) {
        return plan.initial(network(seed));
      }

      @Override
      public JavaRDD<WorkerExamples> trainExamples(long seed) {
        return Session.this.trainExamples(workers, seed);
      }

      @Override
      public JavaRDD<WorkerExamples> testExamples() {
        return labelled(data.validation(workers));
      }
    };
  }

  private RunRow running(Instant startedAt) {
    ExperimentConfig config = plan.config();
    return new RunRow(
            output.runId(),
            RunStatus.RUNNING,
            startedAt,
            null,
            AppVersion.current(),
            spark.version(),
            spark.master(),
            config.json(),
            data.name(),
            data.sha256(),
            data.trainExamples(),
            data.testExamples(),
            config.seed(),
            config.finder().workers(),
            threadsPerWorker())
        .withNetwork(plan.networkSha256().orElse(null));
  }

  /** Remembers what a step of the range test takes; a run that goes on has not measured all. */
  void measured(StepTimes times, int testsAtOnce) {
    stepTimes =
        output.before().isPresent()
            ? Optional.empty()
            : times.step().map(step -> step.times(testsAtOnce));
  }

  /** What a step of the range test took, of all its steps; empty if that wasn't measured. */
  Optional<StepTimes.Nanos> stepTimes() {
    return stepTimes;
  }

  /** Notes, for the end, how long the sweep took and was expected to take. */
  void swept(Optional<SweepEstimate> estimate, Duration took) {
    estimate.ifPresent(
        expected -> running = running.timed(expected.likely().toMillis(), took.toMillis()));
  }

  private RunRow withTransport(RunRow run) {
    return run.withTransport(transport.transport().key(), transport.reason().orElse(null));
  }

  /** Records how the run ended. */
  void recordEnd(RunStatus end) {
    store().commitRun(withTransport(running.ended(end, now())));
  }

  private static Instant now() {
    return Instant.now().truncatedTo(ChronoUnit.MILLIS);
  }

  @Override
  public void close() {
    if (ownSpark) {
      spark.stop();
    } else {
      data.close();
    }
  }
}
