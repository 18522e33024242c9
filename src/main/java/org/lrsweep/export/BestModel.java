package org.lrsweep.export;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.lrsweep.report.TrialRanking;
import org.lrsweep.results.ClassMetricsRow;
import org.lrsweep.results.ResultStore;
import org.lrsweep.results.RunRow;
import org.lrsweep.results.Tables;
import org.lrsweep.results.TrialRow;

/**
 * The best network of a run in a folder that stands alone: {@code model.zip}, {@code model.json}
 * with its classes and the scaling of its input, {@code README.md}, {@code experiment.conf}, and of
 * gray images {@code Classify.java}, which needs Deeplearning4j alone.
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
   * @throws NoModelException if no trial of the run left a network, or its data is the user's own
   * @throws IOException if the run's configuration is no JSON
   */
  public static BestModel of(ResultStore store, String runId) throws IOException {
    RunRow run = store.read(Tables.RUNS, runId).get(0);
    TrialRow best =
        TrialRanking.rank(store.read(Tables.TRIALS, runId)).stream()
            .filter(trial -> trial.bestModelPath() != null && trial.rankedValue() != null)
            .findFirst()
            .orElseThrow(() -> new NoModelException(runId));
    BestModel model = new BestModel(store, run, best);
    if (model.configuration.at("/data").hasNonNull("train")) {
      throw NoModelException.ofOwnData(runId);
    }
    return model;
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
    Optional<String> java = isOfGrayImages() ? Optional.of(java()) : Optional.empty();
    Files.writeString(folder.resolve("model.json"), json());
    Path classify = folder.resolve("Classify.java");
    if (java.isPresent()) {
      Files.writeString(classify, java.get());
    } else {
      Files.deleteIfExists(classify); // of an earlier export
    }
    Files.writeString(folder.resolve(EXPERIMENT), "{\"lrsweep\":" + run.configJson() + "}\n");
    ModelCard card =
        new ModelCard(
            run, trial, configuration, store.read(Tables.FINDER_SUGGESTIONS, run.runId()));
    Files.writeString(folder.resolve("README.md"), card.text(classMetrics(), java, again));
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

  /** Data of a user's own may be of any shape, scaled in another way. */
  private boolean isOfGrayImages() {
    return GRAY_IMAGES.contains(run.dataset())
        && configuration.at("/data/scaling").asText("unit").equals("unit");
  }

  private int imageSize() {
    return configuration.at("/data/image-size").asInt();
  }

  private String json() throws IOException {
    ObjectNode model = JSON.createObjectNode();
    classes().forEach(model.putArray("classes")::add);
    ObjectNode input = model.putObject("input");
    if (isOfGrayImages()) {
      input.putArray("shape").add("batch").add(1).add(imageSize()).add(imageSize());
      input.put("resize", "bilinear, half-pixel centres, as OpenCV's INTER_LINEAR");
      input.put("divide_by", 255);
    } else {
      input.set("data", configuration.get("data"));
    }
    model.put("run_id", run.runId());
    model.put("trial_id", trial.trialId());
    model.put("epoch", trial.bestEpoch());
    return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(model) + "\n";
  }

  private String java() throws IOException {
    try (InputStream in = BestModel.class.getResourceAsStream("Classify.java.txt")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .replace("@SIZE@", String.valueOf(imageSize()))
          .replace(
              "@CLASSES@",
              classes().stream().map(BestModel::literal).collect(Collectors.joining(", ")));
    }
  }

  /** A Java string; a class may have any name. */
  private static String literal(String text) {
    StringBuilder literal = new StringBuilder("\"");
    text.chars()
        .forEach(
            c -> {
              if (c == '"' || c == '\\' || c < ' ' || c > '~') {
                literal.append("\\u").append(HexFormat.of().toHexDigits((char) c));
              } else {
                literal.append((char) c);
              }
            });
    return literal.append('"').toString();
  }
}
