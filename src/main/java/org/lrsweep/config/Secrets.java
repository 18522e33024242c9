package org.lrsweep.config;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Passwords in URIs: what is printed or recorded must not hold one. */
public final class Secrets {
  /**
   * A scheme, then a user and a password. The password may hold slashes, as keys of S3 do; a port
   * and a path with an {@code @} in it is none.
   */
  private static final Pattern USER =
      Pattern.compile(
          "([A-Za-z][A-Za-z0-9+.-]*://)[^\\s\"'/@:\\[]*:"
              + "(?:[^\\s\"'/]*@|(?!\\d{1,5}/)[^\\s\"'@]*@)");

  private static final Pattern PARAMETER =
      Pattern.compile(
          "([?&;][^\\s\"'=&;]*(?:sig|secret|token|passw|pwd|credential|key)[^\\s\"'=&;]*=)"
              + "[^\\s\"'&;]+",
          Pattern.CASE_INSENSITIVE);

  private static final Pattern URI = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*://[^\\s\"']*");

  private Secrets() {}

  /** A text with {@code ***} in place of the users, passwords and keys of the URIs in it. */
  public static String masked(String text) {
    String withoutUsers = USER.matcher(text).replaceAll("$1***@");
    return URI.matcher(withoutUsers)
        .replaceAll(
            uri -> Matcher.quoteReplacement(PARAMETER.matcher(uri.group()).replaceAll("$1***")));
  }

  /** Whether a text has a URI with a password or a key in it. */
  static boolean isIn(String text) {
    return !masked(text).equals(text);
  }
}
