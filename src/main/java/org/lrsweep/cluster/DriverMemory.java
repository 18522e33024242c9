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
   * a limit. To hold one, JavaCPP would ask the system for the process's memory at every
   * allocation, a seventh of what a small network's inference takes. Must be called before any
   * class of JavaCPP is loaded.
   */
  public static void leaveNativeMemoryUnlimited() {
    if (System.getProperty(JAVACPP_LIMIT) == null) {
      System.setProperty(JAVACPP_LIMIT, "0");
    }
  }
}
