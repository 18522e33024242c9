package org.lrsweep;

import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.Architectures.LayeredArchitecture;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Keeps the rooms of docs/architecture.md: who may know whom. */
class RoomsTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("org.lrsweep");

  /** Each room, and the rooms that may know it. */
  private static final Map<String, List<String>> KNOWN_BY =
      Map.ofEntries(
          Map.entry("cli", List.of()),
          Map.entry("report", List.of("cli")),
          Map.entry("sweep", List.of("cli", "sweep.bench")),
          Map.entry("sweep.bench", List.of("cli")),
          Map.entry("finder", List.of("cli")),
          Map.entry(
              "training",
              List.of("cli", "sweep", "sweep.bench", "finder", "training.bench", "training.dl4j")),
          Map.entry("training.dl4j", List.of()),
          Map.entry("training.exchange", List.of("training")),
          Map.entry("training.bench", List.of("cli", "sweep.bench")),
          Map.entry("checkpoint", List.of("cli", "sweep", "finder")),
          Map.entry("storage", List.of("cli", "results", "checkpoint")),
          Map.entry("results", List.of("cli", "report", "sweep", "sweep.bench", "finder")),
          Map.entry("data", List.of("cli", "training")),
          Map.entry("model", List.of("cli", "training", "training.bench", "acceleration.bench")),
          Map.entry(
              "schedule",
              List.of("cli", "sweep", "sweep.bench", "finder", "training", "training.dl4j")),
          Map.entry("acceleration", List.of("cli", "training", "acceleration.bench")),
          Map.entry("acceleration.bench", List.of("cli")),
          Map.entry("cluster", List.of("cli")),
          Map.entry("config", List.of("cli")));

  @Test
  void arrowsGoDownwards() {
    LayeredArchitecture rooms = layeredArchitecture().consideringOnlyDependenciesInLayers();
    for (String room : KNOWN_BY.keySet()) {
      boolean divided = KNOWN_BY.keySet().stream().anyMatch(r -> r.startsWith(room + "."));
      rooms = rooms.layer(room).definedBy("org.lrsweep." + room + (divided ? "" : ".."));
    }
    for (Map.Entry<String, List<String>> room : KNOWN_BY.entrySet()) {
      String[] knowing = room.getValue().toArray(String[]::new);
      rooms =
          knowing.length == 0
              ? rooms.whereLayer(room.getKey()).mayNotBeAccessedByAnyLayer()
              : rooms.whereLayer(room.getKey()).mayOnlyBeAccessedByLayers(knowing);
    }
    rooms.check(CLASSES);
  }

  @Test
  void everyPackageIsInARoom() {
    assertThat(CLASSES)
        .extracting(type -> type.getPackageName() + ".")
        .allMatch(
            name -> KNOWN_BY.keySet().stream().anyMatch(r -> name.startsWith("org.lrsweep." + r)));
  }

  @Test
  void theCoreIsPlainJava() {
    noClasses()
        .that()
        .resideInAnyPackage(
            "org.lrsweep.schedule", "org.lrsweep.config", "org.lrsweep.report", "org.lrsweep.data")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "org.apache.spark..", "org.deeplearning4j..", "org.nd4j..", "org.bytedeco..")
        .check(CLASSES);
  }

  @Test
  void theFindersRulesArePlainJava() {
    noClasses()
        .that()
        .resideInAPackage("org.lrsweep.finder")
        .and()
        .haveSimpleNameNotStartingWith("LearningRateFinder")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.apache.spark..", "org.deeplearning4j..", "org.nd4j..")
        .check(CLASSES);
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
        .check(CLASSES);
  }

  @Test
  void onlyTheCliPrintsAndExits() {
    noClasses()
        .that()
        .resideOutsideOfPackage("org.lrsweep.cli..")
        .should()
        .accessField(System.class, "out")
        .orShould()
        .accessField(System.class, "err")
        .orShould()
        .callMethod(System.class, "exit", int.class)
        .check(CLASSES);
  }
}
