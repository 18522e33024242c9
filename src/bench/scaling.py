#!/usr/bin/env python3
"""Fits a cost model to what `lrsweep bench --rounds --json` and `--trials --json` printed, and draws it.

    src/bench/scaling.py docs/scaling --plot docs/scaling/costs.png

The folder holds workers.jsonl (one network, numbers of workers), processes.jsonl (the same, a process
to each worker), parameters.jsonl (two workers, networks of many sizes), parameters-network.jsonl (the
same in two processes) and trials.jsonl. Needs Debian's python3-matplotlib.
"""

import argparse
import json
import pathlib

import matplotlib
import numpy

matplotlib.use("Agg")
from matplotlib import pyplot, ticker  # noqa: E402

MEGABYTE = 1e6

# Parameters and the optimizer's momentum, four bytes each.
STATE_BYTES = 8


class Line:
    """y = fixed + slope x, by least squares of the relative errors."""

    def __init__(self, what, unit, points):
        self.what = what
        self.unit = unit
        self.x, self.y = (numpy.array(values, float) for values in zip(*points))
        terms = numpy.vstack([numpy.ones_like(self.x), self.x]).T / self.y[:, None]
        (self.fixed, self.slope), *_ = numpy.linalg.lstsq(terms, numpy.ones_like(self.y), rcond=None)
        self.error = max(abs(self.at(self.x) / self.y - 1))

    def at(self, x):
        return self.fixed + self.slope * x

    def __str__(self):
        return (
            f"{self.what}: {self.fixed:.3g} {self.unit[0]} + {self.slope:.3g} {self.unit[0]} x {self.unit[1]}"
            f" (off by {100 * self.error:.0f} % at most)"
        )


def read(folder, name):
    with open(folder / name, encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def overheads(results, engine, key):
    return [(key(result), result["overhead_ms"]) for result in results if result["engine"] == engine]


def workers(result):
    return result["workers"]


def megabytes(result):
    return result["parameters"] * STATE_BYTES / MEGABYTE


def draw(axes, lines, x_label, y_label, ticks=()):
    for line in lines:
        (points,) = axes.plot(line.x, line.y, "o", label=line.what)
        reach = numpy.geomspace(line.x[0], line.x[-1], 100)
        axes.plot(reach, line.at(reach), color=points.get_color(), linewidth=1)
    axes.set_xscale("log")
    axes.set_yscale("log")
    if ticks:
        axes.set_xticks(ticks, labels=[str(tick) for tick in ticks])
        axes.xaxis.set_minor_locator(ticker.NullLocator())
    for axis in (axes.yaxis,) if ticks else (axes.xaxis, axes.yaxis):
        axis.set_major_formatter(ticker.FormatStrFormatter("%g"))
    axes.set_xlabel(x_label)
    axes.set_ylabel(y_label)
    axes.grid(True, which="major", alpha=0.3)
    axes.legend(frameon=False, fontsize=8)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--plot", help="a PNG file to draw")
    options = parser.parse_args()

    # A single worker has no barrier.
    together = [result for result in read(options.folder, "workers.jsonl") if result["workers"] > 1]
    apart = [result for result in read(options.folder, "processes.jsonl") if result["workers"] > 1]
    sizes = read(options.folder, "parameters.jsonl")
    by_network = read(options.folder, "parameters-network.jsonl")
    trials = [(trial["trials"], trial["seconds"]) for trial in read(options.folder, "trials.jsonl")]
    rounds = [
        Line("a barrier in one JVM", ("ms", "worker"), overheads(together, "lrsweep", workers)),
        Line("a barrier of processes", ("ms", "worker"), overheads(apart, "lrsweep", workers)),
        Line("a job each", ("ms", "worker"), overheads(together, "lrsweep-single", workers)),
    ]
    states = [
        Line("two states in one JVM", ("ms", "MB"), overheads(sizes, "lrsweep", megabytes)),
        Line("two states, by network", ("ms", "MB"), overheads(by_network, "lrsweep", megabytes)),
    ]
    # One trial leaves a slot idle.
    sweeps = [Line("a sweep on two slots", ("s", "trial"), trials[1:])]
    for line in rounds + states + sweeps:
        print(line)
    # Processes compete for this machine's cores, as workers of a cluster would not.
    for count in (100, 1000):
        costs = [f"{line.what} {line.at(count):.0f} ms" for line in (rounds[0], rounds[2])]
        print(f"{count} workers: {', '.join(costs)}")

    if options.plot:
        figure, (left, middle, right) = pyplot.subplots(1, 3, figsize=(12, 3.6))
        draw(left, rounds, "workers", "overhead of a round, ms", [2, 4, 8, 16, 32])
        draw(middle, states, "state, MB", "overhead of a round, ms")
        draw(right, sweeps, "trials", "seconds", [2, 4, 8, 16, 32, 64])
        figure.tight_layout()
        figure.savefig(options.plot, dpi=110, metadata={"Software": None})


if __name__ == "__main__":
    main()
