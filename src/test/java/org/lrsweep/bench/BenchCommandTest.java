package org.lrsweep.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lrsweep.cli.LrSweep;
import org.lrsweep.testing.LocalSpark;

class BenchCommandTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--batch 64,0            | --batch must be >= 1, found 0",
        "--steps 0               | --steps must be >= 1, found 0",
        "--threads 0             | --threads must be >= 1, found 0",
        "--model resnet          | --model: network must be one of minigooglenet, small-cnn",
        "--precision double      | --precision: precision must be float or bfloat16, found"
            + " 'double'",
        "--layers onednn         | --layers: 'onednn' are no layers; there are stock and"
            + " accelerated",
        "--side-by-side 1        | workers side by side must be >= 2, found 1",
        "--side-by-side 2 --threads 0 | --threads must be >= 1, found 0",
        "--rounds --batch 0      | --batch must be >= 1, found 0",
        "--rounds --workers 2,-1 | --workers must be >= 1, found -1",
        "--rounds --workers 2,3 | --workers must divide each --batch, found 3 workers and a batch"
            + " of 64",
        "--rounds --steps 0      | --steps must be >= 1, found 0",
        "--rounds --model resnet | --model: network must be one of minigooglenet, small-cnn",
        "--trials 3,0            | --trials must be >= 1, found 0",
        "--trials 1 --steps 0    | --steps must be >= 1, found 0",
        "--rounds --layers stock | --layers means nothing beside --rounds; leave one of them out",
        "--trials 1 --layers stock | --layers means nothing beside --trials; leave one of them out",
        "--side-by-side 2 --layers stock | --layers means nothing beside --side-by-side; leave one"
            + " of them out",
        "--trials 1 --rounds     | --rounds means nothing beside --trials; leave one of them out",
        "--trials 1 --batch 32   | --batch means nothing beside --trials; leave one of them out",
        "--rounds --precision bfloat16 | --precision means nothing beside --rounds; leave one of"
            + " them out",
        "--workers 2             | --workers means nothing without --rounds; add it",
      })
  void refusesWhatItCannotMeasureBeforeAnythingStarts(String options, String sentence) {
    refused(options, sentence);
  }

  @ParameterizedTest
  @ValueSource(strings = {"--rounds", "--trials 1"})
  @ExtendWith(LocalSpark.class)
  void isRefusedOnAContextThatIsThere(String options, JavaSparkContext spark) {
    assertThat(spark.sc().isStopped()).isFalse();
    refused(
        options,
        "bench measures on a Spark context of its own, and this process has one already; run it by"
            + " spark-submit or a script of submit/");
  }

  private static void refused(String options, String sentence) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();

    int exit =
        LrSweep.commandLine()
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(err))
            .execute(("bench " + options).split(" +"));

    assertThat(exit).isEqualTo(2);
    assertThat(out.toString()).isEmpty();
    assertThat(err.toString()).contains("lrsweep: " + sentence).hasLineCount(1);
  }
}
