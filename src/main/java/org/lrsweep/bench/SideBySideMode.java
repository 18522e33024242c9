package org.lrsweep.bench;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.lrsweep.acceleration.onednn.Precision;
import org.lrsweep.bench.acceleration.SideBySide;
import org.lrsweep.bench.acceleration.SideBySideResult;
import org.lrsweep.experiment.request.RefusedException;
import org.lrsweep.network.zoo.NetworkType;
import picocli.CommandLine.Option;

/** {@code lrsweep bench --side-by-side N}: workers of one JVM next to one alone. */
final class SideBySideMode {

  @Option(
      names = "--side-by-side",
      paramLabel = "N",
      description =
          "Times training steps of N accelerated networks at once in one JVM instead, next to one"
              + " alone; --threads is each one's.")
  Integer workers;

  SideBySide bench(int threads, int steps, Duration warmUp, Precision precision) {
    return RefusedException.unlessValid(
        () -> new SideBySide(workers, threads, steps, warmUp, precision));
  }

  void run(
      PrintWriter out,
      SideBySide bench,
      List<NetworkType> networks,
      List<Integer> batches,
      boolean json) {
    if (!json) {
      out.println(
          "model          batch  workers  threads  alone ms  together ms  images/s  times one"
              + "  peak times one  precision");
    }
    for (NetworkType network : networks) {
      for (int batch : batches) {
        SideBySideResult result = bench.measure(network, batch);
        out.println(json ? BenchJson.of(result) : line(result));
        out.flush();
      }
    }
  }

  private static String line(SideBySideResult result) {
    return String.format(
        Locale.ROOT,
        "%-14s %5d %8d %8d %9.2f %12.2f %9.0f %10.2f %15.2f  %s",
        result.model().label(),
        result.batch(),
        result.workers(),
        result.threads(),
        result.aloneMs(),
        result.togetherMs(),
        result.togetherImagesPerS(),
        result.timesOne(),
        result.peakTimesOne(),
        result.precision().label());
  }
}
