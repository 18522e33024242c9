package org.lrsweep;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** Keeps the rooms of docs/architecture.md: who may know whom. */
class RoomsTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("org.lrsweep");

  @Test
  void arrowsGoDownwards() {
    layeredArchitecture()
        .consideringOnlyDependenciesInLayers()
        .layer("cli")
        .definedBy("org.lrsweep.cli..")
        .layer("report")
        .definedBy("org.lrsweep.report..")
        .layer("sweep")
        .definedBy("org.lrsweep.sweep..")
        .layer("finder")
        .definedBy("org.lrsweep.finder..")
        .layer("training")
        .definedBy("org.lrsweep.training..")
        .layer("results")
        .definedBy("org.lrsweep.results..")
        .layer("data")
        .definedBy("org.lrsweep.data..")
        .layer("model")
        .definedBy("org.lrsweep.model..")
        .layer("schedule")
        .definedBy("org.lrsweep.schedule..")
        .layer("acceleration")
        .definedBy("org.lrsweep.acceleration..")
        .layer("config")
        .definedBy("org.lrsweep.config..")
        .whereLayer("cli")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("report")
        .mayOnlyBeAccessedByLayers("cli")
        .whereLayer("sweep")
        .mayOnlyBeAccessedByLayers("cli")
        .whereLayer("finder")
        .mayOnlyBeAccessedByLayers("cli")
        .whereLayer("training")
        .mayOnlyBeAccessedByLayers("cli", "sweep", "finder")
        .whereLayer("results")
        .mayOnlyBeAccessedByLayers("cli", "report", "sweep", "finder")
        .whereLayer("data")
        .mayOnlyBeAccessedByLayers("cli", "training")
        .whereLayer("model")
        .mayOnlyBeAccessedByLayers("cli", "training")
        .whereLayer("schedule")
        .mayOnlyBeAccessedByLayers("cli", "sweep", "finder", "training")
        .whereLayer("acceleration")
        .mayOnlyBeAccessedByLayers("cli", "training")
        .whereLayer("config")
        .mayOnlyBeAccessedByLayers("cli")
        .check(CLASSES);
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
