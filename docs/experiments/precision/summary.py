#!/usr/bin/env python3
"""Ratios of ranges and differences of accuracies between the runs float and bfloat16.

Usage: summary.py FOLDER_OF_CSV OUTPUT_FOLDER, both as run.sh has them. Writes ranges.csv and accuracies.csv,
a row for each seed, and prints means with standard errors.
"""
import csv
import math
import statistics
import sys
from pathlib import Path

PRECISIONS = ("float", "bfloat16")


def rows(folder, table):
    with open(Path(folder) / f"{table}.csv", newline="", encoding="utf-8") as file:
        return [row for row in csv.DictReader(file) if row["run_id"] in PRECISIONS]


def pairs(values):
    """Of {(key, precision): value} those keys that both precisions have, in order."""
    for key in sorted({key for key, _ in values}):
        pair = [values.get((key, precision)) for precision in PRECISIONS]
        if None in pair:
            print(f"{key}: not in both runs, left out")
        else:
            yield key, *pair


def mean(values):
    error = statistics.stdev(values) / math.sqrt(len(values)) if len(values) > 1 else math.nan
    return f"{statistics.mean(values):.4g} ± {error:.2g}"


def write(folder, name, header, lines):
    with open(Path(folder) / name, "w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(lines)


def ranges(tables):
    """The bounds of descent, of each test alone."""
    lines = []
    for bound in ("min_lr", "max_lr"):
        values = {
            (int(row["repeat"]) + 1, row["run_id"]): float(row[bound])
            for row in rows(tables, "finder_repeats")
            if row["method"] == "descent" and row[bound]
        }
        found = [[bound, seed, one, two, f"{two / one:.4f}"] for seed, one, two in pairs(values)]
        logs = [math.log(float(line[4])) for line in found]
        if logs:
            farthest = max(math.exp(abs(log)) for log in logs)
            print(f"{bound}: bfloat16 / float, natural log {mean(logs)}, farthest factor {farthest:.3f}")
        lines += found
    return lines


def arm(row):
    return row["range_method"] or f"{row['base_lr']} to {row['max_lr']}"


def accuracies(tables):
    """The accuracies after the last epoch, in percent."""
    values = {
        ((arm(row), int(row["seed"])), row["run_id"]): 100 * float(row["final_val_accuracy"])
        for row in rows(tables, "trials")
        if row["status"] == "COMPLETED"
    }
    lines = [
        [name, seed, f"{one:.2f}", f"{two:.2f}", f"{two - one:+.2f}"]
        for (name, seed), one, two in pairs(values)
    ]
    for name in sorted({line[0] for line in lines}):
        own = [line for line in lines if line[0] == name]
        float_, bfloat16, difference = ([float(line[i]) for line in own] for i in (2, 3, 4))
        print(
            f"{name}, {len(own)} seeds: float {mean(float_)}, bfloat16 {mean(bfloat16)},"
            f" difference by seed {mean(difference)} points"
        )
    return lines


def main(tables, output):
    Path(output).mkdir(parents=True, exist_ok=True)
    write(output, "ranges.csv", ["bound", "seed", *PRECISIONS, "ratio"], ranges(tables))
    write(output, "accuracies.csv", ["range", "seed", *PRECISIONS, "difference"], accuracies(tables))


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(*sys.argv[1:])
