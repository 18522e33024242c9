package org.lrsweep.experiment.phases;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.lrsweep.finder.FinderStep;
import org.lrsweep.terminal.Bar;
import org.lrsweep.terminal.Console;
import org.lrsweep.terminal.Display;
import org.lrsweep.terminal.Numbers;
import org.lrsweep.terminal.Pace;
import org.lrsweep.terminal.Ticker;

/** How a range test gets on: its step, learning rate, smoothed loss and the time left. */
public final class FinderProgress implements Consumer<FinderStep>, Display, AutoCloseable {
  private static final int BAR = 24;

  private final String name;
  private final int steps;
  private final LongSupplier clock;
  private final Pace pace = new Pace();
  private FinderStep last;
  private final Ticker ticker;

  /**
   * Shows a range test until it is closed.
   *
   * @param name what the user calls it
   * @param steps how many it has at most
   */
  public FinderProgress(String name, int steps, Console console) {
    this.name = name;
    this.steps = steps;
    clock = System::nanoTime;
    ticker = console.show(this);
  }

  /** One that is shown by nobody, under a clock of its own. */
  public FinderProgress(String name, int steps, LongSupplier clock) {
    this.name = name;
    this.steps = steps;
    this.clock = clock;
    ticker = null;
  }

  @Override
  public synchronized void accept(FinderStep step) {
    last = step;
    pace.reached(step.step() + 1, clock.getAsLong());
  }

  @Override
  public synchronized List<String> block(int rows) {
    long done = last == null ? 0 : last.step() + 1;
    return List.of(name + "  [" + Bar.of(done, steps, BAR) + "]  " + status(done));
  }

  @Override
  public synchronized List<String> lines() {
    return last == null ? List.of() : List.of("  " + name + ": " + status(last.step() + 1));
  }

  private String status(long done) {
    if (last == null) {
      return "step 0 of " + steps;
    }
    return "step "
        + done
        + " of "
        + steps
        + ", LR "
        + Numbers.rate(last.lr())
        + ", smoothed loss "
        + Numbers.loss(last.smoothedLoss())
        + pace.left(steps, clock.getAsLong())
            .map(left -> ", at most " + Numbers.duration(left) + " left")
            .orElse("");
  }

  @Override
  public void close() {
    ticker.close();
  }
}
