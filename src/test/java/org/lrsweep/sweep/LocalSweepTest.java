package org.lrsweep.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.deeplearning4j.datasets.iterator.utilty.ListDataSetIterator;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.lrsweep.network.GivenNetwork;
import org.lrsweep.network.Momentum;
import org.lrsweep.results.TrialStatus;
import org.lrsweep.schedule.LrRange;
import org.lrsweep.testing.ArrayExamples;
import org.lrsweep.testing.TestNetworks;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.factory.Nd4j;

class LocalSweepTest {
  private static final List<DataSet> BATCHES =
      IntStream.range(0, 4)
          .mapToObj(i -> ArrayExamples.random(160, 1).minibatch(0, 40 * i, 40))
          .toList();

  private GivenNetwork network;

  @BeforeEach
  void giveANetwork() {
    ComputationGraph graph = new ComputationGraph(TestNetworks.dense(new Momentum(1, 0.9)));
    graph.init();
    network = GivenNetwork.of(graph);
  }

  /** Two trials of one epoch that differ in their seed. */
  private static List<Trial> trials() {
    return new TrialGrid(
            List.of(TrialPolicy.TRIANGULAR),
            List.of(1.0),
            List.of(TrialRange.given(new LrRange(0.01, 0.1))),
            List.of(5L, 6L),
            1,
            32,
            1)
        .trials(160);
  }

  private static DataSetIterator resettable() {
    return new ListDataSetIterator<>(BATCHES, 40);
  }

  /** An iterator that can be read once. */
  private static DataSetIterator once() {
    return new ListDataSetIterator<>(BATCHES, 40) {
      @Override
      public boolean resetSupported() {
        return false;
      }

      @Override
      public synchronized void reset() {
        throw new UnsupportedOperationException();
      }
    };
  }

  private List<TrialOutcome> run(DataSetIterator train, DataSetIterator test) {
    return new LocalSweep(network, train, test, SweepSettings.defaults())
        .run(trials(), new SweepListener() {});
  }

  @Test
  void allTrialsHaveTheExamplesOfAnIteratorThatCannotBeReset() {
    List<TrialOutcome> outcomes = run(once(), once());

    assertThat(outcomes).allMatch(outcome -> outcome.status() == TrialStatus.COMPLETED);
    assertThat(outcomes.get(1).steps()).isNotEqualTo(outcomes.get(0).steps());
    List<TrialOutcome> expected = run(resettable(), resettable());
    for (int i = 0; i < 2; i++) {
      assertThat(outcomes.get(i).steps()).isEqualTo(expected.get(i).steps());
      assertThat(outcomes.get(i).state().orElseThrow().parameters())
          .containsExactly(expected.get(i).state().orElseThrow().parameters());
    }
  }

  @Test
  void anEmptySetIsRefusedBeforeTraining() {
    DataSetIterator shared = once();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> run(shared, shared))
        .withMessage(
            "The iterator must give at least one example, found none. It can't be reset, so it must"
                + " not have been read before");
    DataSet none = new DataSet(Nd4j.zeros(1, 6), Nd4j.create(new float[][] {{1, 0, 0}}));
    DataSetIterator empty =
        new ListDataSetIterator<>(List.of(none), 1) {
          @Override
          public synchronized boolean hasNext() {
            return false;
          }
        };
    assertThatIllegalArgumentException()
        .isThrownBy(() -> run(resettable(), empty))
        .withMessage("The iterator must give at least one example, found none");
  }

  @Test
  void aTrialThatThrowsIsTriedAgainAsOftenAsConfigured() {
    List<String> ends = new ArrayList<>();
    SweepListener failing =
        new SweepListener() {
          @Override
          public void roundEnded(Trial trial, TrialStep last) {
            ends.add(trial.id());
            if (ends.size() <= 2) {
              throw new IllegalStateException("thrown by the test");
            }
          }
        };
    List<Trial> one = trials().subList(0, 1);

    TrialOutcome third =
        new LocalSweep(network, resettable(), resettable(), new SweepSettings(1, 250, 4, 2))
            .run(one, failing)
            .get(0);

    assertThat(third.status()).isEqualTo(TrialStatus.COMPLETED);
    assertThat(ends).hasSize(3);
    assertThat(third.steps()).isEqualTo(run(resettable(), resettable()).get(0).steps());
    ends.clear();
    TrialOutcome second =
        new LocalSweep(network, resettable(), resettable(), new SweepSettings(1, 250, 4, 1))
            .run(one, failing)
            .get(0);
    assertThat(second.status()).isEqualTo(TrialStatus.FAILED);
    assertThat(ends).hasSize(2);
  }
}
