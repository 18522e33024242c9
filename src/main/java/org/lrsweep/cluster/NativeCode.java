package org.lrsweep.cluster;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.bytedeco.javacpp.Loader;

/**
 * For which system and processor the class path has ND4J's native code. Platforms have JavaCPP's
 * names, as {@code linux-arm64}.
 */
public final class NativeCode {
  /** What the application jar can be built for; pom.xml has the profiles. */
  private static final List<String> PLATFORMS =
      List.of("linux-x86_64", "linux-arm64", "macosx-arm64");

  private NativeCode() {}

  /** Why networks can't run on this machine, in a sentence; empty if they can. */
  public static Optional<String> refusal() {
    return refusal(Loader.getPlatform(), NativeCode::isThere);
  }

  /**
   * The same of a machine.
   *
   * @param machine its platform
   * @param isThere whether the class path has the native code for a platform
   */
  static Optional<String> refusal(String machine, Predicate<String> isThere) {
    if (isThere.test(machine)) {
      return Optional.empty();
    }
    List<String> there = PLATFORMS.stream().filter(isThere).toList();
    String found = there.isEmpty() ? "no platform" : String.join(" and ", there);
    String mend =
        PLATFORMS.contains(machine)
            ? "build the jar by ./mvnw -Djavacpp.platform=%s -DskipTests package".formatted(machine)
            : "LRSweep runs on " + String.join(", ", PLATFORMS);
    return Optional.of(
        "this Java runs on %s, and the application jar has native code for %s; %s"
            .formatted(machine, found, mend));
  }

  /** ND4J names its builds for newer processors in an appendix. */
  private static boolean isThere(String platform) {
    return Stream.of("", "-avx2", "-avx512", "-compat")
        .anyMatch(build -> isFolder(platform + build));
  }

  private static boolean isFolder(String build) {
    String library = build.startsWith("macosx") ? "libjnind4jcpu.dylib" : "libjnind4jcpu.so";
    String folder = "/org/nd4j/linalg/cpu/nativecpu/bindings/" + build + "/";
    return NativeCode.class.getResource(folder + library) != null;
  }
}
