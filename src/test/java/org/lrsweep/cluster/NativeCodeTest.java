package org.lrsweep.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.lrsweep.testing.TriedInput;

class NativeCodeTest {
  @Test
  void thisMachinesIsThere() {
    assertThat(NativeCode.refusal()).isEmpty();
  }

  @Test
  @TriedInput(
      input = "the jar for Linux on x86-64 on a Mac or on Graviton",
      gets =
          "this Java runs on macosx-arm64, and the application jar has native code for"
              + " linux-x86_64; build the jar by ./mvnw ...")
  void aJarForAnotherPlatformIsToBeBuiltForThisOne() {
    assertThat(NativeCode.refusal("macosx-arm64", "linux-x86_64"::equals))
        .contains(
            "this Java runs on macosx-arm64, and the application jar has native code for"
                + " linux-x86_64; build the jar by ./mvnw -Djavacpp.platform=macosx-arm64"
                + " -DskipTests package");
  }

  @Test
  void aPlatformThatNoJarCanBeBuiltForIsSaid() {
    assertThat(NativeCode.refusal("windows-x86_64", platform -> false))
        .contains(
            "this Java runs on windows-x86_64, and the application jar has native code for no"
                + " platform; LRSweep runs on linux-x86_64, linux-arm64, macosx-arm64");
  }
}
