#!/usr/bin/env python3
"""What each arm of run.sh reached on the test part, next to the best of the grid; rules by optimizer; and
how the best bound moves with the length of training.

Usage: summary.py FOLDER_OF_CSV OUTPUT_FOLDER, both as run.sh has them. Writes arms.csv, a row for each
trial, and prints tables in Markdown. The best bound of a grid is chosen by the mean over seeds on the
validation part; everything that is reported is of the test part.
"""
import csv
import math
import re
import statistics
import sys
from collections import defaultdict
from pathlib import Path

TUTORIAL = 0.01


def rows(folder, table):
    with open(Path(folder) / f"{table}.csv", newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def number(text):
    return float(text) if text else math.nan


def reached(trial, column):
    """In percent; a trial that diverged has reached nothing."""
    value = number(trial[column])
    return 100 * value if math.isfinite(value) else 0.0


def floor(confirm):
    """Beginning and turn of the floor: the ladder's rungs divide the way between them evenly."""
    bounds = {int(row["rung"]): float(row["max_lr"]) for row in confirm}
    rungs = len(bounds)
    step = (bounds[rungs] / bounds[1]) ** (1 / (rungs - 1))
    return bounds[1] / step, bounds[rungs] * step


def place(bound, begins, turns):
    return math.log(bound / begins) / math.log(turns / begins)


def mean(values):
    error = statistics.stdev(values) / math.sqrt(len(values)) if len(values) > 1 else math.nan
    return f"{statistics.mean(values):.2f} ± {error:.2f}"


def interpolated(grid, bound):
    """Test metric at a bound between two of the grid, linear on the logarithmic scale."""
    known = sorted(grid)
    bound = min(max(bound, known[0]), known[-1])
    above = next(i for i, rate in enumerate(known) if rate >= bound)
    if known[above] == bound:
        return statistics.mean(grid[bound])
    low, high = known[above - 1], known[above]
    part = math.log(bound / low) / math.log(high / low)
    return (1 - part) * statistics.mean(grid[low]) + part * statistics.mean(grid[high])


def peak(grid):
    """The bound at the top of a parabola through the best of a grid and its neighbours; none at its ends."""
    rates = sorted(grid)
    best = max(range(len(rates)), key=lambda i: grid[rates[i]])
    if best in (0, len(rates) - 1):
        return math.nan
    x = [math.log(rate) for rate in rates[best - 1 : best + 2]]
    y = [grid[rate] for rate in rates[best - 1 : best + 2]]
    left, right = (y[1] - y[0]) / (x[1] - x[0]), (y[2] - y[1]) / (x[2] - x[1])
    bend = (right - left) / (x[2] - x[0])
    return math.exp((x[0] + x[1]) / 2 - left / (2 * bend))


def lengths(cases):
    """Validation accuracies of every bound, by length."""
    for (pair, optimizer), runs in sorted(cases.items()):
        bounds = sorted(set.union(*(set(grid) for grid in runs.values())))
        print(f"\n| {pair}, {optimizer}, epochs | " + " | ".join(f"{b:g}" for b in bounds) + " | best |")
        print("|---" * (2 + len(bounds)) + "|")
        for epochs, grid in sorted(runs.items()):
            means = {bound: statistics.mean(found) for bound, found in grid.items()}
            best = peak(means)
            print(
                f"| {epochs} | "
                + " | ".join(f"{means[b]:.2f}" if b in means else "" for b in bounds)
                + (f" | {best:.2g} |" if math.isfinite(best) else " | |")
            )


def main(tables, output):
    trials, confirmed = defaultdict(list), defaultdict(list)
    for row in rows(tables, "trials"):
        trials[row["run_id"]].append(row)
    for row in rows(tables, "finder_confirm"):
        confirmed[row["run_id"]].append(row)
    cases, by_length = {}, defaultdict(dict)
    lines = []
    for run, found in sorted(trials.items()):
        arms, grid, validation = defaultdict(list), defaultdict(list), defaultdict(list)
        bounds = {}
        for trial in found:
            bound = float(trial["max_lr"])
            method = trial["range_method"]
            if method:
                arms[method].append(reached(trial, "test_metric"))
                bounds[method] = bound
            else:
                grid[bound].append(reached(trial, "test_metric"))
                validation[bound].append(reached(trial, "val_metric"))
            lines.append(
                [run, method or "grid", trial["seed"], trial["base_lr"], trial["max_lr"]]
                + [trial["status"], trial["val_metric"], trial["test_metric"]]
            )
        pair, optimizer = RUN.match(run).groups()
        by_length[pair, optimizer][int(found[0]["epochs"])] = validation
        if run != f"{pair}-{optimizer}":
            continue
        if not confirmed[run] or not grid:
            print(f"{run}: no floor or no grid, left out")
            continue
        best = max(validation, key=lambda bound: statistics.mean(validation[bound]))
        begins, turns = floor(confirmed[run])
        cases[run] = (arms, bounds, grid, best, begins, turns)
    with open(Path(output) / "arms.csv", "w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(
            ["case", "arm", "seed", "base_lr", "max_lr", "status", "val_metric", "test_metric"]
        )
        writer.writerows(lines)

    print("\n| case | best bound | its accuracy | place | " + " | ".join(["tutorial"] + METHODS) + " |")
    print("|---" * (5 + len(METHODS)) + "|")
    for run, (arms, bounds, grid, best, begins, turns) in cases.items():
        cells = [mean(grid[TUTORIAL])] if TUTORIAL in grid else [""]
        for method in METHODS:
            cells.append(f"{mean(arms[method])} at {bounds[method]:.3g}" if method in arms else "none")
        print(
            f"| {run} | {best:g} | {mean(grid[best])} | {place(best, begins, turns):.2f} | "
            + " | ".join(cells)
            + " |"
        )

    print("\n| case | floor begins | turns | place from the others | bound | loses, interpolated | descent loses | confirm loses | confirm-root loses |")
    print("|---" * 9 + "|")
    for run, (arms, _, grid, best, begins, turns) in cases.items():
        pair, optimizer = run.rsplit("-", 1)
        others = [
            place(case[3], case[4], case[5])
            for name, case in cases.items()
            if name.rsplit("-", 1)[0] != pair and name.rsplit("-", 1)[1] == optimizer
        ]
        if not others:
            continue
        at = statistics.median(others)
        bound = begins * (turns / begins) ** at
        oracle = statistics.mean(grid[best])
        loses = [oracle - interpolated(grid, bound)] + [
            oracle - statistics.mean(arms[method]) if method in arms else math.nan
            for method in ("descent", "confirm", "confirm-root")
        ]
        print(
            f"| {run} | {begins:.3g} | {turns:.3g} | {at:.2f} | {bound:.3g} | "
            + " | ".join(f"{loss:.2f}" for loss in loses)
            + " |"
        )
    lengths(by_length)


RUN = re.compile(r"(.+)-(momentum|adam)(?:-e\d+)?$")
METHODS = ["descent", "confirm", "confirm-root", "valley", "minimum", "smith"]

if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
