package org.lrsweep.terminal;

import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.util.Locale;

/** Numbers as people read them; the same in every locale. */
public final class Numbers {
  private static final String NONE = "-";

  private Numbers() {}

  /** A learning rate to three digits: 1e-5, 2.5e-4, 0.01, 0.3, 10. */
  public static String rate(Double value) {
    if (value == null) {
      return NONE;
    } else if (value == 0 || !Double.isFinite(value)) {
      return value == 0 ? "0" : value.toString();
    }

    BigDecimal rounded = new BigDecimal(value).round(new MathContext(3)).stripTrailingZeros();
    int exponent = rounded.precision() - rounded.scale() - 1;

    if (exponent >= -2 && exponent <= 3) {
      return rounded.toPlainString();
    }

    BigDecimal mantissa = rounded.scaleByPowerOfTen(-exponent).stripTrailingZeros();
    return mantissa.toPlainString() + "e" + exponent;
  }

  /** A fraction as a percentage with two decimals: 94.52 %. */
  public static String percent(Double fraction) {
    return fraction == null ? NONE : String.format(Locale.ROOT, "%.2f %%", 100 * fraction);
  }

  /** A loss with four decimals. */
  public static String loss(Double value) {
    return value == null ? NONE : String.format(Locale.ROOT, "%.4f", value);
  }

  /** A measured number to five digits: 54.123, 0.0012346, 1.2346e7. */
  public static String measure(Double value) {
    if (value == null || !Double.isFinite(value)) {
      return value == null ? NONE : value.toString();
    }
    BigDecimal rounded = new BigDecimal(value).round(new MathContext(5));
    int exponent = rounded.precision() - rounded.scale() - 1;
    if (rounded.signum() == 0 || (exponent >= -3 && exponent <= 5)) {
      return rounded.stripTrailingZeros().toPlainString();
    }
    return rounded.scaleByPowerOfTen(-exponent).stripTrailingZeros().toPlainString()
        + "e"
        + exponent;
  }

  /** A number without needless zeros: 2, 2.5. */
  public static String plain(double value) {
    return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
  }

  /** A count with its thousands apart: 60,000. */
  public static String count(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  /** A time to two units: 1 h 28 min, 4 min 3 s, 52 s. */
  public static String duration(Duration time) {
    if (time.toHours() > 0) {
      return time.toHours() + " h " + time.toMinutesPart() + " min";
    } else if (time.toMinutes() > 0) {
      return time.toMinutes() + " min " + time.toSecondsPart() + " s";
    }

    return time.toSeconds() + " s";
  }
}
