package org.lrsweep.data.garments;

import org.lrsweep.data.SplitMix64;
import org.lrsweep.data.idx.FashionMnist;

/**
 * Draws the silhouette of a garment, seen from the front (shoes: from the side, toe to the left).
 * Each measure is drawn at random from a range; those of alike garments overlap, so that a network
 * cannot be always right.
 */
final class GarmentArtist {

  private final Raster raster;
  private final SplitMix64 random;
  private final Outline.Placement placement;
  private final double shade;
  private final double detailShade;

  GarmentArtist(Raster raster, SplitMix64 random) {
    this.raster = raster;
    this.random = random;
    this.placement =
        new Outline.Placement(
            raster.cols() / 2.0 + random.between(-1.5, 1.5),
            raster.rows() / 2.0 + random.between(-1.5, 1.5),
            random.between(0.8, 1.1),
            random.between(0.85, 1.05),
            random.between(-0.1, 0.1));
    this.shade = random.between(0.3, 1);
    this.detailShade =
        Math.min(
            1, shade * (random.chance(0.6) ? random.between(0.3, 0.8) : random.between(1.2, 1.6)));
  }

  /** Draws a garment of the class with this label. */
  void draw(int label) {
    switch (FashionMnist.CLASS_NAMES.get(label)) {
      case "top" -> top();
      case "trouser" -> trouser();
      case "pullover" -> pullover();
      case "dress" -> dress();
      case "coat" -> coat();
      case "sandal" -> sandal();
      case "shirt" -> shirt();
      case "sneaker" -> sneaker();
      case "bag" -> bag();
      case "ankle boot" -> ankleBoot();
      default -> throw new IllegalArgumentException("no garment has the label " + label);
    }
  }

  private void top() {
    Torso torso = torso(random.between(-11, -8.5), random.between(6, 11));
    sleeves(torso, shortSleeve());
    body(torso);

    if (random.chance(0.3)) {
      neckBand(torso);
    }
  }

  private void pullover() {
    Torso torso = torso(random.between(-11, -9), random.between(6.5, 10.5));
    sleeves(torso, longSleeve());
    body(torso);

    if (random.chance(0.7)) {
      neckBand(torso);
    }

    if (random.chance(0.5)) {
      detail(box(-torso.hem, torso.bottom - 1.2, torso.hem, torso.bottom));
    }
  }

  private void coat() {
    Torso torso = torso(random.between(-12.5, -10.5), random.between(10, 13.5));
    sleeves(torso, longSleeve());
    body(torso);
    double lapel = random.between(3, 8);
    detail(
        Outline.from(0, torso.top + lapel)
            .lineTo(torso.neck, torso.top)
            .lineTo(0, torso.top + torso.neckDepth)
            .mirrored());
    detail(box(-0.4, torso.top + torso.neckDepth, 0.4, torso.bottom));
  }

  private void shirt() {
    Torso torso = torso(random.between(-11.5, -9), random.between(7, 12));
    sleeves(torso, random.chance(0.4) ? shortSleeve() : longSleeve());
    body(torso);
    Outline collar =
        Outline.from(0.2, torso.top + torso.neckDepth + random.between(1, 2.5))
            .lineTo(torso.neck + 1.2, torso.top + 1.2)
            .lineTo(torso.neck - 0.3, torso.top - 1);
    detail(collar);
    detail(collar.flipped());

    if (random.chance(0.85)) {
      for (double y = torso.top + torso.neckDepth + 2.5; y < torso.bottom - 1; y += 3) {
        detail(box(-0.8, y, 0.8, y + 1.6));
      }
    }
  }

  private void dress() {
    double top = random.between(-13, -11);
    double bottom = random.between(10, 13.5);
    double shoulder = random.between(2.8, 5);
    double chest = random.between(2.8, 4.5);
    double waistLine = top + (bottom - top) * random.between(0.3, 0.5);
    Torso torso =
        new Torso(
            top,
            bottom,
            random.between(1.2, 2.4),
            random.between(0.5, 3),
            shoulder,
            chest,
            waistLine,
            chest * random.between(0.7, 1),
            random.between(4, 7.5));

    if (random.chance(0.45)) {
      sleeves(torso, random.chance(0.5) ? shortSleeve() : longSleeve());
    }

    body(torso);

    if (random.chance(0.3)) {
      detail(box(-torso.waist, waistLine - 0.5, torso.waist, waistLine + 0.5));
    }
  }

