"""Where on the floor the best upper bounds of the grid lie, and how far off rules for it are.

Reads the table of best bounds in README.md, beside this script. A place on the floor is a part of the
way from its beginning to its turn on the logarithmic scale. Each rule is set on the other cases and
judged on the one that is left out. Usage: python3 floor-places.py
"""
import math
import pathlib
import re

ROW = re.compile(r"\| (momentum|Adam), (\d+) \| ([\d.]+) \(.*?\| .*? \| ([\d.e-]+) \| ([\d.e-]+) \|")
text = (pathlib.Path(__file__).parent / "README.md").read_text()
cases = [
    (optimizer, int(batch), float(best), float(begins), float(turns))
    for optimizer, batch, best, begins, turns in ROW.findall(text)
]
places = [math.log(best / begins) / math.log(turns / begins) for _, _, best, begins, turns in cases]


def off(bound, best):
    return f"{max(bound / best, best / bound):.1f}"


print("| case | place | by optimizer | one place for all | middle | descent | nearest of 5 rungs |")
print("|---|---|---|---|---|---|---|")
for i, (optimizer, batch, best, begins, turns) in enumerate(cases):
    def at(place):
        return begins * (turns / begins) ** place

    others = [j for j in range(len(cases)) if j != i]
    alike = [places[j] for j in others if cases[j][0] == optimizer]
    rungs = [at(rung / 6) for rung in range(1, 6)]
    nearest = min(rungs, key=lambda rung: abs(math.log(rung / best)))
    print(
        f"| {optimizer}, {batch} | {places[i]:.2f} | {off(at(sum(alike) / len(alike)), best)}"
        f" | {off(at(sum(places[j] for j in others) / len(others)), best)} | {off(at(0.5), best)}"
        f" | {off(min(at(0.5), 10 * begins), best)} | {off(nearest, best)} |"
    )
