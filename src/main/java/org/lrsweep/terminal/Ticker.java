package org.lrsweep.terminal;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Timer;
import java.util.TimerTask;

/** Shows a display again and again, on a thread of its own, until it is closed. */
public final class Ticker implements AutoCloseable {
  private static final Duration BETWEEN_DRAWINGS = Duration.ofMillis(250);
  private static final Duration BETWEEN_LINES = Duration.ofSeconds(30);

  private final Timer timer = new Timer("progress", true);
  private final Runnable atEnd;
  private boolean closed;

  private Ticker(Duration between, Runnable show, Runnable atEnd) {
    this.atEnd = atEnd;
    TimerTask task =
        new TimerTask() {
          @Override
          public void run() {
            showUnlessClosed(show);
          }
        };
    timer.schedule(task, between.toMillis(), between.toMillis());
  }

  /** Draws the display at the bottom of a screen, and erases it in the end. */
  static Ticker drawing(Display display, Screen screen) {
    return new Ticker(
        BETWEEN_DRAWINGS,
        () -> screen.draw(display.block(screen.rows())),
        () -> screen.draw(List.of()));
  }

  /** Prints the display's lines now and then. */
  static Ticker printing(Display display, PrintWriter out) {
    return new Ticker(
        BETWEEN_LINES,
        () -> {
          display.lines().forEach(out::println);
          out.flush();
        },
        () -> {});
  }

  private synchronized void showUnlessClosed(Runnable show) {
    if (!closed) {
      show.run();
    }
  }

  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      timer.cancel();
      atEnd.run();
    }
  }
}
