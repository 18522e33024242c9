package org.lrsweep.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.lrsweep.report.Panel.Axis;
import org.lrsweep.results.TrainStepRow;
import org.lrsweep.results.TrialRow;
import org.lrsweep.terminal.Numbers;

/** The learning rate of every step, a panel for each schedule, all on the same axes. */
final class SchedulePlot {
  private static final int MOST_PANELS = 16;
  private static final int MOST_POINTS = 2000;

  private final RunData data;
  private final long lastStep;
  private final double highestLr;

  private SchedulePlot(RunData data) {
    this.data = data;
    this.lastStep =
        data.trainSteps().values().stream()
            .mapToLong(steps -> steps.get(steps.size() - 1).step())
            .max()
            .orElse(1);
    this.highestLr = data.trials().stream().mapToDouble(TrialRow::maxLr).max().orElse(1);
  }

  /** The figure of a run whose trials took steps. */
  static Figure of(RunData data) {
    return new SchedulePlot(data).figure();
  }

  private Figure figure() {
    Map<Schedule, List<Integer>> ranks = new LinkedHashMap<>();

    for (int rank = 0; rank < data.trials().size(); rank++) {
      TrialRow trial = data.trials().get(rank);

      if (!data.stepsOf(trial).isEmpty()) {
        ranks.computeIfAbsent(Schedule.of(trial), schedule -> new ArrayList<>()).add(rank);
      }
    }

    List<Drawing> panels = new ArrayList<>();
    int count = Math.min(ranks.size(), MOST_PANELS);
    int columns = count <= 3 ? 1 : count <= 8 ? 2 : 4;
    ranks.entrySet().stream()
        .limit(count)
        .forEach(entry -> panels.add(panel(entry.getKey(), entry.getValue(), columns)));
    String hidden =
        ranks.size() > count ? ", the best " + count + " of " + ranks.size() + " schedules" : "";
    return new Figure(
        "Cyclical learning rates",
        data.run().runId() + ", learning rate by step, a panel for each schedule" + hidden,
        grid(panels, columns),
        columns == 4 ? 220 : 270,
        List.of());
  }

  private Panel panel(Schedule schedule, List<Integer> ranks, int columns) {
    boolean titled = columns < 4;
    Panel panel =
        new Panel(
            schedule.label() + ": " + trials(ranks),
            new Axis(titled ? "step" : "", 0, lastStep + 1, SchedulePlot::thousands),
            new Axis(titled ? "learning rate" : "", 0, highestLr * 1.04, this::rate));
    List<ThinnedSteps.Point> steps = ThinnedSteps.of(longest(ranks), MOST_POINTS).points();
    panel.addLine(
        steps.stream().mapToDouble(ThinnedSteps.Point::step).toArray(),
        steps.stream().mapToDouble(ThinnedSteps.Point::lr).toArray(),
        TrialStyle.of(ranks.get(0)).color(),
        PlotStyle.solid(2.2f));
    return panel;
  }

  /** One trial's line stands for all of a schedule: that of the one that came farthest. */
  private List<TrainStepRow> longest(List<Integer> ranks) {
    List<TrainStepRow> longest = List.of();

    for (int rank : ranks) {
      List<TrainStepRow> steps = data.stepsOf(data.trials().get(rank));
      longest = steps.size() > longest.size() ? steps : longest;
    }

    return longest;
  }

  private String trials(List<Integer> ranks) {
    return ranks.size() == 1 ? data.trials().get(ranks.get(0)).trialId() : ranks.size() + " trials";
  }

  private static List<List<Drawing>> grid(List<Drawing> panels, int columns) {
    List<List<Drawing>> rows = new ArrayList<>();

    for (int start = 0; start < panels.size(); start += columns) {
      List<Drawing> row =
          new ArrayList<>(panels.subList(start, Math.min(panels.size(), start + columns)));

      while (row.size() < columns) {
        row.add(Drawing.BLANK);
      }

      rows.add(row);
    }

    return rows;
  }

  /** All labels of the axis in one notation. */
  private String rate(double lr) {
    return highestLr >= 1e-3 ? Numbers.plain(lr) : Numbers.rate(lr);
  }

  private static String thousands(double step) {
    return step >= 10_000 ? Numbers.plain(step / 1000) + "k" : Numbers.plain(step);
  }
}
