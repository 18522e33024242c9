package org.lrsweep.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.spark.launcher.JavaModuleOptions;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Shares on executors that are processes of their own, of which one is killed. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class ExecutorsSharesTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"memory", "disk"})
  void aShareIsMadeOnceAndAnewIfItsExecutorIsKilled(String storage) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin/java").toString());
    command.addAll(List.of(JavaModuleOptions.defaultModuleOptions().split(" ")));
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx512m"));
    // Spark's own tests start executors so: by the class path, without an installation.
    command.addAll(List.of("-Dspark.testing=true", "-Dspark.test.home=" + folder));
    command.add("-Djava.io.tmpdir=" + folder);
    command.addAll(List.of("-cp", absoluteClassPath()));
    command.addAll(List.of(KilledExecutor.class.getName(), storage));
    File log = folder.resolve("driver.log").toFile();
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log);
    builder.environment().put("SPARK_SCALA_VERSION", "2.12");
    builder.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
    Process driver = builder.start();
    try {
      driver.waitFor(4, TimeUnit.MINUTES);
    } finally {
      driver.descendants().forEach(ProcessHandle::destroyForcibly);
      driver.destroyForcibly();
    }

    String printed = Files.readString(log.toPath());
    assertThat(printed)
        .contains("MADE [TRAIN-0-2, TRAIN-1-2] of 2")
        .contains("EXECUTORS 2")
        .containsPattern("SAME true AFTER [3-9]\n");
  }

  private static String absoluteClassPath() {
    return Pattern.compile(File.pathSeparator)
        .splitAsStream(System.getProperty("java.class.path"))
        .map(entry -> new File(entry).getAbsolutePath())
        .collect(Collectors.joining(File.pathSeparator));
  }
}
