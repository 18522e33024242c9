package org.lrsweep.curve;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The columns of a table that make a curve, by their index from 0.
 *
 * @param smoothed of the losses as another tool smoothed them
 */
record ColumnChoice(int lr, int loss, OptionalInt smoothed, OptionalInt accuracy) {

  private static final Set<String> LR =
      Set.of("lr", "lrs", "learningrate", "learningrates", "trainlr", "trainlearningrate");
  private static final Set<String> LOSS =
      Set.of(
          "loss", "losses", "trainloss", "trainlosses", "trainingloss", "batchloss", "losstrain");
  private static final Set<String> SMOOTHED = Set.of("smoothedloss");
  private static final Set<String> ACCURACY =
      Set.of("accuracy", "acc", "trainaccuracy", "trainacc", "trainingaccuracy");

  /** Lightning's LearningRateMonitor. */
  private static final Pattern OF_OPTIMIZER = Pattern.compile("lr-[A-Za-z]+");

  /** Weights &amp; Biases writes the run before the metric. */
  private static final Pattern RUN = Pattern.compile("^.* - ");

  private static final Pattern SEPARATORS = Pattern.compile("[\\s_./-]+");

  /**
   * Chooses by what a person named, and else by what tools name their columns.
   *
   * @throws CurveFileException if there is no such column, or several may be meant
   */
  static ColumnChoice of(CurveTable table, CurveColumns given) {
    if (table.names().stream().allMatch(String::isEmpty)
        && (given.lr().isEmpty() || given.loss().isEmpty())) {
      throw table.problem(
          "must have a header that names its columns, found "
              + String.join(", ", table.rows().get(0).cells())
              + " in "
              + table.rows().get(0).place()
              + "; write one, or number the columns from 1 with --lr-column and --loss-column");
    }
    OptionalInt lr = one(table, "lr", given.lr(), ColumnChoice::isLr);
    OptionalInt loss = one(table, "loss", given.loss(), name -> LOSS.contains(plain(name)));
    if (lr.isEmpty() || loss.isEmpty()) {
      throw table.problem(
          "must have the columns lr and loss, found "
              + String.join(", ", table.names())
              + mend(table, lr, loss));
    }
    return new ColumnChoice(
        lr.getAsInt(),
        loss.getAsInt(),
        one(table, "smoothed_loss", Optional.empty(), name -> SMOOTHED.contains(plain(name))),
        one(table, "accuracy", given.accuracy(), name -> ACCURACY.contains(plain(name))));
  }

  /** All columns that are read. */
  List<Integer> all() {
    return IntStream.concat(
            IntStream.of(lr, loss), IntStream.concat(smoothed.stream(), accuracy.stream()))
        .boxed()
        .toList();
  }

  /** What a person calls a column. */
  static String named(CurveTable table, int column) {
    String name = table.names().get(column);
    return name.isEmpty() ? "column " + (column + 1) : name;
  }

  private static String mend(CurveTable table, OptionalInt lr, OptionalInt loss) {
    if (table.names().containsAll(List.of("Step", "Value"))) {
      return "; TensorBoard exports one value a file: join those of lr and loss by Step";
    }
    String options =
        lr.isPresent()
            ? "--loss-column"
            : loss.isPresent() ? "--lr-column" : "--lr-column and --loss-column";
    return "; if others stand for them, name them with " + options;
  }

  private static boolean isLr(String name) {
    return LR.contains(plain(name)) || OF_OPTIMIZER.matcher(name).matches();
  }

  private static String plain(String name) {
    String metric = RUN.matcher(name).replaceFirst("");
    return SEPARATORS.matcher(metric).replaceAll("").toLowerCase(Locale.ROOT);
  }

  private static OptionalInt one(
      CurveTable table, String role, Optional<String> given, Predicate<String> known) {
    if (given.isPresent()) {
      return OptionalInt.of(given(table, role, given.get()));
    }
    List<Integer> exact = columns(table, role::equals);
    List<Integer> found = exact.isEmpty() ? columns(table, known) : exact;
    if (found.size() > 1) {
      throw table.problem(
          "has "
              + found.size()
              + " columns that may be the "
              + role
              + ", "
              + found.stream()
                  .map(column -> "'" + named(table, column) + "'")
                  .collect(Collectors.joining(", "))
              + "; name one with --"
              + role
              + "-column");
    }
    return found.isEmpty() ? OptionalInt.empty() : OptionalInt.of(found.get(0));
  }

  private static int given(CurveTable table, String role, String name) {
    List<Integer> found = columns(table, name::equals);
    if (found.isEmpty()) {
      found = columns(table, name::equalsIgnoreCase);
    }
    if (found.isEmpty() && name.matches("\\d{1,5}")) {
      int number = Integer.parseInt(name);
      found = number >= 1 && number <= table.names().size() ? List.of(number - 1) : List.of();
    }
    if (found.size() != 1) {
      throw table.problem(
          "must have one column '"
              + name
              + "', as --"
              + role
              + "-column says, found "
              + found.size()
              + " in "
              + IntStream.range(0, table.names().size())
                  .mapToObj(column -> named(table, column))
                  .collect(Collectors.joining(", ")));
    }
    return found.get(0);
  }

  private static List<Integer> columns(CurveTable table, Predicate<String> wanted) {
    return IntStream.range(0, table.names().size())
        .filter(column -> wanted.test(table.names().get(column)))
        .boxed()
        .toList();
  }
}
