package org.lrsweep.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lrsweep.testing.RunningProcess;
import org.lrsweep.testing.TestJvm;

/** Long runs, each in a JVM of its own, after they have warmed up. */
class BoundedMemoryIT {
  private static final Pattern REPORT =
      Pattern.compile("after \\d+ \\w+: native (\\d+) kB, heap (\\d+) kB, blocks (\\d+)");

  /** A run of a minute on a machine that does nothing else. */
  private static final Duration PATIENCE = Duration.ofMinutes(15);

  private record Report(long nativeKilobytes, long heapKilobytes, long blocks) {
    static Report of(MatchResult found) {
      return new Report(
          Long.parseLong(found.group(1)),
          Long.parseLong(found.group(2)),
          Long.parseLong(found.group(3)));
    }
  }

  @TempDir private Path folder;

  /** Two kilobytes of native memory, or four of heap, that each round left would fail this. */
  @Test
  void sixteenHundredRoundsLeaveNothingBehind() throws Exception {
    List<Report> reports = probe("rounds", 200, 10);

    assertGrowth(reports.subList(2, 10), 400, 800);
    assertThat(reports.get(9).blocks()).as("blocks of Spark").isLessThan(100);
  }

  /**
   * The same, after as many to warm up: these rounds are shorter, and the JVM's compiler is not.
   */
  @Test
  void threeThousandRoundsThatShareJobsLeaveNothingBehind() throws Exception {
    List<Report> reports = probe("stints", 500, 12);

    assertGrowth(reports.subList(5, 12), 1_000, 2_000);
    assertThat(reports.get(11).blocks()).as("blocks of Spark").isLessThan(100);
  }

  /** A trial that left its replica, or 600 kB, would fail this. */
  @Test
  void twentyTrialsLeaveNothingBehind() throws Exception {
    List<Report> reports = probe("trials", 5, 6);

    assertGrowth(reports.subList(1, 6), 3_000, 3_000);
  }

  /** Two kilobytes that each step left would fail this. */
  @Test
  void twoThousandStepsOfAcceleratedLayersLeaveNothingBehind() throws Exception {
    List<Report> reports = probe("steps", 200, 14);

    assertGrowth(reports.subList(3, 14), 400, 1_200);
  }

  private static void assertGrowth(
      List<Report> warm, double nativeKilobytes, double heapKilobytes) {
    assertThat(growth(warm, Report::nativeKilobytes))
        .as("kB of native memory a stretch, in %s", warm)
        .isLessThan(nativeKilobytes);
    assertThat(growth(warm, Report::heapKilobytes))
        .as("kB of heap a stretch, in %s", warm)
        .isLessThan(heapKilobytes);
  }

  /**
   * The median slope of the lines through each two reports (Theil and Sen). What is left in each
   * stretch shows in all of them, a pool or a compiled method that came once only in few.
   */
  private static double growth(List<Report> reports, ToLongFunction<Report> kilobytes) {
    double[] slopes =
        IntStream.range(0, reports.size())
            .boxed()
            .flatMapToDouble(
                from ->
                    IntStream.range(from + 1, reports.size())
                        .mapToDouble(
                            to ->
                                (kilobytes.applyAsLong(reports.get(to))
                                        - kilobytes.applyAsLong(reports.get(from)))
                                    / (double) (to - from)))
            .sorted()
            .toArray();
    return slopes[slopes.length / 2];
  }

  private List<Report> probe(String what, int length, int stretches)
      throws IOException, InterruptedException {
    // The second compiler takes and returns tens of megabytes whenever it is at work.
    List<String> options =
        List.of("-Xms512m", "-Xmx512m", "-XX:+AlwaysPreTouch", "-XX:TieredStopAtLevel=1");
    List<String> command = TestJvm.command(options, MemoryProbe.class, what, length, stretches);
    File log = folder.resolve(what + ".log").toFile();
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log);
    // What is freed goes back at once, so that what stays is in use.
    builder
        .environment()
        .putAll(
            Map.of(
                "OMP_NUM_THREADS", "1",
                "MALLOC_ARENA_MAX", "1",
                "MALLOC_TRIM_THRESHOLD_", "131072",
                "MALLOC_MMAP_THRESHOLD_", "4096"));
    RunningProcess process = new RunningProcess(builder.start(), log.toPath(), PATIENCE);
    try {
      process.await("after " + length * stretches + " \\w+:.*\\n");
      List<Report> reports = REPORT.matcher(process.printed()).results().map(Report::of).toList();
      assertThat(reports).hasSize(stretches);
      return reports;
    } finally {
      process.process().destroyForcibly();
    }
  }
}
