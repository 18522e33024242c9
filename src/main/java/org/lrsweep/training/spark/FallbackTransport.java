package org.lrsweep.training.spark;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.lrsweep.network.TrainingState;
import org.lrsweep.training.Round;
import org.lrsweep.training.RoundResult;

/**
 * The fast transport for as long as it works, then the plain one. What was tried at the start of a
 * run says nothing of executors that come later, nor of a network that changes. The plain one
 * begins from the newest state that the driver has, and trains anew what came after it, at most a
 * hundred rounds: the same bits.
 */
final class FallbackTransport implements RoundTransport {
  private final Consumer<String> giveUpFast;
  private final CopiedTransport fast;
  private final Function<TrainingState, RoundTransport> plain;

  /** The rounds that led from the driver's state to where the run is. */
  private final Deque<Round> sinceCopy = new ArrayDeque<>();

  /** Updates before the first of them. */
  private long sinceStep;

  private RoundTransport current;

  FallbackTransport(
      RunContext run, TrainingState initial, RoundPace pace, Consumer<String> giveUpFast) {
    this(
        new FastTransport(run, initial, pace),
        state -> Transport.PLAIN.open(run, state, pace),
        giveUpFast);
  }

  /**
   * @param fast at its first round
   * @param plain begins from a state
   * @param giveUpFast takes the phrase that says why the fast one does not work
   */
  FallbackTransport(
      CopiedTransport fast,
      Function<TrainingState, RoundTransport> plain,
      Consumer<String> giveUpFast) {
    this.fast = fast;
    this.plain = plain;
    this.giveUpFast = giveUpFast;
    current = fast;
    sinceStep = fast.step();
  }

  @Override
  public List<RoundResult> train(List<Round> rounds) {
    List<RoundResult> results = whileItWorks(() -> current.train(rounds));
    if (current == fast) {
      sinceCopy.addAll(rounds.subList(0, results.size()));
      forgetWhatLiesBefore(fast.copy().step());
    }
    return results;
  }

  private void forgetWhatLiesBefore(long copy) {
    while (!sinceCopy.isEmpty() && sinceStep + sinceCopy.getFirst().steps() <= copy) {
      sinceStep += sinceCopy.removeFirst().steps();
    }
  }

  private <T> T whileItWorks(Supplier<T> work) {
    TrainingState before = fast.copy();
    long step = fast.step();
    try {
      return work.get();
    } catch (Exception | LinkageError e) {
      // Spark throws its checked SparkException undeclared.
      Optional<String> why = SparkFault.of(e);
      if (current != fast || why.isEmpty()) {
        throw e;
      }
      giveUpFast.accept(why.get());
      // What failed may have gone on to states beyond its own beginning.
      current = fromCopy(fast.copy().step() <= step ? fast.copy() : before);
      return work.get();
    }
  }

  private RoundTransport fromCopy(TrainingState copy) {
    RoundTransport transport = plain.apply(copy);
    forgetWhatLiesBefore(copy.step());
    sinceCopy.forEach(round -> transport.train(List.of(round)));
    sinceCopy.clear();
    return transport;
  }

  @Override
  public long step() {
    return current.step();
  }

  @Override
  public TrainingState state() {
    return whileItWorks(() -> current.state());
  }

  @Override
  public void close() {
    fast.close();
  }
}
