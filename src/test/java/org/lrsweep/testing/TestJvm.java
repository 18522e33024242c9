package org.lrsweep.testing;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.launcher.JavaModuleOptions;

/** A JVM beside the tests' own, of the same JDK and class path. */
public final class TestJvm {
  private TestJvm() {}

  /**
   * The command that runs a main class, with the options that Spark needs on its JDK.
   *
   * @param options more of them, one each
   */
  public static List<String> command(List<String> options, Class<?> main, Object... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(JavaModuleOptions.defaultModuleOptions().split(" ")));
    command.addAll(options);
    // Surefire's own class path is a jar that only names the others.
    command.add("-cp");
    command.add(
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
    command.add(main.getName());
    for (Object argument : arguments) {
      command.add(argument.toString());
    }
    return command;
  }
}
