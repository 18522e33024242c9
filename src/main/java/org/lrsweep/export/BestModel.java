package org.lrsweep.export;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.lrsweep.report.TrialRanking;
import org.lrsweep.results.ClassMetricsRow;
import org.lrsweep.results.ResultStore;
import org.lrsweep.results.RunRow;
import org.lrsweep.results.Tables;
import org.lrsweep.results.TrialRow;

/**
 * The best network of a run in a folder that stands alone: {@code model.zip}, {@code model.json}
 * with its classes and the scaling of its input, {@code README.md}, {@code experiment.conf}, and
 * {@code Classify.java} or, of a user's own data, {@code Predict.java}, which need Deeplearning4j
 * alone.
 */
public final class BestModel {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final Set<String> GRAY_IMAGES = Set.of("fashion-mnist", "generated-garments");

  /** The configuration as the run recorded it. */
  public static final String EXPERIMENT = "experiment.conf";

  private final ResultStore store;
  private final RunRow run;
  private final TrialRow trial;
  private final JsonNode configuration;

  private BestModel(ResultStore store, RunRow run, TrialRow trial) throws IOException {
    this.store = store;
    this.run = run;
    this.trial = trial;
    configuration = JSON.readTree(run.configJson());
  }

  /**
   * The network of the best epoch of the run's best trial.
   *
   * @throws NoModelException if no trial of the run left a network
   * @throws IOException if the run's configuration is no JSON
   */
  public static BestModel of(ResultStore store, String runId) throws IOException {
    RunRow run = store.read(Tables.RUNS, runId).get(0);
    TrialRow best =
        TrialRanking.rank(store.read(Tables.TRIALS, runId)).stream()
            .filter(trial -> trial.bestModelPath() != null && trial.rankedValue() != null)
            .findFirst()
            .orElseThrow(() -> new NoModelException(runId));
    return new BestModel(store, run, best);
  }

  /**
   * Writes the folder; replaces files of these names.
   *
   * @param folder a local one, which is created if it isn't there
   * @param again the command that makes the run again, with {@value #EXPERIMENT} of this folder;
   *     empty if no command made it
   * @throws IOException if a file can't be written
   * @throws org.lrsweep.results.ResultsException if the network can't be read
   */
  public void write(Path folder, Optional<String> again) throws IOException {
    Files.createDirectories(folder);
    try (OutputStream zip = Files.newOutputStream(folder.resolve("model.zip"))) {
      String name = trial.bestModelPath().substring(trial.bestModelPath().lastIndexOf('/') + 1);
      store.copyFile(store.modelDirectory(run.runId(), trial.trialId()) + "/" + name, zip);
    }
    Optional<ModelInput> input = input();
    Files.writeString(folder.resolve("model.json"), json(input));
    for (String earlier : List.of("Classify.java", "Predict.java")) {
      Files.deleteIfExists(folder.resolve(earlier));
    }
    if (input.isPresent()) {
      Files.writeString(folder.resolve(input.get().className() + ".java"), input.get().java());
    }
    Files.writeString(folder.resolve(EXPERIMENT), "{\"lrsweep\":" + run.configJson() + "}\n");
    ModelCard card =
        new ModelCard(
            run, trial, configuration, store.read(Tables.FINDER_SUGGESTIONS, run.runId()));
    Files.writeString(folder.resolve("README.md"), card.text(classMetrics(), input, again));
  }

  /** The trial whose network it is. */
  public String trialId() {
    return trial.trialId();
  }

  private List<ClassMetricsRow> classMetrics() {
    return store.read(Tables.CLASS_METRICS, run.runId()).stream()
        .filter(row -> row.trialId().equals(trial.trialId()))
        .sorted(Comparator.comparing(ClassMetricsRow::classId))
        .toList();
  }

  private List<String> classes() {
    return classMetrics().stream().map(ClassMetricsRow::className).toList();
  }

  /** Empty of a named set that is scaled in another way than all named sets are. */
  private Optional<ModelInput> input() throws IOException {
    if (isOwnData()) {
      String path = store.modelDirectory(run.runId(), trial.trialId()) + "/input.json";
      ByteArrayOutputStream json = new ByteArrayOutputStream();
      store.copyFile(path, json);
      return Optional.of(ModelInput.ofOwnData(JSON.readTree(json.toByteArray())));
    }
    boolean unit = configuration.at("/data/scaling").asText("unit").equals("unit");
    return GRAY_IMAGES.contains(run.dataset()) && unit
        ? Optional.of(
            ModelInput.ofGrayImages(classes(), configuration.at("/data/image-size").asInt()))
        : Optional.empty();
  }

  private boolean isOwnData() {
    return configuration.at("/data").hasNonNull("train");
  }

  private String json(Optional<ModelInput> input) throws IOException {
    ObjectNode model = JSON.createObjectNode();
    if (input.isPresent()) {
      input.get().names().forEach(model.putArray(input.get().outputs())::add);
      model.set("input", input.get().input());
    } else {
      classes().forEach(model.putArray("classes")::add);
      model.putObject("input").set("data", configuration.get("data"));
    }
    model.put("run_id", run.runId());
    model.put("trial_id", trial.trialId());
    model.put("epoch", trial.bestEpoch());
    return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(model) + "\n";
  }
}
