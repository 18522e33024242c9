"""Writes scikit-learn's tables as CSV: python3 tables.py wine|diabetes|digits|breast_cancer FOLDER"""
import sys
import numpy as np
from sklearn import datasets

name, folder = sys.argv[1:]
data = getattr(datasets, "load_" + name)()
order = np.random.RandomState(7).permutation(len(data.target))
names = getattr(data, "target_names", None)
columns = ["f%d" % i for i in range(data.data.shape[1])] + ["answer"]
for part, rows in (("train", order[len(order) // 4:]), ("test", order[:len(order) // 4])):
    with open("%s/%s.csv" % (folder, part), "w") as out:
        print(",".join(columns), file=out)
        for i in rows:
            answer = data.target[i] if names is None else "%s of %s" % (names[data.target[i]], name)
            print(",".join(["%.17g" % x for x in data.data[i]] + [str(answer)]), file=out)
