#!/usr/bin/env python3
"""Accuracy of each trial's weights on the validation part, and of those that it chose on the test set.

Usage: summary.py FOLDER_OF_CSV OUTPUT_FOLDER, both as run.sh has them. Writes trials.csv, a row for each seed,
and prints means with standard errors.
"""
import csv
import math
import statistics
import sys
from pathlib import Path

KINDS = ("last", "best", "swa", "ensemble")


def rows(folder, table):
    with open(Path(folder) / f"{table}.csv", newline="", encoding="utf-8") as file:
        return [row for row in csv.DictReader(file) if row["run_id"] == "fast"]


def mean(values):
    error = statistics.stdev(values) / math.sqrt(len(values)) if len(values) > 1 else math.nan
    return f"{statistics.mean(values):.2f} ± {error:.2f}"


def percent(value):
    return 100 * float(value) if value else math.nan


def main(tables, output):
    weights = {}
    for row in rows(tables, "weights"):
        weights[row["trial_id"], row["weights"]] = percent(row["val_metric"])
    header = ["seed", "base_lr", "max_lr", "test", *(f"validation {kind}" for kind in KINDS)]
    lines = []
    for trial in sorted(rows(tables, "trials"), key=lambda row: int(row["seed"])):
        lines.append(
            [trial["seed"], trial["base_lr"], trial["max_lr"], f"{percent(trial['test_metric']):.2f}"]
            + [f"{weights.get((trial['trial_id'], kind), math.nan):.2f}" for kind in KINDS]
        )
    with open(Path(output) / "trials.csv", "w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(lines)
    for place, name in enumerate(header[3:], start=3):
        print(f"{name}: {mean([float(line[place]) for line in lines])} %")


if __name__ == "__main__":
    main(*sys.argv[1:])
