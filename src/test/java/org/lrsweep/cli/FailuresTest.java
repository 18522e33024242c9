package org.lrsweep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class FailuresTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "run --config nosuch://me:c4n/4ry@host/my.conf",
        "run --conf nosuch://me:c4n/4ry@host/my.conf",
        "runs --output nosuch://me:c4n/4ry@host/runs",
      })
  void noPasswordOfTheCommandLineIsRepeated(String arguments) {
    StringWriter err = new StringWriter();
    CommandLine command = LrSweep.commandLine();
    command.setErr(new PrintWriter(err));

    assertThat(command.execute(arguments.split(" "))).isEqualTo(CommandLine.ExitCode.USAGE);
    assertThat(err.toString()).contains("nosuch://***@host/").doesNotContain("4ry");
  }
}
