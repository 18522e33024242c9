package org.lrsweep.data.idx;

import java.net.URI;
import java.util.List;
import java.util.Map;

/**
 * Fashion-MNIST: 60,000 training and 10,000 test images of 28 x 28, ten classes.
 *
 * @see <a href="https://github.com/zalandoresearch/fashion-mnist">its home</a>
 */
public final class FashionMnist {

  /** What configurations and tables call it. */
  public static final String NAME = "fashion-mnist";

  /** The names of the classes 0 to 9. */
  public static final List<String> CLASS_NAMES =
      List.of(
          "top",
          "trouser",
          "pullover",
          "dress",
          "coat",
          "sandal",
          "shirt",
          "sneaker",
          "bag",
          "ankle boot");

  /** Training images. */
  public static final int TRAIN_EXAMPLES = 60_000;

  /** Test images. */
  public static final int TEST_EXAMPLES = 10_000;

  public static final int ROWS = 28;
  public static final int COLS = 28;

  /** Plain HTTP is what there is; the checksums guard it. */
  public static final URI PUBLISHER =
      URI.create("http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/");

  public static final PublishedDataset PUBLISHED =
      new PublishedDataset(
          NAME,
          CLASS_NAMES,
          ROWS,
          COLS,
          TRAIN_EXAMPLES,
          TEST_EXAMPLES,
          Map.of(
              IdxPart.TRAIN_IMAGES,
              "c59f468a2f672dc815687fe0f83887768d799fd8a3f3276145d20f83aa44d888",
              IdxPart.TRAIN_LABELS,
              "bad3541b69d912435c50bb6ba87bec294ff4f6a2e1246121d8633921760443d9",
              IdxPart.TEST_IMAGES,
              "5b4141f0afbad91edebe8549f8fcffe087ea10ca49f1dbef5c9a5cd8815ce37b",
              IdxPart.TEST_LABELS,
              "0402a96d92fd2663957122ceb108a494c5af83dab82d92729df917d7dec38c34"));

  private FashionMnist() {}
}
