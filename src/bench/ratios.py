#!/usr/bin/env python3
"""Prints how many times as fast the accelerated network is as each other engine.

A figure that was measured in several turns counts with its median.
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
        times = {engine: statistics.median(of_turns) for engine, of_turns in turns.items()}
        ours = times.get("accelerated")
        if ours is None:
            continue
        print(f"{model} {phase}, batch {batch}, {threads} threads: {ours:.1f} ms")
        for engine, ms in sorted(times.items()):
            if engine != "accelerated":
                print(f"  {ms / ours:6.2f} x {engine} ({ms:.1f} ms)")


if __name__ == "__main__":
    main()
