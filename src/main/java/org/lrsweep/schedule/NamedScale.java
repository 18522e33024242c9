package org.lrsweep.schedule;

/**
 * An amplitude scale of the user's own, given by the name of its class. The name is what is kept in
 * a saved model, so the class must be on the class path where the model is trained on.
 *
 * @param className a public class with a public constructor without parameters that implements
 *     {@link AmplitudeScale}
 */
public record NamedScale(String className) implements AmplitudeScale {

  private static final long serialVersionUID = 1L;

  /**
   * Loads the class once, so that a wrong name fails here and not in the middle of a run.
   *
   * @throws IllegalArgumentException if the class cannot be found or made, or is no scale
   */
  public NamedScale {
    Check.given("className", className);
    load(className);
  }

  @Override
  public double at(long cycle, long step) {
    return load(className).at(cycle, step);
  }

  private static AmplitudeScale load(String className) {
    try {
      ClassLoader loader = Thread.currentThread().getContextClassLoader();
      // Whose name a model holds may be any class: it is initialised once it is known to be a
      // scale.
      return Class.forName(className, false, loader)
          .asSubclass(AmplitudeScale.class)
          .getConstructor()
          .newInstance();
    } catch (ReflectiveOperationException | ClassCastException e) {
      throw new IllegalArgumentException(
          "scale must name a public class on the class path that implements "
              + AmplitudeScale.class.getName()
              + " and has a public constructor without parameters, found "
              + className,
          e);
    }
  }
}
