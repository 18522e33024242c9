package org.lrsweep.training.state;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodHandles.Lookup;
import java.lang.invoke.MethodType;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * The classes, methods and fields of Spark that this room calls. The JVM looks for each only when
 * it is first called; whoever is to know before calls {@link #missing}. They are listed in the
 * resource {@code needed-of-spark.txt}, one a line, which a test writes from this room's classes.
 */
public final class NeededSpark {
  private static final String LIST = "needed-of-spark.txt";

  private NeededSpark() {}

  /** What this JVM's Spark has not, or has otherwise: the first such thing; empty if nothing. */
  public static Optional<String> missing() {
    return missing(NeededSpark.class.getClassLoader());
  }

  static Optional<String> missing(ClassLoader spark) {
    return lines().stream().flatMap(line -> problem(line, spark).stream()).findFirst();
  }

  /** What is needed: a kind, an owner, and of a member its name and descriptor. */
  static List<String> lines() {
    try (InputStream list = NeededSpark.class.getResourceAsStream(LIST)) {
      return new String(list.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Optional<String> problem(String line, ClassLoader spark) {
    String[] parts = line.split(" ", -1);
    try {
      find(parts, spark);
      return Optional.empty();
    } catch (ReflectiveOperationException | LinkageError | TypeNotPresentException e) {
      String member = parts.length == 2 ? "" : "." + parts[2];
      return Optional.of("this Spark has no " + parts[1] + member + " as LRSweep calls it");
    }
  }

  private static void find(String[] parts, ClassLoader spark) throws ReflectiveOperationException {
    Class<?> owner = Class.forName(parts[1], false, spark);
    if (parts.length == 2) {
      return;
    }
    String name = parts[2];
    String descriptor = parts[3];
    Lookup lookup = MethodHandles.publicLookup();
    switch (parts[0]) {
      case "constructor" -> lookup.findConstructor(owner, type(descriptor, spark));
      case "static" -> lookup.findStatic(owner, name, type(descriptor, spark));
      case "virtual" -> lookup.findVirtual(owner, name, type(descriptor, spark));
      case "field" ->
          lookup.findStaticGetter(owner, name, type("()" + descriptor, spark).returnType());
      default -> throw new IllegalStateException(LIST + ": " + String.join(" ", parts));
    }
  }

  private static MethodType type(String descriptor, ClassLoader spark) {
    return MethodType.fromMethodDescriptorString(descriptor, spark);
  }
}
