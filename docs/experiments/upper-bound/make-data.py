"""Makes the table and the sequences of this experiment, and networks for them: the same bytes each time.

Usage: python3 make-data.py FOLDER; needs scikit-learn (Debian: python3-sklearn).
"""
import csv
import json
import pathlib
import sys

import numpy
import sklearn.datasets

EXAMPLES = pathlib.Path(__file__).resolve().parents[3] / "conf" / "examples" / "data"
CLASSES = 10
FEATURES = 40
SEQUENCES = 3000
PITCHES = 6
MOST_STEPS = 20


def table(folder):
    numbers, classes = sklearn.datasets.make_classification(
        n_samples=20000,
        n_features=FEATURES,
        n_informative=12,
        n_redundant=8,
        n_classes=CLASSES,
        n_clusters_per_class=2,
        flip_y=0.02,
        class_sep=1.4,
        random_state=1,
    )
    with open(folder / "table.csv", "w", newline="") as out:
        rows = csv.writer(out)
        rows.writerow([f"x{i}" for i in range(FEATURES)] + ["class"])
        for row, of in zip(numbers, classes):
            rows.writerow([f"{number:.5f}" for number in row] + [f"c{of}"])


def sequences(folder):
    random = numpy.random.RandomState(2)
    with open(folder / "sequences.json", "w") as out:
        for i in range(SEQUENCES):
            steps = random.randint(12, MOST_STEPS + 1)
            pitch = 0.3 + 0.2 * (i % PITCHES) + random.normal(0, 0.03)
            wave = numpy.sin(pitch * numpy.arange(steps) + random.uniform(0, 6.28))
            wave += random.normal(0, 0.4, steps)
            line = {"wave": [round(float(x), 3) for x in wave], "pitch": f"p{i % PITCHES}"}
            print(json.dumps(line), file=out)


def network(folder, name, widths):
    """An example's network with other widths: a pair of inputs and outputs for each layer."""
    whole = json.loads((EXAMPLES / f"{name}.json").read_text())
    for conf, (inputs, outputs) in zip(whole["confs"], widths):
        layer = conf["layer"].get("underlying", conf["layer"])
        layer["nin"], layer["nout"] = inputs, outputs
    (folder / f"{name}.json").write_text(json.dumps(whole, indent=2))


target = pathlib.Path(sys.argv[1])
target.mkdir(parents=True, exist_ok=True)
table(target)
sequences(target)
network(target, "mlp", [(FEATURES, 64), (64, 64), (64, CLASSES)])
network(target, "lstm", [(1, 32), (32, PITCHES)])