  private void trouser() {
    double top = random.between(-13, -11);
    double bottom = random.between(8, 13.5);
    double waist = random.between(3, 4.8);
    double hip = waist + random.between(0, 1.2);
    double crotch = top + random.between(6, 9);
    double leg = random.between(1.8, 4);
    double gap = random.between(0.2, 2.4);
    fill(
        Outline.from(0, top)
            .lineTo(waist, top)
            .lineTo(hip, (top + crotch) / 2)
            .lineTo(gap + leg, bottom)
            .lineTo(gap, bottom)
            .lineTo(0, crotch)
            .mirrored());

    if (random.chance(0.5)) {
      detail(box(-waist, top, waist, top + 1.2));
    }
  }

  private void sandal() {
    double heel = random.chance(0.4) ? random.between(2, 8) : random.between(0, 1.5);
    double sole = random.between(1, 2.6);
    double ground = random.between(4, 8);
    fill(
        Outline.from(-12, ground - sole)
            .lineTo(-4, ground - sole)
            .curveTo(2, ground - sole, 10, ground - sole - heel)
            .lineTo(11, ground)
            .lineTo(9, ground)
            .curveTo(6, ground - heel, 0, ground)
            .lineTo(-12, ground));
    int straps = 2 + random.nextInt(4);

    for (int i = 0; i < straps; i++) {
      double left = -10 + 14.0 * i / straps + random.between(0, 2);
      double right = left + random.between(2, 8);
      double height = random.between(4, 9) + 3.0 * i / straps;
      strap(left, ground - sole, right, ground - sole - heel * Math.max(0, right) / 10, height);
    }

    if (random.chance(0.6)) {
      strap(4, ground - sole - heel / 3, 10, ground - sole - heel, random.between(9, 14));
    }
  }

  private void sneaker() {
    double ground = random.between(3.5, 6.5);
    double sole = random.between(1, 2.5);
    double collar = ground - random.between(7, 11);
    double instep = random.between(-1, 3);
    fill(
        Outline.from(-12, ground)
            .curveTo(-13, ground - 4, -8, ground - random.between(3.5, 5))
            .lineTo(instep, collar + random.between(-0.5, 1.5))
            .curveTo(instep + 3.5, collar + random.between(1, 4), 10, collar)
            .curveTo(12, collar + 3, 11.5, ground));
    detail(box(-12, ground - sole, 11.5, ground));

    for (double x = instep - 5; x < instep && random.chance(0.8); x += 1.8) {
      double y = collar + 1 + (instep - x) * 0.4;
      detail(Outline.from(x, y).lineTo(x + 1.6, y + 2).stroked(0.8));
    }
  }

  private void ankleBoot() {
    double ground = random.between(7, 11);
    double heel = random.chance(0.6) ? random.between(1, 5) : 0;
    double shaft = ground - random.between(11, 20);
    double instep = random.between(-2, 1);
    double back = random.between(8, 10.5);
    fill(
        Outline.from(-11.5, ground)
            .curveTo(-12.5, ground - 4, -7, ground - 5)
            .curveTo(instep, ground - 6, instep + 1, ground - 10)
            .lineTo(instep + random.between(0, 2.5), shaft)
            .lineTo(back, shaft - random.between(-1, 1))
            .curveTo(back - 1, ground - 8, back + 1, ground)
            .lineTo(back - 4, ground)
            .lineTo(1, ground - heel)
            .lineTo(-3, ground));
    detail(
        Outline.from(-11.5, ground - 0.6)
            .lineTo(-3, ground - 0.6)
            .lineTo(1, ground - heel - 0.6)
            .lineTo(back - 4, ground - 0.6)
            .stroked(1.2));

    if (random.chance(0.5)) {
      double x = instep + random.between(3, 5);
      detail(box(x, shaft, x + random.between(0.8, 2.4), shaft + random.between(4, 8)));
    }
  }

