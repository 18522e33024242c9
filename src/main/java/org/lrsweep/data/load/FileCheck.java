package org.lrsweep.data.load;

import java.util.Optional;

/**
 * What verifying one file of a data set found.
 *
 * @param file the file's unpacked name
 * @param problem one sentence, empty if the file is intact
 */
public record FileCheck(String file, Optional<String> problem) {

  /** Whether the file is there and the published one. */
  public boolean isIntact() {
    return problem.isEmpty();
  }
}
