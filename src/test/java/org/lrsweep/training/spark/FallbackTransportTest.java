package org.lrsweep.training.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.lrsweep.network.TrainingState;
import org.lrsweep.training.Round;
import org.lrsweep.training.RoundResult;

/** Where the plain transport begins when the fast one fails; each round has one step. */
class FallbackTransportTest {
  private final List<String> notices = new ArrayList<>();
  private final List<String> plain = new ArrayList<>();
  private Exception failure = new FastWayException("states were lost", null);

  /** Has trained what was asked for twice; fails in the middle of the third time. */
  private final class Failing implements CopiedTransport {
    private final long lastCopy;
    private long copy;
    private long step;

    /**
     * @param lastCopy the step of the driver's copy when it fails
     */
    Failing(long lastCopy) {
      this.lastCopy = lastCopy;
    }

    @Override
    public List<RoundResult> train(List<Round> rounds) {
      if (step == 10) {
        copy = lastCopy;
        FallbackTransportTest.<RuntimeException>throwUndeclared(failure);
      }
      step += rounds.size();
      return results(rounds);
    }

    @Override
    public TrainingState copy() {
      return at(copy);
    }

    @Override
    public long step() {
      return step;
    }

    @Override
    public TrainingState state() {
      return at(step);
    }

    @Override
    public void close() {}
  }

  /** Notes where it begins and what it trains. */
  private final class Noting implements RoundTransport {
    private long step;

    Noting(TrainingState state) {
      step = state.step();
      plain.add("from step " + step);
    }

    @Override
    public List<RoundResult> train(List<Round> rounds) {
      rounds.forEach(round -> plain.add("round " + round.firstStepOfEpoch()));
      step += rounds.size();
      return results(rounds);
    }

    @Override
    public long step() {
      return step;
    }

    @Override
    public TrainingState state() {
      return at(step);
    }

    @Override
    public void close() {}
  }

  @SuppressWarnings("unchecked") // as Spark throws
  private static <E extends Exception> void throwUndeclared(Exception failure) throws E {
    throw (E) failure;
  }

  private static TrainingState at(long step) {
    return new TrainingState(new float[] {1}, new float[0], step);
  }

  private static List<Round> rounds(int from, int count) {
    return IntStream.range(from, from + count)
        .mapToObj(i -> new Round(0, i, 4, new double[] {0.1}))
        .toList();
  }

  private static List<RoundResult> results(List<Round> rounds) {
    return rounds.stream()
        .map(round -> new RoundResult(List.of(new RoundResult.TrainedStep(0.1, 1, 4, 2)), 1))
        .toList();
  }

  private FallbackTransport failing(long lastCopy) {
    FallbackTransport transport =
        new FallbackTransport(
            new Failing(lastCopy),
            Noting::new,
            new TransportChoice(Transport.FAST, notices::add)::giveUpFast);
    transport.train(rounds(0, 5));
    transport.train(rounds(5, 5));
    return transport;
  }

  @Test
  void trainsAnewWhatCameAfterTheDriversCopy() {
    FallbackTransport transport = failing(8);

    assertThat(transport.train(rounds(10, 2))).hasSize(2);

    assertThat(plain).containsExactly("from step 8", "round 8", "round 9", "round 10", "round 11");
    assertThat(transport.step()).isEqualTo(12);
    assertThat(notices).singleElement().asString().contains("states were lost");
  }

  /** Or rounds before it would be trained twice. */
  @Test
  void takesTheCopyBeforeTheCallThatFailedWhereThatWentBeyondItsBeginning() {
    FallbackTransport transport = failing(11);

    assertThat(transport.train(rounds(10, 2))).hasSize(2);

    assertThat(plain.get(0)).isEqualTo("from step 0");
    assertThat(plain).hasSize(13).endsWith("round 9", "round 10", "round 11");
    assertThat(transport.step()).isEqualTo(12);
  }

  @Test
  void takesWhatSparkThrowsUndeclaredForAFault() {
    failure =
        new Exception("Job aborted: java.lang.NoSuchMethodError: org.apache.spark.storage.Gone");

    assertThat(failing(10).train(rounds(10, 1))).hasSize(1);

    assertThat(notices).singleElement().asString().contains("NoSuchMethodError");
  }

  @Test
  void otherFailuresAreTheCallers() {
    failure = new IllegalStateException("a bad batch");
    FallbackTransport transport = failing(10);

    assertThatThrownBy(() -> transport.train(rounds(10, 1))).hasMessage("a bad batch");
    assertThat(plain).isEmpty();
  }
}