  private void bag() {
    double top = random.between(-6, 1);
    double bottom = random.between(7, 12);
    double upper = random.between(6, 11);
    double lower = upper + random.between(-1, 2);
    double handle = random.between(2, upper);
    fill(
        Outline.from(-handle, top)
            .curveTo(0, top - random.between(4, 18), handle, top)
            .stroked(random.between(0.8, 1.8)));
    fill(
        Outline.from(0, top)
            .lineTo(upper - 1, top)
            .curveTo(upper, top, upper, top + 1)
            .lineTo(lower, bottom - 1)
            .curveTo(lower, bottom, lower - 1, bottom)
            .lineTo(0, bottom)
            .mirrored());

    if (random.chance(0.6)) {
      double flap = top + (bottom - top) * random.between(0.2, 0.6);
      detail(box(-upper, flap, upper, flap + 0.8));
    }

    if (random.chance(0.5)) {
      detail(box(-1, top + 2, 1, top + 4));
    }
  }

  /** Measures of what covers the upper body; widths are half widths. */
  private record Torso(
      double top,
      double bottom,
      double neck,
      double neckDepth,
      double shoulder,
      double chest,
      double waistLine,
      double waist,
      double hem) {

    double shoulderLine() {
      return top + 0.25 * (shoulder - neck) + 0.3;
    }

    double armpit() {
      return shoulderLine() + 4;
    }
  }

  /** How long a sleeve is, how far it stands off and how wide its end is. */
  private record Sleeve(double length, double slope, double cuff) {}

  private Sleeve shortSleeve() {
    return new Sleeve(random.between(3.5, 8.5), random.between(0.5, 1.3), random.between(2.8, 4.2));
  }

  private Sleeve longSleeve() {
    return new Sleeve(
        random.between(10.5, 17.5), random.between(0.1, 0.45), random.between(2, 3.4));
  }

  private Torso torso(double top, double bottom) {
    double chest = random.between(5, 7);
    return new Torso(
        top,
        bottom,
        random.between(1.8, 3.2),
        random.between(0.5, 2.8),
        chest + random.between(0, 1.4),
        chest,
        (top + bottom) / 2,
        chest * random.between(0.85, 1),
        chest * random.between(0.9, 1.1));
  }

  private void body(Torso torso) {
    fill(
        Outline.from(0, torso.top + torso.neckDepth)
            .curveTo(torso.neck, torso.top + torso.neckDepth, torso.neck, torso.top)
            .lineTo(torso.shoulder, torso.shoulderLine())
            .lineTo(torso.chest, torso.armpit())
            .lineTo(torso.waist, torso.waistLine)
            .lineTo(torso.hem, torso.bottom)
            .lineTo(0, torso.bottom)
            .mirrored());
  }

  private void sleeves(Torso torso, Sleeve sleeve) {
    double norm = Math.sqrt(1 + sleeve.slope * sleeve.slope);
    double alongX = sleeve.slope / norm;
    double alongY = 1 / norm;
    double endX = torso.shoulder - 1 + sleeve.length * alongX;
    double endY = torso.shoulderLine() + 1 + sleeve.length * alongY;
    double half = sleeve.cuff / 2;
    Outline right =
        Outline.from(torso.neck, torso.top + 0.5)
            .lineTo(torso.shoulder, torso.shoulderLine())
            .lineTo(endX + half * alongY, endY - half * alongX)
            .lineTo(endX - half * alongY, endY + half * alongX)
            .lineTo(torso.chest - 0.5, torso.armpit());
    right.fill(raster, placement, shade * 0.9);
    right.flipped().fill(raster, placement, shade * 0.9);
  }

  private void neckBand(Torso torso) {
    detail(
        Outline.from(-torso.neck, torso.top)
            .curveTo(0, torso.top + 2 * torso.neckDepth, torso.neck, torso.top)
            .stroked(1));
  }

  private void strap(double left, double leftY, double right, double rightY, double height) {
    fill(
        Outline.from(left, leftY)
            .curveTo((left + right) / 2, Math.min(leftY, rightY) - height, right, rightY)
            .stroked(random.between(0.8, 1.8)));
  }

  private static Outline box(double left, double top, double right, double bottom) {
    return Outline.from(left, top).lineTo(right, top).lineTo(right, bottom).lineTo(left, bottom);
  }

  private void fill(Outline outline) {
    outline.fill(raster, placement, shade);
  }

  private void detail(Outline outline) {
    outline.fill(raster, placement, detailShade);
  }
}
