package org.lrsweep.experiment;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.lrsweep.config.Secrets;

/** The command that goes on with a run, made of the one that started it. */
final class ResumeCommand {
  /** How this program was called; a script that calls it says its own name. */
  private static final String PROGRAM = "LRSWEEP_COMMAND";

  /** What that script was given for spark-submit. */
  private static final String OPTIONS = "LRSWEEP_OPTIONS";

  /** As Spark's own default for what it redacts. */
  private static final Pattern SECRET =
      Pattern.compile("secret|password|token|access[.]?key", Pattern.CASE_INSENSITIVE);

  private static final Set<String> REPLACED = Set.of("--run-id", "--resume");

  private ResumeCommand() {}

  /**
   * @param arguments of the command that runs now
   * @param runId the run to go on with
   */
  static String of(List<String> arguments, String runId) {
    return of(arguments, runId, System.getenv());
  }

  static String of(List<String> arguments, String runId, Map<String, String> environment) {
    List<String> words = new ArrayList<>();
    for (int i = 0; i < arguments.size(); i++) {
      String word = arguments.get(i);
      if (REPLACED.contains(word)) {
        i++;
      } else if (REPLACED.stream().noneMatch(option -> word.startsWith(option + "="))) {
        words.add(word);
      }
    }
    words.addAll(List.of("--resume", runId));
    String options = environment.getOrDefault(OPTIONS, "").strip();
    return environment.getOrDefault(PROGRAM, "lrsweep")
        + " "
        + words.stream()
            .map(Secrets::masked)
            .map(ResumeCommand::quoted)
            .collect(Collectors.joining(" "))
        + (options.isEmpty() ? "" : " -- " + withoutSecrets(options));
  }

  private static String withoutSecrets(String options) {
    return SECRET.matcher(options).find() ? "<the same options>" : options;
  }

  private static String quoted(String word) {
    return word.matches("[A-Za-z0-9_@%+=:,./-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
