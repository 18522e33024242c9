package org.lrsweep.data.garments;

import org.lrsweep.data.SplitMix64;

/** Gives a drawn garment a pattern, light and the noise of a photograph. */
final class Fabric {

  private static final double OCCLUSION_CHANCE = 0.15;

  private final SplitMix64 random;

  Fabric(SplitMix64 random) {
    this.random = random;
  }

  void cover(Raster raster) {
    if (random.chance(0.5)) {
      pattern(raster);
    }

    if (random.chance(OCCLUSION_CHANCE)) {
      occlude(raster);
    }

    lightAndNoise(raster);
  }

  /** Stripes along x, along y or both: triangle waves, which need no transcendental function. */
  private void pattern(Raster raster) {
    double perRow = random.chance(0.6) ? 1 / random.between(2.5, 8) : 0;
    double perCol = random.chance(0.5) ? 1 / random.between(2.5, 8) : 0;
    double phase = random.nextDouble();
    double depth = random.between(0.15, 0.7);
    double[] shade = raster.shade();

    for (int row = 0; row < raster.rows(); row++) {
      for (int col = 0; col < raster.cols(); col++) {
        double position = phase + row * perRow + col * perCol;
        double wave = Math.abs(2 * (position - Math.floor(position)) - 1);
        shade[row * raster.cols() + col] *= 1 - depth * wave;
      }
    }
  }

  /** Hides a rectangle, as if something lay on the garment. */
  private void occlude(Raster raster) {
    int height = 4 + random.nextInt(7);
    int width = 4 + random.nextInt(7);
    int top = random.nextInt(raster.rows() - height);
    int left = random.nextInt(raster.cols() - width);
    double[] shade = raster.shade();
    double cover = random.chance(0.5) ? 0 : random.nextDouble();

    for (int row = top; row < top + height; row++) {
      for (int col = left; col < left + width; col++) {
        shade[row * raster.cols() + col] = cover;
      }
    }
  }

  private void lightAndNoise(Raster raster) {
    double slope = random.between(-0.02, 0.02);
    double deviation = random.between(0.02, 0.1);
    double[] shade = raster.shade();

    for (int i = 0; i < shade.length; i++) {
      double light = 1 + slope * (i % raster.cols() - raster.cols() / 2.0);
      shade[i] = shade[i] * light + deviation * (shade[i] > 0 ? 1 : 0.25) * nextDeviate();
    }
  }

  /** About standard normal: the sum of four uniform numbers, cut from one draw. */
  private double nextDeviate() {
    long bits = random.nextLong();
    long sum = (bits & 0xffff) + (bits >>> 16 & 0xffff) + (bits >>> 32 & 0xffff) + (bits >>> 48);
    return (sum - 2 * 65_535.0) / (65_536.0 * 0.57735);
  }
}
