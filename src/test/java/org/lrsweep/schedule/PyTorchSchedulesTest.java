package org.lrsweep.schedule;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Against values of PyTorch's CyclicLR, OneCycleLR, CosineAnnealingWarmRestarts and LinearLR;
 * pytorch-schedules.py makes them.
 */
class PyTorchSchedulesTest {

  private static final double RELATIVE = 1e-12;

  /** The momentum that the optimizer has where a schedule leaves it alone. */
  private static final double OPTIMIZERS = 0.9;

  private static final Map<String, Schedule> SCHEDULES =
      Map.ofEntries(
          entry("triangular", momentum(cyclical(CyclicPolicy.TRIANGULAR, 1.0))),
          entry("triangular2", momentum(cyclical(CyclicPolicy.TRIANGULAR2, 1.0))),
          entry("exp_range", momentum(cyclical(CyclicPolicy.EXP_RANGE, 0.9994))),
          entry("cosine_restarts", new CosineRestarts(1e-5, 1e-2, 50, 1)),
          entry("cosine_restarts_growing", new CosineRestarts(1e-5, 1e-2, 20, 2)),
          entry("linear", new LinearDecay(1e-2, 300)),
          entry(
              "asymmetric",
              new CycledMomentum(
                  new CustomCycle(
                      1e-3, 6e-3, 20, 50, new PolicyScale(CyclicPolicy.TRIANGULAR2, 1.0)),
                  0.85,
                  0.95)),
          entry(
              "own_scale_of_cycle",
              momentum(new CustomCycle(1e-3, 6e-3, 20, 20, (cycle, step) -> 1.0 / cycle))),
          entry(
              "own_scale_of_step",
              momentum(
                  new CustomCycle(1e-3, 6e-3, 20, 20, (cycle, step) -> 1 / (1 + step / 10.0)))),
          entry(
              "one_cycle_cos",
              oneCycle(
                  new OneCycleSchedule(
                      1e-2 / 25,
                      1e-2,
                      1e-2 / 25 / 1e4,
                      300,
                      0.3,
                      Annealing.COSINE,
                      OneCycleSchedule.FinalAnnealing.WITHIN_DESCENT))),
          entry(
              "one_cycle_linear",
              oneCycle(
                  new OneCycleSchedule(
                      1e-3,
                      1e-2,
                      1e-5,
                      300,
                      0.25,
                      Annealing.LINEAR,
                      OneCycleSchedule.FinalAnnealing.WITHIN_DESCENT))),
          entry(
              "one_cycle_three_phase_cos",
              oneCycle(
                  new OneCycleSchedule(
                      1e-2 / 25,
                      1e-2,
                      1e-2 / 25 / 1e4,
                      300,
                      0.4,
                      Annealing.COSINE,
                      OneCycleSchedule.FinalAnnealing.AFTER_DESCENT))),
          entry(
              "one_cycle_three_phase_linear",
              oneCycle(
                  new OneCycleSchedule(
                      1e-2 / 25,
                      1e-2,
                      1e-2 / 25 / 1e4,
                      301,
                      0.37,
                      Annealing.LINEAR,
                      OneCycleSchedule.FinalAnnealing.AFTER_DESCENT))));

  private static final List<Value> VALUES = values();

  private record Value(String schedule, long step, double lr, double momentum) {}

  static List<String> names() {
    return SCHEDULES.keySet().stream().sorted().toList();
  }

  @ParameterizedTest
  @MethodSource("names")
  void agreesWithPyTorch(String name) {
    Schedule schedule = SCHEDULES.get(name);

    List<Value> expected = VALUES.stream().filter(v -> v.schedule().equals(name)).toList();
    assertThat(expected).hasSizeGreaterThan(60);
    // PyTorch multiplies step after step where its linear rate has a formula.
    double tolerance = name.equals("linear") ? RELATIVE * expected.size() : RELATIVE;
    for (Value value : expected) {
      assertThat(schedule.learningRate(value.step()))
          .as("learning rate of step %d", value.step())
          .isCloseTo(value.lr(), within(tolerance * value.lr()));
      assertThat(schedule.momentum(value.step()).orElse(OPTIMIZERS))
          .as("momentum of step %d", value.step())
          .isCloseTo(value.momentum(), within(RELATIVE * value.momentum()));
    }
  }

  @Test
  void everyScheduleOfTheFileIsCompared() {
    assertThat(VALUES).extracting(Value::schedule).isSubsetOf(SCHEDULES.keySet());
  }

  private static CyclicalSchedule cyclical(CyclicPolicy policy, double gamma) {
    return new CyclicalSchedule(policy, 1e-5, 1e-2, 250, gamma);
  }

  private static CycledMomentum momentum(Cyclical schedule) {
    return new CycledMomentum(schedule, 0.8, 0.9);
  }

  private static CycledMomentum oneCycle(OneCycleSchedule schedule) {
    return new CycledMomentum(schedule, 0.85, 0.95);
  }

  private static List<Value> values() {
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                PyTorchSchedulesTest.class.getResourceAsStream("pytorch-schedules.csv"), UTF_8))) {
      return reader
          .lines()
          .filter(line -> !line.startsWith("#") && !line.startsWith("schedule"))
          .map(line -> line.split(",", -1))
          .map(
              cell ->
                  new Value(
                      cell[0],
                      Long.parseLong(cell[1]),
                      Double.parseDouble(cell[2]),
                      Double.parseDouble(cell[3])))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
