package org.lrsweep.training.spark;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import java.io.Serializable;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.Function;
import org.lrsweep.acceleration.onednn.CpuKind;

/**
 * What CPU an executor says it has.
 *
 * @param place its host and process, for messages
 * @param kind of its CPU
 */
@DefaultSerializer(JavaSerializer.class)
public record ExecutorCpu(String place, CpuKind kind) implements Serializable {

  /**
   * Asks the executors that are there by now, with a task for each slot. In local mode the driver
   * is the only one. Those that come later are asked by their tasks, which fail where the CPU can't
   * do what the run needs.
   *
   * @return each executor once, by name
   */
  public static List<ExecutorCpu> all(JavaSparkContext spark) {
    int slots = Slots.of(spark);
    return JobTitle.during(
        spark,
        "probe: what the CPUs can compute",
        () ->
            spark
                .parallelize(IntStream.range(0, slots).boxed().toList(), slots)
                .map(new Ask())
                .collect()
                .stream()
                .distinct()
                .sorted(Comparator.comparing(ExecutorCpu::place))
                .toList());
  }

  private record Ask() implements Function<Integer, ExecutorCpu> {
    @Override
    public ExecutorCpu call(Integer task) {
      return new ExecutorCpu(
          "the executor on " + host() + " (process " + ProcessHandle.current().pid() + ")",
          CpuKind.ofThisProcess());
    }

    /** A host's own name may have no address. */
    private static String host() {
      try {
        return InetAddress.getLocalHost().getHostName();
      } catch (UnknownHostException e) {
        return "a host without an address";
      }
    }
  }
}
