package org.lrsweep.terminal;

import java.time.Duration;
import java.util.function.Supplier;

/** A size that is asked for anew every few seconds, since asking starts a process. Thread-safe. */
final class Resizing implements Supplier<TerminalSize> {
  private static final Duration BETWEEN_QUESTIONS = Duration.ofSeconds(3);

  private final Supplier<TerminalSize> question;
  private TerminalSize answer;
  private long answeredAt;

  Resizing(Supplier<TerminalSize> question) {
    this.question = question;
  }

  @Override
  public synchronized TerminalSize get() {
    long now = System.nanoTime();
    if (answer == null || now - answeredAt > BETWEEN_QUESTIONS.toNanos()) {
      answer = question.get();
      answeredAt = now;
    }
    return answer;
  }
}
