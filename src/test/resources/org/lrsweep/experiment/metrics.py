"""Prints scikit-learn's metrics of two files of numbers: python3 metrics.py TASK ACTUAL PREDICTED"""
import sys
import numpy as np
from sklearn import metrics as m

task, actual, predicted = sys.argv[1:]
y, p = np.loadtxt(actual, ndmin=2), np.loadtxt(predicted, ndmin=2)
if task == "classification":
    found = {"accuracy": m.accuracy_score(y, p)}
elif task == "multi-label":
    found = {"micro_f1": m.f1_score(y, p > 0.5, average="micro"), "accuracy": np.mean(y == (p > 0.5))}
else:
    rmse = np.sqrt(m.mean_squared_error(y, p, multioutput="raw_values")).mean()
    found = {"rmse": rmse, "mae": m.mean_absolute_error(y, p), "r2": m.r2_score(y, p)}
for name, value in found.items():
    print(name, repr(float(value)))
