package org.lrsweep.curve;

import java.util.Objects;
import java.util.Optional;

/**
 * The columns of a curve's file that a person names; one that is empty is looked for by the names
 * that tools give it, see {@link CurveFile}.
 *
 * <p>A column is named as in the file's header, or in lower or upper case, or by its number from 1
 * where no column has that name.
 *
 * @param lr of the learning rate, the command line's {@code --lr-column}
 * @param loss of the loss, {@code --loss-column}
 * @param accuracy of the accuracy, {@code --accuracy-column}
 */
public record CurveColumns(Optional<String> lr, Optional<String> loss, Optional<String> accuracy) {

  /** No column is named: all are looked for. */
  public static final CurveColumns GUESSED =
      new CurveColumns(Optional.empty(), Optional.empty(), Optional.empty());

  /** Refuses nulls. */
  public CurveColumns {
    Objects.requireNonNull(lr, "lr");
    Objects.requireNonNull(loss, "loss");
    Objects.requireNonNull(accuracy, "accuracy");
  }
}
