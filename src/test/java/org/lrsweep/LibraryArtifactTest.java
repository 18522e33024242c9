package org.lrsweep;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.lrsweep.testing.OwnClasses;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;

/** What who depends on {@code org.lrsweep:lrsweep} gets: Deeplearning4j, and no application. */
class LibraryArtifactTest {
  /** The dependencies of the POM that a user of the library gets. */
  private static Set<String> handedOn() throws Exception {
    Set<String> found = new TreeSet<>();
    Element project =
        DocumentBuilderFactory.newDefaultInstance()
            .newDocumentBuilder()
            .parse(Path.of("pom.xml").toFile())
            .getDocumentElement();
    NodeList all = child(project, "dependencies").getElementsByTagName("dependency");
    for (int i = 0; i < all.getLength(); i++) {
      Element dependency = (Element) all.item(i);
      // What only some platforms have is named by a property, whose default is compile.
      String scope = text(dependency, "scope", "compile").replace("${onednn.scope}", "compile");
      boolean optional = text(dependency, "optional", "false").equals("true");
      if (!optional && (scope.equals("compile") || scope.equals("runtime"))) {
        found.add(text(dependency, "groupId", "") + ":" + text(dependency, "artifactId", ""));
      }
    }
    return found;
  }

  private static Element child(Element parent, String name) {
    for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
      if (node.getNodeName().equals(name)) {
        return (Element) node;
      }
    }
    return null;
  }

  private static String text(Element parent, String name, String otherwise) {
    Element child = child(parent, name);
    return child == null ? otherwise : child.getTextContent().strip();
  }

  @Test
  void thePomHandsOnDeeplearning4jAndItsNativesAlone() throws Exception {
    assertThat(handedOn())
        .containsExactly(
            "com.google.code.gson:gson",
            "commons-net:commons-net",
            "org.bytedeco:dnnl",
            "org.bytedeco:javacpp",
            "org.bytedeco:openblas",
            "org.bytedeco:opencl",
            "org.deeplearning4j:deeplearning4j-nn",
            "org.nd4j:nd4j-native");
  }

  @Test
  void whatIsNotHandedOnOnlyTheApplicationNeeds() {
    noClasses()
        .that()
        .resideOutsideOfPackages(
            "org.lrsweep.bench..",
            "org.lrsweep.cli..",
            "org.lrsweep.config..",
            "org.lrsweep.experiment..",
            "org.lrsweep.network.load..",
            "org.lrsweep.report..",
            "org.lrsweep.training.dl4j..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "picocli..", "com.typesafe..", "org.knowm..", "io.jhdf..", "org.deeplearning4j.spark..")
        .check(OwnClasses.MAIN);
  }
}
