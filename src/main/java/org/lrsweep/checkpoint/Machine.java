package org.lrsweep.checkpoint;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

/** The machine that this process runs on, as far as process ids mean the same on it. */
final class Machine {
  /**
   * A word that no other machine or container has: Linux's id of this boot, and the namespace of
   * the process ids. Where they can't be read, it is this process's alone, so that no other is ever
   * judged by its id.
   */
  static final String ID = id();

  private Machine() {}

  private static String id() {
    try {
      String boot = Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip();
      String processes = Files.readSymbolicLink(Path.of("/proc/self/ns/pid")).toString();
      return boot + "/" + processes;
    } catch (IOException | RuntimeException e) {
      return UUID.randomUUID().toString();
    }
  }

  /** What it is called, for people. */
  static String hostName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "unknown-host";
    }
  }
}
