package org.lrsweep.examples;

import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import org.lrsweep.data.ImageAugmenter;
import org.lrsweep.training.EpochPermutation;
import org.lrsweep.training.Minibatches;
import org.lrsweep.training.WorkerExamples;
import org.lrsweep.training.WorkerPosition;
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
    int length = layout.length();
    int classes = layout.classes();
    float[] features = new float[count * length];
    float[] labels = new float[count * classes];
    int[] indices = order.of(epoch);
    byte[] record = new byte[layout.recordBytes()];
    float[] values = new float[length];
    ImageAugmenter augmenter = use.augmenter(layout.shape());
    for (int i = 0; i < count; i++) {
      int index = indices[from + i];
      share.read(index, record);
      layout.read(record, values);
      use.scaling().apply(values);
      if (augmenter == null) {
        System.arraycopy(values, 0, features, i * length, length);
      } else {
        augmenter.augment(values, epoch, first + index, features, i * length);
      }
      labels[i * classes + layout.classOf(record)] = 1;
    }
    return Minibatches.of(features, shape(count), labels, classes);
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
