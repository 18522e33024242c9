package org.lrsweep.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

class ScreenTest {
  private final StringWriter printed = new StringWriter();
  private final Screen screen = new Screen(new PrintWriter(printed), () -> new TerminalSize(5, 20));

  private List<String> shown() {
    return Emulator.show(printed.toString());
  }

  @Test
  void aBlockIsDrawnOverTheLastOne() {
    screen.draw(List.of("one", "two", "three"));
    screen.draw(List.of("1", "2"));

    assertThat(shown()).containsExactly("1", "2", "");
  }

  @Test
  void whatIsPrintedGoesAboveTheBlock() {
    screen.draw(List.of("block", "of two"));
    screen.print("first\n");
    screen.draw(List.of("BLOCK", "of two"));
    screen.print("second\nthird\n");

    assertThat(shown()).containsExactly("first", "second", "third", "BLOCK", "of two", "");
  }

  @Test
  void anEmptyBlockLeavesNothingBehind() {
    screen.draw(List.of("block"));
    screen.print("stays\n");
    screen.draw(List.of());
    screen.print("stays too\n");

    assertThat(shown()).containsExactly("stays", "stays too", "");
  }

  @Test
  void aBlockIsCutToTheTerminal() {
    screen.draw(List.of("a line of more than twenty characters", "2", "3", "4", "5", "6"));

    assertThat(shown()).containsExactly("a line of more than", "2", "3", "4", "");
  }

  @Test
  void halfALineWaitsForItsEnd() {
    try (LineSink sink = new LineSink(screen);
        PrintStream stream = new PrintStream(sink, true, StandardCharsets.UTF_8)) {
      screen.draw(List.of("block"));
      stream.print("ha");
      assertThat(shown()).containsExactly("block", "");

      stream.print("lf\nan\u00e4 other");
      assertThat(shown()).containsExactly("half", "block", "");
    }
    assertThat(shown()).containsExactly("half", "an\u00e4 other", "block", "");
  }

  @Test
  void logLinesAndDrawingsOfManyThreadsNeverTearEachOther() throws Exception {
    Logger log = LoggerFactory.getLogger(ScreenTest.class);
    Screen wide = new Screen(new PrintWriter(printed), () -> new TerminalSize(40, 200));
    ExecutorService threads = Executors.newFixedThreadPool(4);
    LogRouting routing = LogRouting.to(new LineSink(wide));
    try {
      for (int thread = 0; thread < 4; thread++) {
        String name = "thread " + thread;
        threads.execute(
            () -> {
              for (int i = 0; i < 100; i++) {
                wide.draw(List.of("block of " + name, "with two lines"));
                log.warn("{} says {}.", name, i);
              }
            });
      }
      threads.shutdown();
      assertThat(threads.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
      wide.draw(List.of());
    } finally {
      routing.close();
    }
    log.warn("Not on the screen.");

    List<String> lines = shown();
    assertThat(lines).hasSize(401).noneMatch(line -> line.contains("block"));
    for (int thread = 0; thread < 4; thread++) {
      String name = "thread " + thread;
      assertThat(lines.stream().filter(line -> line.contains(name)))
          .map(line -> line.substring(line.indexOf(name)))
          .containsExactlyElementsOf(
              IntStream.range(0, 100).mapToObj(i -> name + " says " + i + ".").toList());
    }
  }

  @Test
  void aSizeIsReadAsSttyPrintsIt() {
    assertThat(TerminalSize.parse("50 132\n")).isEqualTo(new TerminalSize(50, 132));
    assertThat(TerminalSize.parse("0 0\n")).isEqualTo(TerminalSize.USUAL);
    assertThat(TerminalSize.parse("")).isEqualTo(TerminalSize.USUAL);
  }
}
