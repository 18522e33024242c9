package org.lrsweep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lrsweep.experiment.request.RefusedException;
import picocli.CommandLine;
import picocli.CommandLine.Command;

class FailuresTest {
  private final StringWriter err = new StringWriter();

  @Command
  private record Failing(Supplier<Throwable> failure) implements Callable<Integer> {
    @Override
    public Integer call() throws Exception {
      Throwable thrown = failure.get();
      if (thrown instanceof Error error) {
        throw error;
      }
      throw (Exception) thrown;
    }
  }

  private int exitCode(Supplier<Throwable> failure) {
    return exitCode(new Failures(), failure);
  }

  private int exitCode(Failures failures, Supplier<Throwable> failure) {
    return new CommandLine(new Failing(failure))
        .setExecutionStrategy(failures)
        .setExecutionExceptionHandler(failures)
        .setErr(new PrintWriter(err))
        .execute();
  }

  @Test
  void aRefusalIsItsSentenceAndExitCode2() {
    assertThat(exitCode(() -> new RefusedException("no; do this"))).isEqualTo(2);
    assertThat(err).hasToString("lrsweep: no; do this\n");
  }

  @Test
  void tooLittleMemoryIsSaidWithTheMend() {
    assertThat(exitCode(() -> new OutOfMemoryError("Java heap space"))).isEqualTo(1);
    assertThat(err)
        .hasToString(
            "lrsweep: out of memory (Java heap space); raise spark.driver.memory, or LRSWEEP_MEMORY"
                + " of submit/local.sh\n");
  }

  @Test
  void aClassThatCannotBeLinkedIsSaidWithItsCause() {
    assertThat(exitCode(() -> new ExceptionInInitializerError(new IllegalStateException("odd"))))
        .isEqualTo(1);
    assertThat(err)
        .hasToString(
            "lrsweep: java.lang.IllegalStateException: odd; the libraries on the class path don't"
                + " fit together: LRSweep needs Spark 3.5 for Scala 2.12\n");
  }

  @Test
  void nativeCodeOfAnotherPlatformIsARefusal() {
    assertThat(
            exitCode(
                new Failures(() -> Optional.of("this Java runs on macosx-arm64")),
                () -> new NoClassDefFoundError("org.nd4j.linalg.factory.Nd4j")))
        .isEqualTo(2);
    assertThat(err).hasToString("lrsweep: this Java runs on macosx-arm64\n");
  }

  @Test
  void whatHasNoMessageIsNamed() {
    assertThat(exitCode(IllegalStateException::new)).isEqualTo(1);
    assertThat(exitCode(StackOverflowError::new)).isEqualTo(1);
    assertThat(err)
        .hasToString(
            "lrsweep: java.lang.IllegalStateException\nlrsweep: java.lang.StackOverflowError\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "run --config nosuch://me:c4n/4ry@host/my.conf",
        "run --conf nosuch://me:c4n/4ry@host/my.conf",
        "runs --output nosuch://me:c4n/4ry@host/runs",
      })
  void noPasswordOfTheCommandLineIsRepeated(String arguments) {
    CommandLine command = LrSweep.commandLine();
    command.setErr(new PrintWriter(err));

    assertThat(command.execute(arguments.split(" "))).isEqualTo(CommandLine.ExitCode.USAGE);
    assertThat(err.toString()).contains("nosuch://***@host/").doesNotContain("4ry");
  }
}
