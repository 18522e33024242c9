package org.lrsweep.experiment.command;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.lrsweep.config.ConfigDifference;
import org.lrsweep.config.ConfigLoader;
import org.lrsweep.config.InvalidConfigException;
import org.lrsweep.experiment.request.RefusedException;
import org.lrsweep.results.ResultStore;
import org.lrsweep.results.RunRow;
import org.lrsweep.results.Tables;

/** The command line that made a run, to make another one by. */
public final class RecordedCommand {
  private static final String CONFIG = "--config";
  private static final String SET = "--set";

  /** What follows is for Spark. */
  private static final String SPARK_OPTIONS = "--";

  private final RunRow run;
  private final String command;
  private final List<ShellWords.Word> own;

  private RecordedCommand(RunRow run, String command) {
    this.run = run;
    this.command = command;
    own =
        ShellWords.split(command).stream()
            .takeWhile(word -> !word.text().equals(SPARK_OPTIONS))
            .toList();
  }

  /**
   * That of a run of the store.
   *
   * @throws RefusedException if no command made the run, or an older version that didn't record it
   */
  public static RecordedCommand of(ResultStore store, String runId) {
    return find(store, runId)
        .orElseThrow(
            () ->
                new RefusedException(
                    "Run "
                        + runId
                        + " has no command: it was made from Java, or by a version that recorded"
                        + " none; its configuration is config_json in the table runs"));
  }

  /** That of a run of the store; empty if no command made it. */
  public static Optional<RecordedCommand> find(ResultStore store, String runId) {
    return store.read(Tables.RUNS, runId).stream()
        .filter(run -> run.command() != null)
        .map(run -> new RecordedCommand(run, run.command()))
        .findFirst();
  }

  /** As it was given, quoted for a shell. */
  public String line() {
    return command;
  }

  /**
   * The same with the configuration that the run recorded, whatever has become of its files since.
   *
   * @param file where the configuration is written to; must not exist
   * @throws RefusedException if it can't be written
   */
  public String withConfigIn(Path file) {
    String text = "{\"lrsweep\":" + run.configJson() + "}\n";
    try {
      Files.writeString(file, text, StandardOpenOption.CREATE_NEW);
    } catch (FileAlreadyExistsException e) {
      throw new RefusedException(file + " exists already; name another file", e);
    } catch (IOException e) {
      throw new RefusedException(file + " can't be written (" + e + "); name another file", e);
    }
    return withConfig(file.toAbsolutePath().toString());
  }

  /** The same with another file in place of the experiment's, and no setting beside it. */
  public String withConfig(String file) {
    StringBuilder line = new StringBuilder();
    int copied = 0;
    for (int i = 0; i + 1 < own.size(); i++) {
      boolean isConfig = own.get(i).text().equals(CONFIG);
      if (isConfig || own.get(i).text().equals(SET)) {
        line.append(command, copied, own.get(i).start());
        line.append(isConfig ? CONFIG + " " + ShellWords.quoted(file) + " " : "");
        i++;
        copied = Math.min(own.get(i).end() + 1, command.length());
      }
    }
    return line.append(command.substring(copied)).toString().strip();
  }

  /** Why the command, run today, might make another run than it did; empty if nothing is known. */
  public List<String> doubts() {
    List<String> doubts = new ArrayList<>();
    if (command.contains("***") || command.contains("<the same options>")) {
      doubts.add("options of spark-submit, passwords or keys are left out of it");
    }
    if (run.extensions() != null) {
      doubts.add("the run was extended since, by " + run.extensions().replace("\n", ", then by "));
    }
    if (!run.appVersion().equals(AppVersion.current())) {
      doubts.add("LRSweep " + run.appVersion() + " made it, this is " + AppVersion.current());
    }
    for (String file : values(CONFIG)) {
      doubts.addAll(changes(file));
    }
    return doubts;
  }

  private List<String> changes(String file) {
    try {
      String now = ConfigLoader.load(ConfigFiles.named(inItsFolder(file)), values(SET)).json();
      List<String> differences = ConfigDifference.between(run.configJson(), now);
      return differences.isEmpty()
          ? List.of()
          : List.of(file + " has changed: " + String.join("; ", differences));
    } catch (InvalidConfigException e) {
      return List.of(e.getMessage());
    }
  }

  /** A script's line begins with the folder that it was called from. */
  private String inItsFolder(String file) {
    boolean hasFolder = own.size() > 2 && own.get(0).text().equals("cd");
    return hasFolder && !file.contains(":")
        ? Path.of(own.get(1).text()).resolve(file).toString()
        : file;
  }

  private List<String> values(String option) {
    List<String> values = new ArrayList<>();
    for (int i = 0; i + 1 < own.size(); i++) {
      if (own.get(i).text().equals(option)) {
        i++;
        values.add(own.get(i).text());
      }
    }
    return values;
  }
}
