package org.lrsweep.acceleration.rewrite;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.deeplearning4j.optimize.api.TrainingListener;

/** Which listeners look at a training pass's activations. */
final class Watchers {

  private static final ClassValue<Boolean> WATCHES =
      new ClassValue<>() {
        @Override
        protected Boolean computeValue(Class<?> listener) {
          return overridesOnForwardPass(listener, Map.class)
              || overridesOnForwardPass(listener, List.class);
        }
      };

  private Watchers() {}

  static boolean areAmong(Collection<TrainingListener> listeners) {
    for (TrainingListener listener : listeners) {
      if (WATCHES.get(listener.getClass())) {
        return true;
      }
    }
    return false;
  }

  private static boolean overridesOnForwardPass(Class<?> listener, Class<?> activations) {
    try {
      return listener.getMethod("onForwardPass", Model.class, activations).getDeclaringClass()
          != BaseTrainingListener.class;
    } catch (NoSuchMethodException e) {
      throw new IllegalStateException("not a training listener: " + listener.getName(), e);
    }
  }
}
