package org.lrsweep.experiment;

import picocli.CommandLine.IVersionProvider;

/** The version that the jar's manifest names. */
public final class AppVersion implements IVersionProvider {
  static String current() {
    String version = AppVersion.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }

  @Override
  public String[] getVersion() {
    return new String[] {"lrsweep " + current()};
  }
}
