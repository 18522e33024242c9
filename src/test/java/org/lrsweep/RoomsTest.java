package org.lrsweep;

import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.library.Architectures.LayeredArchitecture;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.lrsweep.testing.OwnClasses;
import org.lrsweep.testing.UnpublishedSpark;

/** Keeps the rooms of docs/architecture.md: who may know whom. */
class RoomsTest {
  /** Each room, and the rooms that may know it. */
  static final Map<String, List<String>> KNOWN_BY =
      Map.ofEntries(
          Map.entry("cli", List.of()),
          Map.entry("cli.options", List.of("cli", "cli.runs")),
          Map.entry("cli.runs", List.of("cli")),
          Map.entry("cli.schedule", List.of("cli")),
          Map.entry("bench", List.of("cli")),
          Map.entry("bench.acceleration", List.of("bench")),
          Map.entry("bench.training", List.of("bench", "bench.sweep")),
          Map.entry("bench.sweep", List.of("bench")),
          Map.entry("experiment", List.of("cli")),
          Map.entry(
              "experiment.command",
              List.of("cli", "cli.options", "cli.runs", "experiment", "experiment.run")),
          Map.entry(
              "experiment.data",
              List.of(
                  "experiment",
                  "experiment.phases",
                  "experiment.plan",
                  "experiment.range",
                  "experiment.run")),
          Map.entry("experiment.phases", List.of("experiment")),
          Map.entry(
              "experiment.plan",
              List.of(
                  "cli",
                  "cli.options",
                  "experiment",
                  "experiment.phases",
                  "experiment.range",
                  "experiment.run")),
          Map.entry(
              "experiment.range",
              List.of("cli", "experiment", "experiment.phases", "experiment.run")),
          Map.entry(
              "experiment.request",
              List.of(
                  "cli",
                  "cli.options",
                  "cli.runs",
                  "cli.schedule",
                  "bench",
                  "experiment",
                  "experiment.command",
                  "experiment.plan",
                  "experiment.range",
                  "experiment.run")),
          Map.entry("experiment.run", List.of("experiment", "experiment.phases")),
          Map.entry("export", List.of("cli", "cli.runs")),
          Map.entry("export.mlflow", List.of("cli.runs", "experiment.phases")),
          Map.entry("ingest.preview", List.of("cli", "experiment", "experiment.run")),
          Map.entry(
              "report",
              List.of(
                  "cli",
                  "cli.runs",
                  "cli.schedule",
                  "experiment",
                  "experiment.command",
                  "experiment.phases",
                  "export")),
          Map.entry(
              "terminal",
              List.of(
                  "cli",
                  "cli.options",
                  "ingest.preview",
                  "experiment",
                  "experiment.phases",
                  "experiment.plan",
                  "experiment.run",
                  "report")),
          Map.entry(
              "sweep",
              List.of(
                  "cli",
                  "bench.sweep",
                  "experiment",
                  "experiment.phases",
                  "experiment.plan",
                  "experiment.range",
                  "experiment.run",
                  "sweep.confirm")),
          Map.entry(
              "sweep.confirm",
              List.of(
                  "experiment.phases", "experiment.plan", "experiment.range", "experiment.run")),
          Map.entry("finder", List.of("experiment.phases", "experiment.plan")),
          Map.entry(
              "curve",
              List.of(
                  "cli",
                  "experiment.phases",
                  "experiment.plan",
                  "experiment.range",
                  "sweep",
                  "sweep.confirm",
                  "finder")),
          Map.entry(
              "checkpoint",
              List.of(
                  "cli.runs",
                  "bench.sweep",
                  "experiment.phases",
                  "experiment.run",
                  "sweep",
                  "finder")),
          Map.entry("ingest", List.of("experiment.data", "experiment.run")),
          Map.entry("ingest.read", List.of("experiment.data", "experiment.run", "ingest")),
          Map.entry(
              "storage",
              List.of(
                  "cli",
                  "cli.runs",
                  "bench.sweep",
                  "experiment.run",
                  "checkpoint",
                  "ingest",
                  "ingest.read",
                  "results",
                  "network.load",
                  "data.idx")),
          Map.entry(
              "results",
              List.of(
                  "cli",
                  "cli.runs",
                  "cli.schedule",
                  "bench.sweep",
                  "experiment",
                  "experiment.command",
                  "experiment.phases",
                  "experiment.range",
                  "experiment.request",
                  "experiment.run",
                  "export",
                  "export.mlflow",
                  "report",
                  "sweep",
                  "finder",
                  "sweep.confirm")),
          Map.entry(
              "training",
              List.of(
                  "bench.training",
                  "bench.sweep",
                  "experiment.phases",
                  "sweep",
                  "finder",
                  "ingest",
                  "training.dl4j",
                  "training.examples",
                  "training.spark",
                  "training.state",
                  "training.worker")),
          Map.entry(
              "training.evaluation",
              List.of("experiment.plan", "sweep", "training.spark", "training.worker")),
          Map.entry(
              "training.examples",
              List.of(
                  "bench.training",
                  "bench.sweep",
                  "experiment.data",
                  "experiment.run",
                  "sweep",
                  "finder",
                  "ingest",
                  "training.dl4j",
                  "training.spark",
                  "training.worker")),
          Map.entry("training.dl4j", List.of()),
          Map.entry(
              "training.spark",
              List.of(
                  "bench.training",
                  "experiment.data",
                  "experiment.phases",
                  "experiment.run",
                  "sweep",
                  "finder",
                  "training.dl4j")),
          Map.entry("training.state", List.of("training.spark")),
          Map.entry(
              "training.worker", List.of("sweep", "finder", "training.spark", "training.state")),
          Map.entry(
              "network",
              List.of(
                  "bench",
                  "bench.training",
                  "bench.sweep",
                  "experiment.phases",
                  "experiment.plan",
                  "experiment.run",
                  "sweep",
                  "finder",
                  "training",
                  "training.dl4j",
                  "training.evaluation",
                  "training.examples",
                  "training.spark",
                  "training.state",
                  "training.worker",
                  "network.load")),
          Map.entry("network.load", List.of("experiment.phases", "experiment.plan")),
          Map.entry(
              "network.zoo",
              List.of(
                  "bench", "bench.acceleration", "bench.training", "experiment.plan", "network")),
          Map.entry(
              "data",
              List.of(
                  "cli",
                  "bench",
                  "experiment.data",
                  "experiment.plan",
                  "experiment.run",
                  "ingest",
                  "ingest.read",
                  "training",
                  "training.examples",
                  "training.spark",
                  "data.garments",
                  "data.idx",
                  "data.load")),
          Map.entry("data.garments", List.of("cli", "data.load")),
          Map.entry(
              "data.idx",
              List.of("cli", "experiment.plan", "experiment.run", "data.garments", "data.load")),
          Map.entry(
              "data.load", List.of("cli", "experiment.data", "experiment.plan", "experiment.run")),
          Map.entry(
              "schedule",
              List.of(
                  "cli.schedule",
                  "bench.sweep",
                  "experiment",
                  "experiment.plan",
                  "experiment.range",
                  "experiment.run",
                  "sweep",
                  "finder",
                  "sweep.confirm",
                  "curve",
                  "training",
                  "training.dl4j",
                  "schedule.dl4j")),
          Map.entry("schedule.dl4j", List.of()),
          Map.entry(
              "acceleration",
              List.of("training.worker", "bench.acceleration", "acceleration.rewrite")),
          Map.entry("acceleration.rewrite", List.of("acceleration")),
          Map.entry("acceleration.layers", List.of("acceleration", "acceleration.rewrite")),
          Map.entry(
              "acceleration.nd4j",
              List.of("acceleration", "acceleration.rewrite", "acceleration.layers")),
          Map.entry(
              "acceleration.onednn",
              List.of(
                  "acceleration",
                  "acceleration.rewrite",
                  "acceleration.layers",
                  "acceleration.nd4j",
                  "bench",
                  "bench.acceleration",
                  "experiment.plan",
                  "experiment.range",
                  "experiment.run",
                  "network",
                  "training.dl4j",
                  "training.spark",
                  "training.worker")),
          Map.entry(
              "cluster",
              List.of(
                  "cli",
                  "cli.runs",
                  "bench",
                  "experiment",
                  "experiment.command",
                  "experiment.phases",
                  "experiment.plan",
                  "experiment.run")),
          Map.entry(
              "config",
              List.of(
                  "cli",
                  "cli.options",
                  "experiment",
                  "experiment.command",
                  "experiment.data",
                  "experiment.phases",
                  "experiment.plan",
                  "experiment.range",
                  "experiment.run")));

