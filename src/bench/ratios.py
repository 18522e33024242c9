#!/usr/bin/env python3
"""Prints how many times as fast the accelerated network is as each other engine.

Of several turns the median counts, of times as of ratios, which are taken turn by turn.
"""

import json
import statistics
import sys


def main():
    with open(sys.argv[1], encoding="utf-8") as lines:
        results = [json.loads(line) for line in lines]
    cases = {}
    for result in results:
        case = (result["model"], result["phase"], result["batch"], result["threads"])
        turns = cases.setdefault(case, {}).setdefault(result["engine"], [])
        turns.append(result["median_ms"])
    for (model, phase, batch, threads), turns in cases.items():
        ours = turns.get("accelerated")
        if ours is None:
            continue
        print(f"{model} {phase}, batch {batch}, {threads} threads: {statistics.median(ours):.1f} ms")
        for engine, theirs in sorted(turns.items()):
            if engine != "accelerated":
                ratio = statistics.median(other / own for own, other in zip(ours, theirs))
                print(f"  {ratio:6.2f} x {engine} ({statistics.median(theirs):.1f} ms)")


if __name__ == "__main__":
    main()
