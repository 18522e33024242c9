package org.lrsweep.network.load;

import java.lang.reflect.InvocationTargetException;
import java.util.function.Supplier;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;

/** A user's class that makes a configuration. */
final class NetworkClass {
  private static final String EXPECTED =
      "a java.util.function.Supplier of a ComputationGraphConfiguration or a MultiLayerConfiguration, with a public constructor without arguments";

  private NetworkClass() {}

  /**
   * What the class supplies.
   *
   * @param name of a class in a jar that Spark was given by {@code --jars}
   * @throws IllegalArgumentException if there is no such class, it is no such supplier, or it
   *     throws
   */
  static ConfigurationJson configuration(String name) {
    Object supplied = supplied(name);
    if (supplied instanceof ComputationGraphConfiguration graph) {
      return ConfigurationJson.of(graph);
    }
    if (supplied instanceof MultiLayerConfiguration layers) {
      return ConfigurationJson.of(layers);
    }
    throw new IllegalArgumentException(
        "%s must be %s; it supplied %s"
            .formatted(name, EXPECTED, supplied == null ? "null" : supplied.getClass().getName()));
  }

  private static Object supplied(String name) {
    Supplier<?> supplier = supplier(name);
    try {
      return supplier.get();
    } catch (RuntimeException | LinkageError e) {
      throw new IllegalArgumentException("%s threw %s".formatted(name, e), e);
    }
  }

  private static Supplier<?> supplier(String name) {
    try {
      Class<?> type = Class.forName(name, true, Thread.currentThread().getContextClassLoader());
      if (type.getConstructor().newInstance() instanceof Supplier<?> supplier) {
        return supplier;
      }
      throw new IllegalArgumentException("%s must be %s".formatted(name, EXPECTED));
    } catch (ClassNotFoundException e) {
      throw new IllegalArgumentException(
          "there is no class %s; give its jar with --jars".formatted(name), e);
    } catch (LinkageError e) {
      throw new IllegalArgumentException("%s can't be loaded: %s".formatted(name, e), e);
    } catch (InvocationTargetException e) {
      throw new IllegalArgumentException("%s threw %s".formatted(name, e.getCause()), e);
    } catch (ReflectiveOperationException e) {
      throw new IllegalArgumentException("%s must be %s".formatted(name, EXPECTED), e);
    }
  }
}