  @Test
  void arrowsGoDownwards() {
    LayeredArchitecture rooms = layeredArchitecture().consideringOnlyDependenciesInLayers();
    for (String room : KNOWN_BY.keySet()) {
      rooms = rooms.layer(room).definedBy("org.lrsweep." + room + (isDivided(room) ? "" : ".."));
    }
    for (Map.Entry<String, List<String>> room : KNOWN_BY.entrySet()) {
      String[] knowing = room.getValue().toArray(String[]::new);
      rooms =
          knowing.length == 0
              ? rooms.whereLayer(room.getKey()).mayNotBeAccessedByAnyLayer()
              : rooms.whereLayer(room.getKey()).mayOnlyBeAccessedByLayers(knowing);
    }
    rooms.check(OwnClasses.MAIN);
  }

  @Test
  void everyPackageIsInARoom() {
    assertThat(OwnClasses.MAIN)
        .extracting(JavaClass::getPackageName)
        .allMatch(name -> KNOWN_BY.keySet().stream().anyMatch(room -> holds(room, name)));
  }

  /** What lies below a divided room has to be a room too, or no rule would speak of it. */
  private static boolean holds(String room, String name) {
    return isDivided(room)
        ? name.equals("org.lrsweep." + room)
        : (name + ".").startsWith("org.lrsweep." + room + ".");
  }

