package org.lrsweep.experiment.run;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.lrsweep.data.Augmentation;
import org.lrsweep.data.Dataset;
import org.lrsweep.data.ExamplePipeline;
import org.lrsweep.data.ImageSet;
import org.lrsweep.experiment.plan.Plan;
import org.lrsweep.ingest.preview.Preview;
import org.lrsweep.ingest.preview.ShownExample;

/** What a run would see of a data set that has a name. */
public final class NamedPreview {
  private static final float WHITE = 255;

  private NamedPreview() {}

  /**
   * The preview of a set.
   *
   * @param shown how many examples of it
   */
  public static Preview of(Dataset set, Plan plan, int shown) {
    int size = plan.config().data().imageSize();
    Map<String, Map<String, Long>> counts = new LinkedHashMap<>();
    counts.put("train", counts(set.train(), set.classNames()));
    set.validation().ifPresent(part -> counts.put("validation", counts(part, set.classNames())));
    counts.put("test", counts(set.test(), set.classNames()));
    int min = (int) WHITE;
    int max = 0;
    for (byte pixel : set.train().pixels()) {
      min = Math.min(min, Byte.toUnsignedInt(pixel));
      max = Math.max(max, Byte.toUnsignedInt(pixel));
    }
    int held = set.validation().map(ImageSet::size).orElse(0);
    long bytes = (long) size * size * (set.train().size() + held + set.test().size());
    return new Preview(
        set.name(),
        set.sha256(),
        new int[] {1, size, size},
        Preview.BYTES,
        min,
        max,
        "unit: (number - 0) / 255",
        set.classNames(),
        counts,
        OwnPreview.megabytes(bytes) + " in the heaps of the driver and of each executor",
        examples(set, plan, size, Math.min(shown, set.train().size())));
  }

  private static Map<String, Long> counts(ImageSet images, List<String> names) {
    Map<String, Long> counts = new TreeMap<>();
    for (int i = 0; i < images.size(); i++) {
      counts.merge(names.get(images.label(i)), 1L, Long::sum);
    }
    return counts;
  }

  private static List<ShownExample> examples(Dataset set, Plan plan, int size, int count) {
    ImageSet first = set.train().first(count);
    float[] read = filled(first, size, Augmentation.none(), plan);
    float[] trained = filled(first, size, plan.augmentation(), plan);
    List<ShownExample> examples = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      examples.add(
          new ShownExample(
              set.classNames().get(first.label(i)),
              bytes(read, i, size * size),
              bytes(trained, i, size * size)));
    }
    return examples;
  }

  private static float[] filled(ImageSet images, int size, Augmentation augmentation, Plan plan) {
    int count = images.size();
    int classes = (int) WHITE + 1;
    float[] values = new float[count * size * size];
    new ExamplePipeline(images, size, size, augmentation, plan.config().seed())
        .fill(
            IntStream.range(0, count).toArray(),
            0,
            count,
            0,
            values,
            new float[count * classes],
            classes);
    return values;
  }

  private static float[] bytes(float[] all, int image, int length) {
    float[] values = new float[length];
    for (int i = 0; i < length; i++) {
      values[i] = WHITE * all[image * length + i];
    }
    return values;
  }
}
