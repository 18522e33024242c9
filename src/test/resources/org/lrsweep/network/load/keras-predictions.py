"""Writes what Keras' models in a folder say to two images, with NumPy alone from their weights.

Usage: keras-predictions.py FOLDER > keras-predictions.csv; needs h5py and NumPy. Keras itself is
not needed: layers are computed by their published definitions, in double precision, in Keras' own
layout [height, width, channels]. Pixel (y, x) of image i is ((31 i + 7 y + 13 x) mod 256) / 255.
A line of the output is the file's name, the image and the ten probabilities.
"""

import json
import pathlib
import sys

import h5py
import numpy as np


def image(i, height, width):
    y, x = np.mgrid[0:height, 0:width]
    return (((31 * i + 7 * y + 13 * x) % 256) / 255.0)[:, :, None]


def convolution(x, kernel, bias):
    height, width = kernel.shape[:2]
    rows, columns = x.shape[0] - height + 1, x.shape[1] - width + 1
    out = np.zeros((rows, columns, kernel.shape[3]))
    for dy in range(height):
        for dx in range(width):
            out += x[dy : dy + rows, dx : dx + columns] @ kernel[dy, dx]
    return out + bias


def pooling(x):
    rows, columns = x.shape[0] // 2, x.shape[1] // 2
    return x[: 2 * rows, : 2 * columns].reshape(rows, 2, columns, 2, -1).max(axis=(1, 3))


def activation(name, x):
    if name == "relu":
        return np.maximum(x, 0)
    if name == "softmax":
        e = np.exp(x - x.max())
        return e / e.sum()
    raise ValueError(name)


def predict(file, x):
    for layer in json.loads(file.attrs["model_config"])["config"]["layers"]:
        kind, config = layer["class_name"], layer["config"]
        group = file["model_weights"].get(config["name"])
        names = group.attrs["weight_names"] if group is not None else []
        weights = [np.asarray(group[name], dtype=np.float64) for name in names]
        if kind == "Conv2D":
            assert config["padding"] == "valid" and config["strides"] == [1, 1]
            x = activation(config["activation"], convolution(x, *weights))
        elif kind == "MaxPooling2D":
            assert config["pool_size"] == config["strides"] == [2, 2]
            x = pooling(x)
        elif kind == "Flatten":
            x = x.reshape(-1)
        elif kind == "Dense":
            x = activation(config["activation"], x @ weights[0] + weights[1])
        elif kind not in ("InputLayer", "Dropout"):
            raise ValueError(kind)
    return x


for path in sorted(pathlib.Path(sys.argv[1]).glob("*.h5")):
    with h5py.File(path) as file:
        for i in range(2):
            values = ",".join("%.9g" % p for p in predict(file, image(i, 28, 28)))
            print(f"{path.name},{i},{values}")
