package org.lrsweep.config;

/** Range checks that name the key, the range and what was found. */
final class Check {
  private Check() {}

  static void that(boolean holds, String key, String expected, Object found) {
    if (!holds) {
      throw new InvalidConfigException(key + " must be " + expected + ", found " + found);
    }
  }

  static void atLeast(long minimum, String key, long found) {
    that(found >= minimum, key, ">= " + minimum, found);
  }

  static void fraction(String key, double found) {
    that(found >= 0 && found < 1, key, ">= 0 and < 1", found);
  }

  /** The value may be a URI; one with a password would be in every log and table. */
  static void withoutPassword(String key, String uri) {
    if (Secrets.isIn(uri)) {
      throw new InvalidConfigException(
          key
              + " must be a URI without a password; give credentials to the file system by"
              + " spark.hadoop properties or a credential provider");
    }
  }
}
