package org.lrsweep.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.function.Consumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.lrsweep.finder.FinderStep;
import picocli.CommandLine.Help.Ansi;

/** Shows how the range test gets on: a bar on a terminal, else a line every so often. */
final class FinderProgress implements Consumer<FinderStep>, AutoCloseable {
  private static final Duration BETWEEN_LINES = Duration.ofSeconds(10);

  private final int steps;
  private final PrintWriter out;
  private final ProgressBar bar;
  private long lastLine = System.nanoTime();

  FinderProgress(int steps, PrintWriter out) {
    this.steps = steps;
    this.out = out;
    bar = Ansi.AUTO.enabled() ? bar(steps) : null;
  }

  private static ProgressBar bar(int steps) {
    return new ProgressBarBuilder()
        .setTaskName("range test")
        .setInitialMax(steps)
        .setStyle(ProgressBarStyle.ASCII)
        .build();
  }

  @Override
  public void accept(FinderStep step) {
    String where = String.format("LR %.3g, smoothed loss %.4g", step.lr(), step.smoothedLoss());
    if (bar != null) {
      bar.stepTo(step.step() + 1);
      bar.setExtraMessage(where);
    } else if (System.nanoTime() - lastLine > BETWEEN_LINES.toNanos()) {
      lastLine = System.nanoTime();
      out.printf("  step %d of %d: %s%n", step.step() + 1, steps, where);
      out.flush();
    }
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
    }
  }
}
