package org.lrsweep.terminal;

import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.Appender;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.ConsoleAppender;
import org.apache.logging.log4j.core.appender.OutputStreamAppender;
import org.apache.logging.log4j.core.config.AppenderRef;
import org.apache.logging.log4j.core.config.LoggerConfig;

/**
 * Has the log go elsewhere instead of to the console, whatever the log's configuration. Layouts,
 * filters and levels stay; closing it undoes it.
 */
final class LogRouting implements AutoCloseable {
  private final LoggerContext context;
  private final List<Detour> detours = new ArrayList<>();

  private record Detour(ConsoleAppender console, OutputStreamAppender replacement) {}

  private LogRouting(LoggerContext context) {
    this.context = context;
  }

  /** Sends to a stream all that Log4j 2 writes to the console. */
  static LogRouting to(OutputStream stream) {
    // Log4j decides which context this is; Spark brings its core, of which it is one.
    LogRouting routing = new LogRouting((LoggerContext) LogManager.getContext(false));
    for (Appender appender : routing.context.getConfiguration().getAppenders().values()) {
      if (appender instanceof ConsoleAppender console) {
        routing.replace(console, stream);
      }
    }
    routing.context.updateLoggers();
    return routing;
  }

  private void replace(ConsoleAppender console, OutputStream stream) {
    OutputStreamAppender replacement =
        OutputStreamAppender.newBuilder()
            .setName(console.getName())
            .setLayout(console.getLayout())
            .setFilter(console.getFilter())
            .setTarget(stream)
            .build();
    replacement.start();
    detours.add(new Detour(console, replacement));
    exchange(replacement);
  }

  private void exchange(Appender appender) {
    for (LoggerConfig logger : context.getConfiguration().getLoggers().values()) {
      for (AppenderRef reference : logger.getAppenderRefs()) {
        if (reference.getRef().equals(appender.getName())) {
          logger.removeAppender(appender.getName());
          logger.addAppender(appender, reference.getLevel(), reference.getFilter());
        }
      }
    }
  }

  @Override
  public void close() {
    for (Detour detour : detours) {
      exchange(detour.console());
      detour.replacement().stop();
    }
    context.updateLoggers();
  }
}
