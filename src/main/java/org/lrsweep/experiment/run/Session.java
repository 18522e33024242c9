package org.lrsweep.experiment.run;

import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.IntSupplier;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.lrsweep.acceleration.onednn.Precision;
import org.lrsweep.config.SweepConfig;
import org.lrsweep.config.TrainingConfig.PrecisionChoice;
import org.lrsweep.experiment.data.RunData;
import org.lrsweep.experiment.plan.Plan;
import org.lrsweep.experiment.range.SourceRange;
import org.lrsweep.experiment.request.RefusedException;
import org.lrsweep.experiment.request.SourceRun;
import org.lrsweep.network.NetworkSpec;
import org.lrsweep.network.Objective;
import org.lrsweep.network.TrainingState;
import org.lrsweep.results.ResultStore;
import org.lrsweep.results.RunRow;
import org.lrsweep.sweep.ParallelTrials;
import org.lrsweep.sweep.TrialNetworks;
import org.lrsweep.terminal.Console;
import org.lrsweep.training.examples.ColumnLabels;
import org.lrsweep.training.examples.WorkerExamples;
import org.lrsweep.training.spark.ExecutorCpu;
import org.lrsweep.training.spark.TransportChoice;

/** A run that has begun: its Spark context, its data on the executors, its output. */
public final class Session implements AutoCloseable {
  private final Plan plan;
  private final RunOutput output;
  private final Console console;
  private final RunSpark spark;
  private final RunData data;
  private final RunRecord record;
  private final Precision precision;

  /**
   * Starts Spark, loads the data and records the run as RUNNING.
   *
   * @param given the caller's Spark, which stays; empty to start one
   * @param described adds to a run's row who made it and what was said of it
   * @throws RefusedException if the memory can't suffice, an executor can't train in the precision
   *     that is asked for, a batch has more examples than the training set, the network can't read
   *     a user's own data, a run that is resumed would not be trained as before, or the range comes
   *     from a run of another experiment
   */
  public Session(
      Plan plan,
      RunOutput output,
      Console console,
      Optional<JavaSparkContext> given,
      BiFunction<RunRow, RunOutput, RunRow> described) {
    this.plan = plan;
    this.output = output;
    this.console = console;
    spark = new RunSpark(given, output.runId(), output.requirements().workload());
    try {
      spark.notices().forEach(console::notice);
      plan.networks().notices().forEach(console::notice);
      data = DataLoading.load(plan, spark.context(), console);
      refuseWhatDoesNotFitOwnData();
      TransportChoice transport = TransportChoice.of(spark.context(), console::notice);
      spark.requireMemoryFor(transport.transport());
      precision = agreedPrecision();
      RunRow now = RunRecord.running(plan, output, spark, data, precision);
      boolean isExtended = output.extension().isPresent();
      String option = isExtended ? "--extend" : "--resume";
      output
          .before()
          .flatMap(before -> new ResumeConditions(option, before, now).check())
          .ifPresent(console::notice);
      // A finished run stays what it was made by.
      RunRow made = described.apply(isExtended ? output.before().get() : now, output);
      output.newSource().ifPresent(this::judgeSource);
      record = new RunRecord(store(), transport, output.before(), made);
      record.commit();
    } catch (Throwable e) {
      close();
      throw e;
    }
  }

  /** A run that goes on keeps its own, and auto that of the run that found the range. */
  private Precision agreedPrecision() {
    PrecisionChoice wanted = plan.config().training().precision();
    Optional<Precision> kept = output.before().map(run -> Precision.recorded(run.precision()));
    if (kept.isEmpty() && wanted == PrecisionChoice.AUTO) {
      kept = source().map(SourceRange::precision);
    }
    RunPrecision agreed =
        RunPrecision.of(
            wanted,
            kept,
            plan.config().model().network(),
            () -> {
              spark.slots(output.requirements().workload().tasks()); // once they have come
              return ExecutorCpu.all(spark.context());
            });
    agreed.notice().ifPresent(console::notice);
    return agreed.used();
  }

  /** A range holds for the experiment that it was found with. */
  private void judgeSource(SourceRun wanted) {
    List<String> differences = source().orElseThrow().judged(wanted, data, precision);
    if (!differences.isEmpty()) {
      console.notice(
          "the range was found for another experiment: " + String.join("; ", differences));
    }
  }

