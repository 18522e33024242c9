package org.lrsweep.ingest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.lrsweep.training.examples.EpochPermutation;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What reading a batch of 64 colour images of 32 x 32 costs, from a share of a gigabyte in the heap
 * and from one in a mapped file whose pages are in the page cache: an epoch's first pass, in its
 * random order, in which each page of the file is touched for the first time.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 2)
@Measurement(iterations = 5)
@Fork(value = 1, jvmArgs = "-Xmx2g")
public class ShareBenchmark {

  private static final int BATCH = 64;
  private static final int BATCHES = 5000;
  private static final int RECORD_BYTES = 3 * 32 * 32 + 1;

  private final byte[][] records = new byte[BATCH][RECORD_BYTES];
  private final int[] order = EpochPermutation.shuffled(BATCH * BATCHES, 1).of(0);

  /** Where the share lies. */
  @Param({"memory", "disk"})
  public String storage;

  private Path folder;
  private Share share;

  /** Writes the share anew, so that no page of it has been touched through its mapping. */
  @Setup(Level.Iteration)
  public void write() throws IOException {
    folder = Files.createTempDirectory("share-benchmark-");
    share = null;
    byte[] record = new byte[RECORD_BYTES];
    Random random = new Random(1);
    try (ShareWriter writer =
        storage.equals("disk")
            ? ShareWriter.toDisk(RECORD_BYTES, BATCH * BATCHES, folder)
            : ShareWriter.toMemory(RECORD_BYTES, BATCH * BATCHES)) {
      for (int i = 0; i < BATCH * BATCHES; i++) {
        random.nextBytes(record);
        writer.write(record);
      }
      share = writer.finish();
    }
  }

  /** Forgets the share, whose file has no name any more. */
  @TearDown(Level.Iteration)
  public void forget() throws IOException {
    share = null;
    Files.delete(folder);
  }

  /** A whole epoch, batch by batch. */
  @Benchmark
  @OperationsPerInvocation(BATCHES)
  public Object readBatch() {
    for (int batch = 0; batch < BATCHES; batch++) {
      for (int i = 0; i < BATCH; i++) {
        share.read(order[batch * BATCH + i], records[i]);
      }
    }
    return records;
  }
}
