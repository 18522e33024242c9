package org.lrsweep.cluster;

import java.util.Optional;

/** Which Java versions this program runs on. */
public final class JavaVersion {
  /** What its classes are compiled for, so older ones never get here. */
  private static final int OLDEST = 17;

  /**
   * Spark 3.5 and its Hadoop need what later ones have taken away. Between the two nothing is
   * tested.
   */
  private static final int NEWEST = 21;

  private JavaVersion() {}

  /**
   * Why a Java version can't be used, in a sentence; empty if it can.
   *
   * @param feature its first number, as {@code Runtime.version().feature()}
   */
  public static Optional<String> refusal(int feature) {
    return feature >= OLDEST && feature <= NEWEST
        ? Optional.empty()
        : Optional.of(
            "LRSweep on Spark 3.5 needs Java 17, found Java "
                + feature
                + " ("
                + System.getProperty("java.home")
                + "); install JDK 17, and set JAVA_HOME to it");
  }
}
