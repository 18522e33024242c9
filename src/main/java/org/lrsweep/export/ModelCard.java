package org.lrsweep.export;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.lrsweep.report.MetricText;
import org.lrsweep.results.ClassMetricsRow;
import org.lrsweep.results.FinderSuggestionRow;
import org.lrsweep.results.Metric;
import org.lrsweep.results.RunRow;
import org.lrsweep.results.TrialRow;

/** What a network is, what it was trained on and how, how good it is, and how to use it. */
final class ModelCard {
  private final RunRow run;
  private final TrialRow trial;
  private final JsonNode configuration;
  private final List<FinderSuggestionRow> suggestions;
  private final StringBuilder text = new StringBuilder();

  ModelCard(
      RunRow run, TrialRow trial, JsonNode configuration, List<FinderSuggestionRow> suggestions) {
    this.run = run;
    this.trial = trial;
    this.configuration = configuration;
    this.suggestions = List.copyOf(suggestions);
  }

  /**
   * The card in Markdown.
   *
   * @param classes of the trial's last epoch
   * @param input what it is given, with a class that uses it; empty if that is not known
   * @param again the command that makes the run again; empty if no command made it
   */
  String text(List<ClassMetricsRow> classes, Optional<ModelInput> input, Optional<String> again) {
    line("# %s for %s", plain(network()), plain(run.dataset()));
    line(
        "The network after epoch %s of trial `%s` of run `%s`, trained by LRSweep %s. A"
            + " Deeplearning4j zip, `model.zip`, that loads without LRSweep; `model.json` has its"
            + " classes and the scaling of its input.",
        trial.bestEpoch(), trial.trialId(), run.runId(), run.appVersion());
    if (run.note() != null) {
      line("> %s", plain(run.note()));
    }
    line("## Data");
    line(
        "%s: %s training and %s test examples, SHA-256 `%s`.",
        plain(run.dataset()), run.trainExamples(), run.testExamples(), run.datasetSha256());
    json("/data");
    line("## Training");
    line(
        "Learning rate: %s, %s, batches of %s, seed %s. Range: %s. Precision: %s.",
        plain(trial.policy()),
        rates(),
        trial.batchSize(),
        trial.seed(),
        range(),
        run.precision() == null ? "float" : plain(run.precision()));
    json("/optimizer");
    line("## How good it is");
    result(classes);
    line("## Use");
    use(input);
    line("## Again");
    line(
        "%s",
        again.isPresent()
            ? "This command makes the run again. It gives the same bits with the same version,"
                + " data, native threads and kind of CPU."
            : "The run was made from Java; `"
                + BestModel.EXPERIMENT
                + "` is its whole configuration.");
    again.ifPresent(command -> block("sh", command));
    return text.toString();
  }

  /** Without the folder, of one from a file. */
  private String network() {
    String name = configuration.at("/model/network").asText();
    return name.substring(name.lastIndexOf('/') + 1);
  }

  private void use(Optional<ModelInput> input) {
    if (input.isEmpty()) {
      line(
          "`ModelSerializer.restoreComputationGraph(new File(\"model.zip\"))` of Deeplearning4j"
              + " loads it. Its input is examples in the form that the section `data` above asks"
              + " for; its output has a number for each class of `model.json`, in their order.");
      return;
    }
    line(
        "This is `%s.java`; it needs `deeplearning4j-core` and `nd4j-native-platform`"
            + " 1.0.0-M2.1.%s",
        input.get().className(),
        input.get().input().has("resize")
            ? " Images are resized bilinearly before, with half-pixel centres."
            : "");
    block("java", input.get().java().strip());
  }

  /** Policies without a lower bound have the upper one in its place. */
  private String rates() {
    if (trial.baseLr() == trial.maxLr()) {
      return "at most " + trial.maxLr();
    }
    return "from "
        + trial.baseLr()
        + " to "
        + trial.maxLr()
        + ", half a cycle of "
        + trial.stepSizeSteps()
        + " steps ("
        + trial.stepSizeEpochs()
        + " epochs)";
  }

  private String range() {
    if (trial.rangeMethod() == null) {
      return "given in the configuration";
    }
    return suggestions.stream()
        .filter(answer -> Objects.equals(answer.method(), trial.rangeMethod()))
        .map(answer -> "by the method `" + answer.method() + "`: " + plain(answer.reason()))
        .findFirst()
        .map(ModelCard::withoutStop)
        .orElse("by the method `" + trial.rangeMethod() + "`");
  }

  private static String withoutStop(String sentence) {
    return sentence.endsWith(".") ? sentence.substring(0, sentence.length() - 1) : sentence;
  }

  private void result(List<ClassMetricsRow> classes) {
    // A key of newer versions: what trials are chosen by.
    JsonNode validation = configuration.at("/data/validation");
    String chosenBy =
        validation.isContainerNode() ? validation.toString() : validation.asText("test");
    boolean byTest = chosenBy.equals("test");
    Metric metric = trial.rankedBy();
    line(
        "%s on the %s: %s. The epoch was chosen by this number, which is therefore a little better"
            + " than what to expect of new examples.",
        heading(metric),
        byTest
            ? run.testExamples() + " test examples"
            : "validation examples (`data.validation` is " + plain(chosenBy) + ")",
        MetricText.of(metric, trial.rankedValue()));
    if (trial.testMetric() != null) {
      line(
          "%s on the %s test examples, which chose nothing: %s; loss %s.",
          heading(metric),
          run.testExamples(),
          MetricText.of(metric, trial.testMetric()),
          String.format(Locale.ROOT, "%.4f", trial.testLoss()));
    }
    // Those of other epochs are not measured.
    if (byTest && trial.bestEpoch() == trial.epochs() && !classes.isEmpty()) {
      text.append("| class | precision | recall | F1 | examples |\n|---|---|---|---|---|\n");
      for (ClassMetricsRow row : classes) {
        text.append(
            String.format(
                Locale.ROOT,
                "| %s | %s | %s | %s | %s |%n",
                plain(row.className()).replace("|", "\\|"),
                percent(row.precision()),
                percent(row.recall()),
                percent(row.f1()),
                row.support()));
      }
      text.append('\n');
    }
  }

  private static String heading(Metric metric) {
    String title = metric.title();
    return title.substring(0, 1).toUpperCase(Locale.ROOT) + title.substring(1);
  }

  private static String percent(double fraction) {
    return String.format(Locale.ROOT, "%.2f %%", 100 * fraction);
  }

  private void json(String section) {
    try {
      block(
          "json",
          new ObjectMapper()
              .writerWithDefaultPrettyPrinter()
              .writeValueAsString(configuration.at(section)));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("what was read as JSON can be written as JSON", e);
    }
  }

  private void block(String language, String content) {
    text.append("```").append(language).append('\n').append(content).append("\n```\n\n");
  }

  private void line(String format, Object... values) {
    text.append(String.format(Locale.ROOT, format, values)).append("\n\n");
  }

  /** A text on one line that Markdown and HTML leave as it is. */
  private static String plain(String value) {
    return value
        .replaceAll("\\p{Cntrl}+", " ")
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replaceAll("([\\\\`*_\\[\\]])", "\\\\$1");
  }
}