  /** The run that the range comes from; empty if from nowhere. */
  public Optional<SourceRange> source() {
    return output.sourceRun().map(run -> new SourceRange(plan, store(), run));
  }

  /** The plan knew neither its shape and classes nor its size. */
  private void refuseWhatDoesNotFitOwnData() {
    if (plan.readsOwnData()) {
      plan.requireFit(data);
    }
  }

  /** The run's id. */
  public String runId() {
    return output.runId();
  }

  /** The run's place in the output. */
  public RunOutput output() {
    return output;
  }

  /** Where the run says how it gets on. */
  public Console console() {
    return console;
  }

  /** What the run does. */
  public Plan plan() {
    return plan;
  }

  /** The context that it trains on. */
  public JavaSparkContext spark() {
    return spark.context();
  }

  /** The output's tables. */
  public ResultStore store() {
    return output.store();
  }

  /** Its row of the table runs. */
  public RunRecord record() {
    return record;
  }

  /** What it trains on. */
  public RunData data() {
    return data;
  }

  /** The network of a seed for this data, in the run's precision. */
  public NetworkSpec network(long seed) {
    return RefusedException.unlessValid(
        "model.network",
        () ->
            plan.networks()
                .network(seed, data.shape(), data.classNames().size())
                .withPrecision(precision));
  }

  /**
   * Tasks that can run at the same time, {@code >= 1}, once the executors have come.
   *
   * @param wanted more than so many are of no use
   */
  public int slots(int wanted) {
    return spark.slots(wanted);
  }

  /**
   * How many trials run at a time: as the configuration says, else as many as there are slots for
   * while they run. Waits for the executors' coming.
   *
   * @param trials that are to run
   */
  public ParallelTrials parallelTrials(int trials) {
    SweepConfig sweep = plan.config().sweep();
    if (sweep.parallelTrials().isPresent()) {
      return ParallelTrials.fixed(sweep.parallelTrials().getAsInt());
    }
    int workers = sweep.workersPerTrial();
    slots(trials * workers);
    IntSupplier places = () -> spark.presentSlots() / workers;
    // Within a budget, trials that are done are worth more than as many that are half done.
    if (workers > 1 || sweep.limits().timeBudget().isPresent()) {
      return ParallelTrials.following(places);
    }
    if (spark.asksForExecutors()) {
      return ParallelTrials.ahead(places);
    }
    // The last ones run together, fewer than two to a slot.
    return spark.hasHeapFor(2 * Math.max(1, spark.presentSlots()) - 1)
        ? ParallelTrials.takingTurns(places)
        : ParallelTrials.following(places);
  }

  /** Examples with labels such as the network's loss needs. */
  private JavaRDD<WorkerExamples> labelled(JavaRDD<WorkerExamples> oneHot) {
    return Objective.wantsOneColumn(network(plan.config().seed()).configuration())
        ? oneHot.map(ColumnLabels::new)
        : oneHot;
  }

  /** The training part, with labels such as the network's loss needs. */
  public JavaRDD<WorkerExamples> trainExamples(int workers, long seed) {
    return labelled(data.train(workers, seed));
  }

  /** What trials train and on what. */
  public TrialNetworks trialNetworks() {
    int workers = plan.config().sweep().workersPerTrial();
    return new TrialNetworks() {
      @Override
      public NetworkSpec network(long seed) {
        return Session.this.network(seed);
      }

      @Override
      public TrainingState initial(long seed) {
        return plan.networks().initial(network(seed));
      }

      @Override
      public JavaRDD<WorkerExamples> trainExamples(long seed) {
        return Session.this.trainExamples(workers, seed);
      }

      @Override
      public JavaRDD<WorkerExamples> testExamples() {
        return labelled(data.validation(workers));
      }

      @Override
      public Optional<JavaRDD<WorkerExamples>> judgingExamples() {
        return data.judging(workers).map(Session.this::labelled);
      }
    };
  }

  @Override
  public void close() {
    try {
      if (data != null) { // refused before
        data.close();
      }
    } finally {
      spark.close();
    }
  }
}
