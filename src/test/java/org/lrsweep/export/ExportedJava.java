package org.lrsweep.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Path;
import java.util.stream.Collectors;
import javax.tools.ToolProvider;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.lrsweep.testing.Jars;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Compiles the Java of an export with Deeplearning4j and ND4J alone. */
final class ExportedJava {
  private ExportedJava() {}

  /** Asserts that javac takes a source, whose classes it writes beside it. */
  static void compile(Path source) {
    String classPath =
        Jars.of(ComputationGraph.class, INDArray.class).stream()
            .map(Path::toString)
            .collect(Collectors.joining(File.pathSeparator));
    int compiled =
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, "-proc:none", "-cp", classPath, source.toString());
    assertThat(compiled).as("exit code of javac").isZero();
  }
}
