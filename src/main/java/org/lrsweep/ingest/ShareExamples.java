package org.lrsweep.ingest;

import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.util.Arrays;
import org.lrsweep.data.ImageAugmenter;
import org.lrsweep.training.WorkerPosition;
import org.lrsweep.training.examples.EpochPermutation;
import org.lrsweep.training.examples.Minibatches;
import org.lrsweep.training.examples.WorkerExamples;
import org.nd4j.linalg.dataset.DataSet;

/** A worker's examples, read from its share, scaled and augmented as they are needed. */
final class ShareExamples implements WorkerExamples {
  private static final long serialVersionUID = 1L;

  private final transient Share share;
  private final transient Layout layout;
  private final transient ShareUse use;
  private final transient EpochPermutation order;
  private final transient int first;

  /**
   * @param first the rank of the share's first example in its part
   */
  ShareExamples(Share share, Layout layout, ShareUse use, WorkerPosition position, int first) {
    this.share = share;
    this.layout = layout;
    this.use = use;
    this.first = first;
    order =
        use.shuffled()
            ? EpochPermutation.shuffled(share.size(), position.orderSeed())
            : EpochPermutation.identity(share.size());
  }

  @Override
  public int size() {
    return share.size();
  }

  @Override
  public DataSet minibatch(int epoch, int from, int count) {
    byte[][] records = new byte[count][layout.recordBytes()];
    int[] indices = order.of(epoch);
    float[] labels = new float[count * layout.labels()];
    for (int i = 0; i < count; i++) {
      share.read(indices[from + i], records[i]);
      layout.readLabel(records[i], labels, i * layout.labels());
    }
    if (layout.isOfSequences()) {
      return sequences(records, labels);
    }
    int length = layout.length();
    float[] features = new float[count * length];
    ImageAugmenter augmenter = use.augmenter(layout.shape());
    for (int i = 0; i < count; i++) {
      float[] values = layout.read(records[i]);
      use.scaling().apply(values);
      if (augmenter == null) {
        System.arraycopy(values, 0, features, i * length, length);
      } else {
        augmenter.augment(values, epoch, first + indices[from + i], features, i * length);
      }
    }
    return Minibatches.of(features, shape(count), labels, layout.labels());
  }

  /** Sequences as long as the longest of the batch; the mask says where each one has ended. */
  private DataSet sequences(byte[][] records, float[] labels) {
    int channels = layout.shape()[0];
    int longest = Arrays.stream(records).mapToInt(layout::steps).max().orElse(1);
    float[] features = new float[records.length * channels * longest];
    float[] mask = new float[records.length * longest];
    for (int i = 0; i < records.length; i++) {
      int steps = layout.steps(records[i]);
      float[] values = layout.read(records[i]);
      use.scaling().apply(values);
      for (int channel = 0; channel < channels; channel++) {
        System.arraycopy(
            values, channel * steps, features, (i * channels + channel) * longest, steps);
      }
      Arrays.fill(mask, i * longest, i * longest + steps, 1);
    }
    long[] shape = {records.length, channels, longest};
    return Minibatches.masked(
        Minibatches.of(features, shape, labels, layout.labels()), mask, longest);
  }

  private long[] shape(int count) {
    int[] shape = layout.shape();
    long[] all = new long[shape.length + 1];
    all[0] = count;
    for (int i = 0; i < shape.length; i++) {
      all[i + 1] = shape[i];
    }
    return all;
  }

  /** A share stays in the JVM that has its file. */
  private void writeObject(ObjectOutputStream out) throws NotSerializableException {
    throw new NotSerializableException(getClass().getName());
  }
}
