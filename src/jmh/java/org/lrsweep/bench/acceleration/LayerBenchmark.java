package org.lrsweep.bench.acceleration;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.vertex.GraphVertex;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.lrsweep.acceleration.Acceleration;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.memory.conf.WorkspaceConfiguration;
import org.nd4j.linalg.api.memory.enums.LearningPolicy;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Single layers as a graph calls them in training, on a batch of 64: stock next to accelerated.
 * Inputs and gradients lie in memory as each engine's layers hand them on.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(1)
public class LayerBenchmark {

  private static final int BATCH = 64;
  private static final WorkspaceConfiguration MEMORY =
      WorkspaceConfiguration.builder()
          .initialSize(256 << 20)
          .policyLearning(LearningPolicy.NONE)
          .build();

  /** Which layer. */
  @Param public LayerCase layer;

  /** What it runs on: stock or accelerated. */
  @Param({"stock", "accelerated"})
  public String engine;

  /** Threads. */
  @Param("1")
  public int threads;

  private final LayerWorkspaceMgr workspaces =
      LayerWorkspaceMgr.builder().defaultWorkspace("LAYER_BENCHMARK", MEMORY).build();
  private GraphVertex vertex;
  private INDArray[] inputs;
  private INDArray outputGradient;

  /** Builds a graph around the layer, and what goes in and comes back. */
  @Setup
  public void build() {
    Acceleration.useThreads(threads);
    ComputationGraph graph = layer.graph();
    boolean isFast = engine.equals("accelerated");
    if (isFast && !Acceleration.accelerate(graph).accelerated().contains(LayerCase.LAYER)) {
      throw new IllegalStateException(layer + " stays stock");
    }
    vertex = vertex(graph);
    inputs = new INDArray[layer.inputs()];
    for (int i = 0; i < inputs.length; i++) {
      inputs[i] = random(isFast, layer.inputShape(BATCH));
    }
    outputGradient = random(isFast, inWorkspace(() -> activate().shape()));
  }

  /** The vertex that passes use; by its name, a graph still finds the stock one. */
  private static GraphVertex vertex(ComputationGraph graph) {
    return Arrays.stream(graph.getVertices())
        .filter(candidate -> candidate.getVertexName().equals(LayerCase.LAYER))
        .findFirst()
        .orElseThrow();
  }

  /** Accelerated layers hand images on channels last. */
  private static INDArray random(boolean isFast, long... shape) {
    return isFast && shape.length == 4
        ? Nd4j.rand(DataType.FLOAT, shape[0], shape[2], shape[3], shape[1]).permute(0, 3, 1, 2)
        : Nd4j.rand(DataType.FLOAT, shape);
  }

  /** The forward pass in training. */
  @Benchmark
  public long forward() {
    return inWorkspace(() -> activate().length());
  }

  /** The forward pass, then the gradients of parameters and input. */
  @Benchmark
  public Object forwardAndBackward() {
    return inWorkspace(this::learn);
  }

  private Object learn() {
    activate();
    vertex.setEpsilon(outputGradient);
    return vertex.doBackward(false, workspaces).getFirst();
  }

  @SuppressWarnings("try") // the scope is open while the layer works, and named nowhere
  private <T> T inWorkspace(Supplier<T> work) {
    try (MemoryWorkspace scope = workspaces.notifyScopeEntered(ArrayType.ACTIVATIONS)) {
      return work.get();
    }
  }

  private INDArray activate() {
    for (int i = 0; i < inputs.length; i++) {
      vertex.setInput(i, inputs[i], workspaces);
    }
    return vertex.doForward(true, workspaces);
  }
}
