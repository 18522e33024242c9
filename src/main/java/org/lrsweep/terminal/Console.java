package org.lrsweep.terminal;

import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.config.Configurator;

/**
 * Where a command prints while it runs. On a terminal what goes on is a block of lines that is
 * drawn anew several times a second, and all else, the log included, appears above it; elsewhere it
 * is a few lines every so often.
 *
 * <p>Thread-safe. Closing it gives the terminal back.
 */
public final class Console implements AutoCloseable {
  private final Verbosity verbosity;
  private final PrintWriter out;
  private final Screen screen;
  private final Runnable restore;

  private Console(Verbosity verbosity, PrintWriter out, Screen screen, Runnable restore) {
    this.verbosity = verbosity;
    this.out = out;
    this.screen = screen;
    this.restore = restore;
  }

  /**
   * The console of this process.
   *
   * @param out where a command prints to
   */
  public static Console open(PrintWriter out, Verbosity verbosity) {
    switch (verbosity) {
      case QUIET -> Configurator.setLevel("org.lrsweep", Level.WARN);
      case NORMAL -> {}
      case VERBOSE -> {
        Configurator.setRootLevel(Level.INFO);
        Configurator.setLevel("org.lrsweep", Level.DEBUG);
      }
    }
    return verbosity != Verbosity.QUIET && isTerminal()
        ? onTerminal(out, verbosity)
        : new Console(verbosity, out, null, () -> {});
  }

  /** One that prints line by line, wherever to, and leaves terminal and log as they are. */
  public static Console plain(PrintWriter out) {
    return new Console(Verbosity.NORMAL, out, null, () -> {});
  }

  /** Prints a sentence that a person should know of, and that stops nothing. */
  public void notice(String sentence) {
    out.println("NOTE: " + sentence);
  }

  private static boolean isTerminal() {
    String type = System.getenv("TERM");
    boolean knowsEscapes = type != null && !type.equals("dumb");
    return knowsEscapes && standardStream(1).filter(Console::isTerminal).isPresent();
  }

  private static boolean isTerminal(Path file) {
    return file.startsWith("/dev/pts") || file.toString().matches("/dev/(tty\\d*|console)");
  }

  /** The file behind a standard stream, on Linux; empty for a pipe. */
  private static Optional<Path> standardStream(int descriptor) {
    try {
      return Optional.of(Path.of("/proc/self/fd", String.valueOf(descriptor)).toRealPath());
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static Console onTerminal(PrintWriter out, Verbosity verbosity) {
    Screen screen = new Screen(out, new Resizing(TerminalSize::ofProcess));
    LineSink printed = new LineSink(screen);
    PrintWriter above = new PrintWriter(printed, true, StandardCharsets.UTF_8);
    if (!standardStream(2).equals(standardStream(1))) {
      return new Console(verbosity, above, screen, above::close);
    }
    PrintStream errors = System.err;
    LineSink logged = new LineSink(screen);
    LineSink complaints = new LineSink(screen);
    LogRouting log = LogRouting.to(logged);
    System.setErr(new PrintStream(complaints, true, StandardCharsets.UTF_8));
    return new Console(
        verbosity,
        above,
        screen,
        () -> {
          log.close();
          System.setErr(errors);
          logged.close();
          complaints.close();
          above.close();
        });
  }

  /** For what the user must know. */
  public PrintWriter out() {
    return out;
  }

  /** For how it gets on: what is printed here is dropped if the command is to be quiet. */
  public PrintWriter chatter() {
    return verbosity == Verbosity.QUIET ? new PrintWriter(Writer.nullWriter()) : out;
  }

  /** For what a block on the terminal says already, unless the command is to be verbose. */
  public PrintWriter detail() {
    return screen == null || verbosity == Verbosity.VERBOSE
        ? chatter()
        : new PrintWriter(Writer.nullWriter());
  }

  /** Shows how something gets on, until the answer is closed. */
  public Ticker show(Display display) {
    if (screen != null) {
      return Ticker.drawing(display, screen);
    }
    return Ticker.printing(display, chatter());
  }

  @Override
  public void close() {
    out.flush();
    restore.run();
  }
}
