package org.lrsweep.cluster;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/**
 * The memory of the driver's JVM.
 *
 * @param heapBytes what the heap may grow to
 * @param machineBytes what the machine has, or the container if there is one
 */
public record DriverMemory(long heapBytes, long machineBytes) {
  private static final String JAVACPP_LIMIT = "org.bytedeco.javacpp.maxphysicalbytes";

  static DriverMemory ofThisJvm() {
    return new DriverMemory(
        Runtime.getRuntime().maxMemory(),
        ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize());
  }

  /**
   * Lets JavaCPP use what the machine has, instead of four times the heap; unless the user has set
   * a limit. Must be called before any class of JavaCPP is loaded.
   */
  public static void limitNativeMemory() {
    if (System.getProperty(JAVACPP_LIMIT) == null) {
      System.setProperty(JAVACPP_LIMIT, Long.toString(ofThisJvm().machineBytes()));
    }
  }
}
