package org.lrsweep.experiment.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.lrsweep.config.ConfigLoader;
import org.lrsweep.config.Secrets;
import org.lrsweep.report.NextSteps;

/**
 * The command lines that come after the one that runs now, made of it: of the same experiment, by
 * the same script, with the same options for Spark. Each is quoted for a shell, and works from any
 * folder where a script of {@code submit/} was used.
 */
public final class CommandLines implements NextSteps {
  /** How this program was called, quoted for a shell; the scripts say it. */
  private static final String PROGRAM = "LRSWEEP_COMMAND";

  /** What the script was given for spark-submit, quoted for a shell. */
  private static final String OPTIONS = "LRSWEEP_OPTIONS";

  /** The experiment's file as the user named it, where the script has sent it to the driver. */
  private static final String CONFIG = "LRSWEEP_CONFIG";

  private static final String SAME_SUBMIT =
      "spark-submit <the same options> --class org.lrsweep.cli.LrSweep <the same jar>";

  /** As Spark's own default for what it redacts. */
  private static final Pattern SECRET =
      Pattern.compile("secret|password|token|access[.]?key", Pattern.CASE_INSENSITIVE);

  private static final String EXTEND = "--extend";
  private static final Set<String> NAMES_A_RUN = Set.of("--run-id", "--resume");
  private static final Set<String> NAMES_AN_EXPERIMENT = Set.of("--config", "--set");
  private static final String SOURCE = "--from-run";

  private final List<String> arguments;
  private final List<String> experiment;
  private final List<String> output;
  private final Map<String, String> environment;

  private CommandLines(
      List<String> arguments,
      List<String> experiment,
      List<String> output,
      Map<String, String> environment) {
    this.arguments = arguments;
    this.experiment = experiment;
    this.output = output;
    this.environment = environment;
  }

  /**
   * Those that come after a command line.
   *
   * @param arguments of the command that runs now; empty where no command does
   */
  public static CommandLines after(List<String> arguments) {
    return after(arguments, System.getenv());
  }

  /**
   * The same in another environment.
   *
   * @param environment what the scripts of {@code submit/} say in theirs
   */
  public static CommandLines after(List<String> arguments, Map<String, String> environment) {
    List<String> words = withConfig(arguments, environment.get(CONFIG));
    List<String> experiment = experiment(words);
    return new CommandLines(words, experiment, experiment, environment);
  }

  /**
   * Those of an output alone. Which file its experiment was, no table says: where a command needs
   * one, it says FILE.
   */
  public static CommandLines of(String output) {
    return of(output, System.getenv());
  }

  static CommandLines of(String output, Map<String, String> environment) {
    return new CommandLines(
        List.of(),
        List.of("--config", "FILE", "--set", "output=" + output),
        List.of("--output", output),
        environment);
  }

  private static List<String> experiment(List<String> arguments) {
    List<String> words = new ArrayList<>();
    for (int i = 0; i + 1 < arguments.size(); i++) {
      if (NAMES_AN_EXPERIMENT.contains(arguments.get(i))) {
        words.addAll(arguments.subList(i, i + 2));
        i++;
      }
    }
    return words;
  }

  /** Each option with a value is one word and the next. */
  private static List<String> withConfig(List<String> arguments, String config) {
    List<String> words = new ArrayList<>();
    for (String word : arguments) {
      int equals = word.indexOf('=');
      boolean joined =
          equals > 0
              && (NAMES_A_RUN.contains(word.substring(0, equals))
                  || SOURCE.equals(word.substring(0, equals))
                  || EXTEND.equals(word.substring(0, equals))
                  || NAMES_AN_EXPERIMENT.contains(word.substring(0, equals)));
      words.addAll(
          joined ? List.of(word.substring(0, equals), word.substring(equals + 1)) : List.of(word));
    }
    int place = words.lastIndexOf("--config");
    if (config != null && place >= 0 && place + 1 < words.size()) {
      words.set(place + 1, config);
    }
    return List.copyOf(words);
  }

  /** The same command, which goes on with a run; of one that extends a run, itself. */
  public String resume(String runId) {
    if (arguments.contains(EXTEND)) {
      return line(naming(arguments, EXTEND, runId));
    }
    List<String> words = withoutRun();
    words.addAll(List.of("--resume", runId));
    return line(words);
  }

  private List<String> withoutRun() {
    List<String> words = new ArrayList<>();
    for (int i = 0; i < arguments.size(); i++) {
      if (NAMES_A_RUN.contains(arguments.get(i))) {
        i++;
      } else {
        words.add(arguments.get(i));
      }
    }
    return words;
  }

  private static List<String> naming(List<String> words, String option, String runId) {
    List<String> named = new ArrayList<>(words);
    for (int i = 0; i + 1 < named.size(); i++) {
      if (named.get(i).equals(option)) {
        named.set(i + 1, runId);
      }
    }
    return named;
  }

  /**
   * The command line itself, but for the name of its run; empty if no command runs.
   *
   * @param source the run that it takes its range from, in place of {@code last}, which means
   *     another one later
   */
  public Optional<String> again(Optional<String> source) {
    if (arguments.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        line(source.map(run -> naming(withoutRun(), SOURCE, run)).orElseGet(this::withoutRun)));
  }

  @Override
  public String sweep() {
    return line(words("sweep", experiment));
  }

  @Override
  public String sweep(String fromRun) {
    return line(words("sweep", experiment, SOURCE, fromRun));
  }

  @Override
  public String compare(List<String> runIds) {
    return line(words("report", output, "--runs", String.join(",", runIds)));
  }

  private static List<String> words(String command, List<String> middle, String... last) {
    List<String> words = new ArrayList<>(List.of(command));
    words.addAll(middle);
    words.addAll(List.of(last));
    return words;
  }

  private String line(List<String> words) {
    String options = environment.getOrDefault(OPTIONS, "").strip();
    return environment.getOrDefault(PROGRAM, SAME_SUBMIT)
        + " "
        + withoutSecretSettings(words).stream()
            .map(Secrets::masked)
            .map(ShellWords::quoted)
            .collect(Collectors.joining(" "))
        + (options.isEmpty() ? "" : " -- " + withoutSecrets(options));
  }

  /** A command that goes on without telling anyone is better than one that gives a secret away. */
  private static List<String> withoutSecretSettings(List<String> words) {
    List<String> told = new ArrayList<>();
    for (int i = 0; i < words.size(); i++) {
      if (words.get(i).equals("--set")
          && i + 1 < words.size()
          && ConfigLoader.setsSecret(words.get(i + 1))) {
        i++;
      } else {
        told.add(words.get(i));
      }
    }
    return told;
  }

  private static String withoutSecrets(String options) {
    return SECRET.matcher(options).find() ? "<the same options>" : options;
  }
}
