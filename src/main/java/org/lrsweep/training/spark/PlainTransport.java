package org.lrsweep.training.spark;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import java.io.Serializable;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.Function2;
import org.apache.spark.broadcast.Broadcast;
import org.lrsweep.network.NetworkSpec;
import org.lrsweep.network.TrainingState;
import org.lrsweep.training.Round;
import org.lrsweep.training.RoundResult;
import org.lrsweep.training.RunningStep;
import org.lrsweep.training.WorkerPosition;
import org.lrsweep.training.examples.WorkerExamples;
import org.lrsweep.training.worker.Replica;
import org.lrsweep.training.worker.ReplicaPool;
import org.lrsweep.training.worker.Share;
import org.lrsweep.training.worker.StepReports;
import org.lrsweep.training.worker.WorkerSteps;

/**
 * Training on Spark as its public API has it, a job for each round:
 *
 * <ol>
 *   <li>the driver broadcasts the state;
 *   <li>a task for each partition of the examples, a worker, trains the round's steps from there;
 *   <li>the driver collects the states that the workers have come to;
 *   <li>their mean, in the partitions' order, is the state of the next round.
 * </ol>
 *
 * <p>A task depends on the state, the round and its partition alone, so one that Spark repeats
 * returns the same bits, and nothing that an executor stored can be missed. Not for speed: in every
 * round the driver starts a job, and reads a state of each worker.
 */
final class PlainTransport implements RoundTransport {
  private final RunContext run;
  private TrainingState state;

  PlainTransport(RunContext run, TrainingState initial) {
    this.run = run;
    state = initial;
  }

  @Override
  public List<RoundResult> train(List<Round> rounds) {
    Round round = rounds.get(0);
    List<Trained> workers = trainOnWorkers(round);
    RoundResult result = StepReports.merge(workers.stream().map(Trained::steps).toList(), round);
    state = mean(workers, state.step() + result.steps().size());
    return List.of(result);
  }

  /** What the workers have come to, in their order. */
  private List<Trained> trainOnWorkers(Round round) {
    Broadcast<TrainingState> start = run.spark().broadcast(state);
    TrainOnePartition task =
        new TrainOnePartition(
            run.network(), start, round, run.workers(), run.seed(), run.runningStep());
    try {
      return JobTitle.during(
          run.spark(),
          JobTitle.of(List.of(round), state.step()),
          () -> run.examples().mapPartitionsWithIndex(task, true).collect());
    } finally {
      start.destroy();
    }
  }

  /**
   * What a worker has come to.
   *
   * @param state its network's after the round
   * @param steps what it trained
   */
  @DefaultSerializer(JavaSerializer.class)
  private record Trained(TrainingState state, WorkerSteps steps) implements Serializable {}

  /** The task. */
  private record TrainOnePartition(
      NetworkSpec network,
      Broadcast<TrainingState> start,
      Round round,
      int workers,
      long seed,
      StepAccumulator runningStep)
      implements Function2<Integer, Iterator<WorkerExamples>, Iterator<Trained>> {

    @Override
    public Iterator<Trained> call(Integer worker, Iterator<WorkerExamples> partition) {
      WorkerExamples examples = partition.next();
      WorkerPosition position = new WorkerPosition(worker, workers, seed);
      Consumer<RunningStep> progress = runningStep::add;
      int threads = TaskContext.get().cpus();
      Trained trained =
          ReplicaPool.ofThisJvm()
              .with(network, threads, replica -> train(replica, examples, position, progress));
      return List.of(trained).iterator();
    }

    private Trained train(
        Replica replica,
        WorkerExamples examples,
        WorkerPosition position,
        Consumer<RunningStep> progress) {
      TrainingState from = start.value();
      replica.restore(from);
      WorkerSteps steps = replica.train(from.step(), round, examples, position, progress);
      return new Trained(replica.state(), steps);
    }
  }

  /** The mean of those who had examples, by how many they trained on. */
  private static TrainingState mean(List<Trained> workers, long step) {
    List<Share> shares = workers.stream().map(worker -> worker.steps().share()).toList();
    int[] trained = Share.trained(shares);
    float[] weights = Share.weights(shares);
    Function<Function<TrainingState, float[]>, float[]> mean =
        part -> {
          float[] first = part.apply(workers.get(trained[0]).state());
          if (trained.length == 1) {
            return first;
          }
          float[] sum = new float[first.length];
          for (int term = 0; term < trained.length; term++) {
            float[] values = part.apply(workers.get(trained[term]).state());
            for (int i = 0; i < sum.length; i++) {
              sum[i] += weights[term] * values[i];
            }
          }
          return sum;
        };
    return new TrainingState(
        mean.apply(TrainingState::parameters), mean.apply(TrainingState::updaterState), step);
  }

  @Override
  public long step() {
    return state.step();
  }

  @Override
  public TrainingState state() {
    return state;
  }

  @Override
  public void close() {}
}
