package org.lrsweep.config;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A {@code key=value} of a command line. A key that wants a text gets the value whole, as it is
 * written, unless it is quoted or has a substitution in it; every other value is HOCON. What HOCON
 * would cut off, after {@code #} or {@code //} for instance, is refused.
 */
final class Setting {
  private static final String EXAMPLE = "--set needs key=value, as in --set sweep.epochs=3; found ";

  private final String setting;
  private final List<String> path;
  private final String operator;
  private final String value;

  /**
   * @param root what every key stands under, which may be left out
   */
  Setting(String setting, String root) {
    this.setting = setting;
    int equals = setting.indexOf('=');
    String key = setting.substring(0, Math.max(0, equals)).strip();
    operator = key.endsWith("+") ? "+=" : "=";
    value = setting.substring(equals + 1).strip();
    if (key.length() < operator.length() || value.isEmpty()) {
      throw new InvalidConfigException(EXAMPLE + "'" + setting + "'");
    }
    try {
      List<String> named =
          ConfigUtil.splitPath(key.substring(0, key.length() + 1 - operator.length()));
      path =
          named.size() > 1 && named.get(0).equals(root)
              ? named
              : Stream.concat(Stream.of(root), named.stream()).toList();
    } catch (ConfigException e) {
      throw new InvalidConfigException(EXAMPLE + "'" + setting + "'", e);
    }
  }

  /** What messages call it. */
  String origin() {
    return "--set " + setting;
  }

  /** The key, from the root on. */
  List<String> path() {
    return path;
  }

  /**
   * HOCON that says the same.
   *
   * @param wanted the type of the key's default; of {@code NULL}, a text or a number may be meant
   * @throws InvalidConfigException if a part of the value would be dropped
   */
  String hocon(ConfigValueType wanted) {
    if (operator.equals("+=") && wanted != ConfigValueType.LIST) {
      throw new InvalidConfigException(
          origin() + " adds to a list, but this key has none; write = in place of +=");
    }
    return ConfigUtil.joinPath(path)
        + operator
        + (isPlain(wanted) ? ConfigUtil.quoteString(value) : hocon());
  }

  private boolean isPlain(ConfigValueType wanted) {
    boolean text = wanted == ConfigValueType.STRING || wanted == ConfigValueType.NULL;
    if (!text || value.startsWith("\"") || value.contains("${")) {
      return false;
    }
    Optional<ConfigValueType> type = parsed().map(ConfigValue::valueType);
    return type.isEmpty()
        || !(type.get() == ConfigValueType.NULL
            || (wanted == ConfigValueType.NULL && type.get() == ConfigValueType.NUMBER));
  }

  private String hocon() {
    if (parsed().isEmpty()) {
      boolean cut = value.contains("#") || value.contains("//");
      throw new InvalidConfigException(
          origin()
              + " is no value of HOCON"
              + (cut ? ", which takes what follows # or // for a comment" : "")
              + "; put a text with signs in it into double quotes, and these into single ones for"
              + " the shell, as in --set 'output=\"my runs\"'");
    }
    return value;
  }

  /**
   * The value as HOCON's own parser reads it, if it reads all of it: in a list, after a comment, a
   * comma or a bracket too many, the next element would be missing or another one.
   */
  private Optional<ConfigValue> parsed() {
    try {
      ConfigList list =
          (ConfigList) ConfigFactory.parseString("list = [" + value + ", end]").root().get("list");
      return list.size() == 2 ? Optional.of(list.get(0)) : Optional.empty();
    } catch (ConfigException e) {
      return Optional.empty();
    }
  }
}