  private static boolean isDivided(String room) {
    return KNOWN_BY.keySet().stream().anyMatch(other -> other.startsWith(room + "."));
  }

  @Test
  void trainingsApiKnowsNoSpark() {
    noClasses()
        .that()
        .resideInAnyPackage(
            "org.lrsweep.training",
            "org.lrsweep.training.evaluation",
            "org.lrsweep.training.examples",
            "org.lrsweep.training.worker")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.apache.spark..")
        .check(OwnClasses.MAIN);
  }

  /** Another version of Spark, or a vendor's, may have it otherwise. */
  @Test
  void onlyStatesOnTheirWayUseWhatSparkDoesNotPublish() {
    noClasses()
        .that()
        .resideOutsideOfPackage("org.lrsweep.training.state")
        .should()
        .dependOnClassesThat(UnpublishedSpark.types())
        .orShould()
        .accessTargetWhere(UnpublishedSpark.members())
        .check(OwnClasses.MAIN);
  }

  @Test
  void theCoreIsPlainJava() {
    noClasses()
        .that()
        .resideInAnyPackage(
            "org.lrsweep.schedule",
            "org.lrsweep.curve..",
            "org.lrsweep.config..",
            "org.lrsweep.report..",
            "org.lrsweep.terminal..",
            "org.lrsweep.data..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "org.apache.spark..", "org.deeplearning4j..", "org.nd4j..", "org.bytedeco..")
        .check(OwnClasses.MAIN);
  }

  /**
   * Deeplearning4j's readers of zips and of normalizers make whatever objects a file names, and
   * Java's streams do too. Spark's own messages are between processes of one job.
   */
  @Test
  void nothingIsReadByJavaDeserialisation() {
    noClasses()
        .should()
        .callMethodWhere(
            target(owner(assignableTo("org.deeplearning4j.util.ModelSerializer")))
                .and(target(nameMatching("restore.*|add.*|taskByModel"))))
        .orShould()
        .dependOnClassesThat()
        .haveNameMatching(
            "java\\.io\\.ObjectInput.*|.*NormalizerSerializer|org\\.nd4j\\.common\\.util\\..*"
                + "|.*\\.SerializationUtils|.*\\.ArchiveUtils")
        .check(OwnClasses.MAIN);
  }

  @Test
  void onlyCommandsAndTheTerminalPrintAndExit() {
    noClasses()
        .that()
        .resideOutsideOfPackages("org.lrsweep.cli..", "org.lrsweep.terminal..")
        .should()
        .accessField(System.class, "out")
        .orShould()
        .accessField(System.class, "err")
        .orShould()
        .callMethod(System.class, "exit", int.class)
        .check(OwnClasses.MAIN);
  }
}
