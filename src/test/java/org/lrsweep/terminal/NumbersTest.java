package org.lrsweep.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumbersTest {
  @ParameterizedTest
  @CsvSource({
    "1e-10, 1e-10",
    "0.00001, 1e-5",
    "2.5e-4, 2.5e-4",
    "1.2345e-3, 1.23e-3",
    "9.999e-3, 0.01",
    "0.01, 0.01",
    "0.3, 0.3",
    "10, 10",
    "1234, 1230",
    "123456, 1.23e5",
    "0, 0",
    "NaN, NaN"
  })
  void ratesAreShort(double value, String expected) {
    assertThat(Numbers.rate(value)).isEqualTo(expected);
  }

  @Test
  void numbersAreTheSameInEveryLocale() {
    Locale locale = Locale.getDefault();
    Locale.setDefault(Locale.GERMANY);

    try {
      assertThat(Numbers.percent(0.94525)).isEqualTo("94.53 %");
      assertThat(Numbers.loss(0.16789)).isEqualTo("0.1679");
      assertThat(Numbers.count(60_000)).isEqualTo("60,000");
      assertThat(Numbers.plain(2.50)).isEqualTo("2.5");
    } finally {
      Locale.setDefault(locale);
    }
  }

  @Test
  void whatWasNotMeasuredIsADash() {
    assertThat(Numbers.rate(null)).isEqualTo("-");
    assertThat(Numbers.percent(null)).isEqualTo("-");
    assertThat(Numbers.loss(null)).isEqualTo("-");
  }

  @Test
  void durationsHaveTwoUnits() {
    assertThat(Numbers.duration(Duration.ofSeconds(52))).isEqualTo("52 s");
    assertThat(Numbers.duration(Duration.ofSeconds(243))).isEqualTo("4 min 3 s");
    assertThat(Numbers.duration(Duration.ofSeconds(5283))).isEqualTo("1 h 28 min");
  }
}
