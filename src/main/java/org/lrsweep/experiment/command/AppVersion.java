package org.lrsweep.experiment.command;

import picocli.CommandLine.IVersionProvider;

/** The version that the jar's manifest names. */
public final class AppVersion implements IVersionProvider {
  /** The version of this program; {@code development} outside of its jar. */
  public static String current() {
    String version = AppVersion.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }

  @Override
  public String[] getVersion() {
    return new String[] {"lrsweep " + current()};
  }
}
