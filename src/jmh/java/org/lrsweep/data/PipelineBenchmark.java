package org.lrsweep.data;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.lrsweep.data.garments.GeneratedGarments;
import org.lrsweep.data.idx.FashionMnist;
import org.lrsweep.data.idx.IdxFile;
import org.lrsweep.data.idx.IdxReader;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What a batch of 64 images costs before a network sees it, part by part, on one thread. Decoding
 * and resizing happen once in a run, augmentation for each batch.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(1)
public class PipelineBenchmark {

  private static final int BATCH = 64;
  private static final int BATCHES = 100;
  private static final int SIZE = 32;
  private static final Augmentation AUGMENTATION =
      new Augmentation(0.1, Augmentation.Flip.HORIZONTAL);

  private final int[] indices = IntStream.range(0, BATCH).toArray();
  private final float[] features = new float[BATCH * SIZE * SIZE];
  private final float[] labels = new float[BATCH * FashionMnist.CLASS_NAMES.size()];
  private byte[] packed;
  private ImageSet images;
  private ImageSet resized;
  private int epoch;

  /** Draws and packs images. */
  @Setup
  public void draw() throws IOException {
    ImageSet drawn = GeneratedGarments.train(BATCH * BATCHES);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(bytes)) {
      IdxFile.ofImages("images", drawn).writeTo(out);
    }
    packed = bytes.toByteArray();
    images = drawn.first(BATCH);
    resized = images.resized(SIZE, SIZE);
  }

  /** Unpacks and checks a gzipped idx file. */
  @Benchmark
  @OperationsPerInvocation(BATCHES)
  public Object decode() {
    return new IdxReader(images.rows(), images.cols(), FashionMnist.CLASS_NAMES.size())
        .readImages("images", new ByteArrayInputStream(packed), BATCH * BATCHES);
  }

  /** From 28x28 to 32x32. */
  @Benchmark
  public Object resize() {
    return images.resized(SIZE, SIZE);
  }

  /** Shifted, flipped and scaled, with one-hot labels. */
  @Benchmark
  public float[] augmentAndBatch() {
    new ExamplePipeline(resized, SIZE, SIZE, AUGMENTATION, 42)
        .fill(indices, 0, BATCH, epoch++, features, labels, FashionMnist.CLASS_NAMES.size());
    return features;
  }
}
