package org.lrsweep.testing;

import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A row of the table "Inputs tried" in docs/guarantees.md, on the test that tries the input. {@code
 * InputsTriedTest} writes the table. A test with a parameter source gives its rows as {@link Tried}
 * instead.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@Repeatable(TriedInput.All.class)
public @interface TriedInput {

  /** What is given, in words or as a person writes it; Markdown. */
  String input();

  /** What comes of it: "is read as ...", or the message that refuses it; Markdown. */
  String gets();

  /** Several on one test. */
  @Retention(RetentionPolicy.RUNTIME)
  @Target(ElementType.METHOD)
  @interface All {

    /** In their order. */
    TriedInput[] value();
  }
}
