package org.lrsweep.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.lrsweep.checkpoint.Checkpoints;
import org.lrsweep.checkpoint.Snapshot;
import org.lrsweep.checkpoint.Snapshots;
import org.lrsweep.network.NormStatistics;
import org.lrsweep.network.TrainingState;
import org.lrsweep.results.TrialStatus;
import org.lrsweep.testing.MemoryCheckpoints;
import org.lrsweep.training.Engine;
import org.lrsweep.training.EngineRun;
import org.lrsweep.training.Round;
import org.lrsweep.training.RoundResult;
import org.lrsweep.training.RoundResult.TrainedStep;
import org.lrsweep.training.evaluation.Evaluation;
import org.lrsweep.training.evaluation.Evaluator;

/** On an engine that trains nothing: its state is how many steps were made. */
class TrialRunnerTest {
  private static final int STEPS_PER_EPOCH = 10;
  private static final SweepSettings ROUNDS_OF_TWO = new SweepSettings(1, 2, 4, 0);

  /** The numbers of rounds that were asked for at once. */
  private final List<Integer> asked = new ArrayList<>();

  private static TrainingState state(long step) {
    return new TrainingState(new float[] {step}, new float[0], step);
  }

  private static Trial trial(int epochs) {
    return new Trial(
        "trial-01",
        TrialPolicy.CONSTANT,
        epochs,
        1,
        0.1,
        0.1,
        1,
        8,
        epochs,
        STEPS_PER_EPOCH,
        1,
        Optional.empty());
  }

  private final class CountingEngine implements Engine {
    @Override
    public int workers() {
      return 1;
    }

    @Override
    public EngineRun start(TrainingState initial) {
      return new CountingRun(initial.step());
    }

    @Override
    public void close() {}
  }

  private final class CountingRun implements EngineRun {
    private long step;

    CountingRun(long step) {
      this.step = step;
    }

    @Override
    public RoundResult train(Round round) {
      step += round.steps();
      return new RoundResult(
          DoubleStream.of(round.learningRates())
              .mapToObj(rate -> new TrainedStep(rate, 1, 4, 8))
              .toList(),
          1);
    }

    /** All that are asked for, as an engine with time for them does. */
    @Override
    public List<RoundResult> train(List<Round> rounds) {
      asked.add(rounds.size());
      return rounds.stream().map(this::train).toList();
    }

    @Override
    public long step() {
      return step;
    }

    @Override
    public TrainingState state() {
      return TrialRunnerTest.state(step);
    }

    @Override
    public void close() {}
  }

  /** Of 10 examples, as many are classified rightly after an epoch as the test says. */
  private record Marks(List<Integer> right) implements Evaluator {
    Marks(Integer... right) {
      this(List.of(right));
    }

    @Override
    public Evaluation evaluate(TrainingState state) {
      int correct = right.get((int) state.step() / STEPS_PER_EPOCH - 1);
      return new Evaluation(new long[][] {{correct, 10 - correct}, {0, 0}}, 1);
    }

    @Override
    public Evaluation evaluateEnsemble(List<TrainingState> states) {
      return evaluate(states.get(states.size() - 1));
    }

    @Override
    public void close() {}
  }

  private TrialOutcome run(Marks marks, Checkpoints checkpoints) {
    return new TrialRunner(
            trial(marks.right().size()),
            new CountingEngine(),
            marks,
            TestPart.none(),
            ROUNDS_OF_TWO,
            new SweepListener() {},
            checkpoints,
            state(0),
            NormStatistics.none(),
            TrialStops.NEVER)
        .run();
  }

  @Test
  void theBestStateIsThatOfTheBestEpochAndTheFirstOfEquals() {
    TrialOutcome outcome = run(new Marks(3, 8, 8, 5), Checkpoints.none());

    assertThat(outcome.status()).isEqualTo(TrialStatus.COMPLETED);
    assertThat(outcome.bestEpoch().orElseThrow().epoch()).isEqualTo(2);
    assertThat(outcome.bestState().orElseThrow().step()).isEqualTo(20);
    assertThat(outcome.state().orElseThrow().step()).isEqualTo(40);
  }

  @Test
  void whereTheLastEpochIsTheBestThereIsOneState() {
    TrialOutcome outcome = run(new Marks(3, 8, 9), Checkpoints.none());

    assertThat(outcome.bestState()).isEqualTo(outcome.state());
    assertThat(outcome.bestState().orElseThrow()).isSameAs(outcome.state().orElseThrow());
  }

  /** At each checkpoint: before the best epoch's end, right after it, and after a worse one. */
  @Test
  void theBestStateSurvivesEachKill() {
    for (int kill = 1; kill <= 4 * 5; kill++) {
      MemoryCheckpoints checkpoints = MemoryCheckpoints.killingAfter(kill);
      assertThatThrownBy(() -> run(new Marks(3, 8, 8, 5), checkpoints))
          .isInstanceOf(MemoryCheckpoints.Killed.class);

      TrialOutcome outcome = run(new Marks(3, 8, 8, 5), checkpoints.thenAfter(1000));

      assertThat(outcome.bestState().orElseThrow().step()).as("kill %d", kill).isEqualTo(20);
      assertThat(outcome.steps()).hasSize(40);
    }
  }

  /** Which had the last epoch's state alone, thus the best one's only where that is the last. */
  @Test
  void whatOlderVersionsDidNotKeepIsNotMadeUp() {
    assertThat(resumedWithoutBest(new Marks(3, 8, 5, 4), 16).bestState()).isEmpty();
    assertThat(resumedWithoutBest(new Marks(3, 8, 5, 9), 16).bestState().orElseThrow().step())
        .isEqualTo(40);
    assertThat(resumedWithoutBest(new Marks(3, 8, 5, 4), 11).bestState().orElseThrow().step())
        .isEqualTo(20);
  }

  /** Killed at a checkpoint, of which there are five in an epoch. */
  private TrialOutcome resumedWithoutBest(Marks marks, int kill) {
    MemoryCheckpoints killed = MemoryCheckpoints.killingAfter(kill);
    assertThatThrownBy(() -> run(marks, killed)).isInstanceOf(MemoryCheckpoints.Killed.class);
    Snapshot older = Snapshots.without(killed.latest().orElseThrow(), "best ");
    return run(
        marks,
        new Checkpoints() {
          @Override
          public Optional<Snapshot> latest() {
            return Optional.of(older);
          }

          @Override
          public void save(long step, Snapshot snapshot) {}
        });
  }

  @Test
  void roundsAreAskedForOneByOneOnlyIfEachIsToBeKept() {
    run(new Marks(1, 2), MemoryCheckpoints.killingAfter(1000));
    assertThat(asked).hasSize(10).containsOnly(1);

    asked.clear();
    List<Long> saved = new ArrayList<>();
    run(new Marks(1, 2), dueAtEndsOfJobs(saved));

    assertThat(asked).as("the rounds of an epoch").containsExactly(5, 5);
    assertThat(saved).containsExactly(10L, 20L);
  }

  /** As one whose time is over while a job runs. */
  private Checkpoints dueAtEndsOfJobs(List<Long> saved) {
    return new Checkpoints() {
      private int jobs;

      @Override
      public Optional<Snapshot> latest() {
        return Optional.empty();
      }

      @Override
      public void save(long step, Snapshot snapshot) {
        saved.add(step);
        jobs = asked.size();
      }

      @Override
      public boolean due(long step) {
        return asked.size() > jobs;
      }
    };
  }
}
