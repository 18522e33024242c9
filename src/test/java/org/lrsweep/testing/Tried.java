package org.lrsweep.testing;

import java.util.List;
import java.util.stream.Stream;

/**
 * A case of a parameterized test that is a row of the table "Inputs tried" in docs/guarantees.md.
 * Its source is a static method without arguments that returns a {@code List<Tried>}; {@code
 * InputsTriedTest} finds it by that.
 *
 * @param input what is given, as a person writes it
 * @param gets what comes of it: the message, with three dots for what depends on the place
 */
public record Tried(String input, String gets) {

  /** The message's parts between the dots, in their order. */
  public List<String> sentence() {
    return Stream.of(gets.split("\\.\\.\\.")).filter(part -> !part.isBlank()).toList();
  }

  @Override
  public String toString() {
    return input;
  }
}
