package org.lrsweep.config;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * A configuration's values by key, each of the type that is asked for: a value that isn't of it is
 * refused with where it stands, never rounded or cut.
 */
final class Values {
  private final ConfigObject root;

  Values(ConfigObject root) {
    this.root = root;
  }

  boolean isNull(String key) {
    return value(key).valueType() == ConfigValueType.NULL;
  }

  boolean isSection(String key) {
    return value(key).valueType() == ConfigValueType.OBJECT;
  }

  boolean isList(String key) {
    return value(key).valueType() == ConfigValueType.LIST;
  }

  String text(String key) {
    return text(key, value(key));
  }

  /** The texts of a section of any keys, by their keys below it, as {@code csv.header}. */
  SortedMap<String, String> textsBelow(String key) {
    ConfigValue value = value(key);
    if (!(value instanceof ConfigObject section)) {
      throw refused(key, value, "a section, as { header = true }");
    }
    SortedMap<String, String> texts = new TreeMap<>();
    for (Map.Entry<String, ConfigValue> entry : section.toConfig().entrySet()) {
      String name = String.join(".", ConfigUtil.splitPath(entry.getKey()));
      texts.put(name, text(key + "." + name, entry.getValue()));
    }
    return texts;
  }

  double number(String key) {
    return number(key, value(key));
  }

  long whole(String key) {
    return whole(key, value(key));
  }

  int integer(String key) {
    return integer(key, value(key));
  }

  private static int integer(String key, ConfigValue value) {
    long whole = whole(key, value);
    if (whole != (int) whole) {
      throw refused(key, value, "a whole number between -2^31 and 2^31");
    }
    return (int) whole;
  }

  /** HOCON's words for yes and no: true, yes and on, and their contraries. */
  boolean flag(String key) {
    try {
      return root.toConfig().getBoolean(key);
    } catch (ConfigException e) {
      throw refused(key, value(key), "true or false");
    }
  }

  List<String> texts(String key) {
    return list(key, element -> text(key, element));
  }

  List<Double> numbers(String key) {
    return list(key, element -> number(key, element));
  }

  List<Integer> integers(String key) {
    return list(key, element -> integer(key, element));
  }

  List<Long> wholes(String key) {
    return list(key, element -> whole(key, element));
  }

  private <T> List<T> list(String key, Function<ConfigValue, T> meaning) {
    ConfigValue value = value(key);
    if (value instanceof ConfigList list) {
      return list.stream().map(meaning).toList();
    }
    throw refused(key, value, "a list, as [1, 2]");
  }

  private static String text(String key, ConfigValue value) {
    return switch (value.valueType()) {
      case STRING -> (String) value.unwrapped();
      // As it was written: 007 stays 007.
      case NUMBER, BOOLEAN -> value.atKey("text").getString("text");
      default -> throw refused(key, value, "a text");
    };
  }

  private static double number(String key, ConfigValue value) {
    double number = Double.parseDouble(decimal(key, value, "a number").toString());
    if (!Double.isFinite(number)) {
      throw refused(key, value, "a finite number");
    }
    return number;
  }

  private static long whole(String key, ConfigValue value) {
    BigDecimal decimal = decimal(key, value, "a whole number");
    if (decimal.stripTrailingZeros().scale() > 0) {
      throw refused(key, value, "a whole number");
    }
    try {
      return decimal.longValueExact();
    } catch (ArithmeticException e) {
      throw refused(key, value, "a whole number between -2^63 and 2^63");
    }
  }

  /** A text that is a number is one too, as in HOCON, since all values of properties are texts. */
  private static BigDecimal decimal(String key, ConfigValue value, String expected) {
    try {
      return switch (value.valueType()) {
        case NUMBER, STRING -> new BigDecimal(text(key, value));
        default -> throw refused(key, value, expected);
      };
    } catch (NumberFormatException e) {
      throw refused(key, value, expected);
    }
  }

  private ConfigValue value(String key) {
    ConfigValue value = root;
    for (String name : ConfigUtil.splitPath(key)) {
      value = ((ConfigObject) value).get(name);
    }
    return value;
  }

  private static InvalidConfigException refused(String key, ConfigValue value, String expected) {
    return new InvalidConfigException(
        Origins.of(value)
            + ": "
            + key
            + " must be "
            + expected
            + ", found "
            + Origins.shown(value));
  }
}
