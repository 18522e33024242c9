"""Makes two small functional models as Keras 2.14 and Keras 3.9 write them, and what they predict.

Usage: keras-functional.py FOLDER; needs h5py and NumPy, not Keras. The models have random weights
and the configuration that Keras writes for the same layers, as far as it matters to a reader.
Predictions are computed by the layers' published definitions, in Keras' own layout [height, width,
channels]; pixel (y, x, c) of the image is ((7 y + 13 x + 29 c) mod 64) / 63.
"""

import json
import pathlib
import sys

import h5py
import numpy as np

random = np.random.default_rng(20)
weights = {}


def layer(version, kind, name, inputs, **config):
    config["name"] = name
    if version == 2:
        nodes = [[[each, 0, 0, {}] for each in inputs]] if inputs else []
    elif inputs:
        tensors = [
            {
                "class_name": "__keras_tensor__",
                "config": {"shape": [None], "dtype": "float32", "keras_history": [each, 0, 0]},
            }
            for each in inputs
        ]
        nodes = [{"args": [tensors] if len(tensors) > 1 else tensors, "kwargs": {}}]
    else:
        nodes = []
    if version == 3 and kind != "InputLayer":
        config["dtype"] = {
            "module": "keras",
            "class_name": "DTypePolicy",
            "config": {"name": "float32"},
            "registered_name": None,
        }
    return {"class_name": kind, "name": name, "config": config, "inbound_nodes": nodes}


def model(version):
    shape = "batch_input_shape" if version == 2 else "batch_shape"
    same = dict(padding="same", data_format="channels_last", use_bias=True, groups=1)
    norm = dict(axis=[3], momentum=0.9, epsilon=0.01, center=True, scale=True)
    flat_norm = dict(norm, axis=[1])
    layers = [
        layer(version, "InputLayer", "in", [], **{shape: [None, 6, 5, 2]}),
        layer(version, "Conv2D", "wide", ["in"], filters=3, kernel_size=[3, 3], strides=[1, 1],
              dilation_rate=[1, 1], activation="linear", **same),
        layer(version, "BatchNormalization", "norm", ["wide"], **norm),
        layer(version, "ReLU", "relu", ["norm"], max_value=None, negative_slope=0.0, threshold=0.0),
        layer(version, "Conv2D", "point", ["in"], filters=3, kernel_size=[1, 1], strides=[1, 1],
              dilation_rate=[1, 1], activation="tanh", trainable=False, **same),
        layer(version, "Add", "sum", ["relu", "point"]),
        layer(version, "Concatenate", "both", ["sum", "in"], axis=-1),
        layer(version, "AveragePooling2D", "pool", ["both"], pool_size=[2, 2], strides=[2, 2],
              padding="valid", data_format="channels_last"),
        layer(version, "Flatten", "flat", ["pool"], data_format="channels_last"),
        layer(version, "BatchNormalization", "flatnorm", ["flat"], **flat_norm),
        layer(version, "Dropout", "drop", ["flatnorm"], rate=0.25),
        layer(version, "Dense", "hidden", ["drop"], units=4, activation="elu", use_bias=True,
              kernel_regularizer={"class_name": "L2", "config": {"l2": 0.01}}),
        layer(version, "Dense", "out", ["hidden"], units=3, activation="softmax", use_bias=True),
    ]
    ends = ([["in", 0, 0]], [["out", 0, 0]]) if version == 2 else (["in", 0, 0], ["out", 0, 0])
    config = {"name": "m", "layers": layers, "input_layers": ends[0], "output_layers": ends[1]}
    return {"class_name": "Functional", "config": config}


def make(name, *shape):
    return (0.3 * random.normal(size=shape)).astype(np.float32)


def norm_weights(channels):
    return {
        "gamma": make("", channels),
        "beta": make("", channels),
        "moving_mean": make("", channels),
        "moving_variance": np.abs(make("", channels)) + np.float32(0.5),
    }


weights["wide"] = {"kernel": make("", 3, 3, 2, 3), "bias": make("", 3)}
weights["norm"] = norm_weights(3)
weights["point"] = {"kernel": make("", 1, 1, 2, 3), "bias": make("", 3)}
weights["flatnorm"] = norm_weights(3 * 2 * 5)
weights["hidden"] = {"kernel": make("", 30, 4), "bias": make("", 4)}
weights["out"] = {"kernel": make("", 4, 3), "bias": make("", 3)}


def same_convolution(x, kernel, bias):
    height, width = kernel.shape[:2]
    padded = np.pad(x, ((height // 2,) * 2, (width // 2,) * 2, (0, 0)))
    out = np.zeros((*x.shape[:2], kernel.shape[3]))
    for dy in range(height):
        for dx in range(width):
            out += padded[dy : dy + x.shape[0], dx : dx + x.shape[1]] @ kernel[dy, dx]
    return out + bias


def normed(x, gamma, beta, moving_mean, moving_variance):
    return gamma * (x - moving_mean) / np.sqrt(moving_variance + 0.01) + beta


def predict():
    w = {k: {n: a.astype(np.float64) for n, a in v.items()} for k, v in weights.items()}
    y, x, c = np.mgrid[0:6, 0:5, 0:2]
    image = ((7 * y + 13 * x + 29 * c) % 64) / 63.0
    wide = np.maximum(normed(same_convolution(image, **w["wide"]), **w["norm"]), 0)
    point = np.tanh(same_convolution(image, **w["point"]))
    both = np.concatenate([wide + point, image], axis=-1)
    pool = both[:, :4].reshape(3, 2, 2, 2, 5).mean(axis=(1, 3))
    flat = normed(pool.reshape(-1), **w["flatnorm"])
    hidden = flat @ w["hidden"]["kernel"] + w["hidden"]["bias"]
    hidden = np.where(hidden > 0, hidden, np.expm1(hidden))
    logits = hidden @ w["out"]["kernel"] + w["out"]["bias"]
    e = np.exp(logits - logits.max())
    return e / e.sum()


folder = pathlib.Path(sys.argv[1])
for version in (2, 3):
    with h5py.File(folder / f"keras-{version}-functional.h5", "w") as file:
        file.attrs["model_config"] = json.dumps(model(version))
        group = file.create_group("model_weights")
        for each in model(version)["config"]["layers"]:
            name = each["config"]["name"]
            own = group.create_group(name)
            paths = []
            for kind, values in weights.get(name, {}).items():
                path = f"{name}/{kind}:0" if version == 2 else f"m/{name}/{kind}"
                own[path] = values
                paths.append(path)
            own.attrs["weight_names"] = np.array(paths, dtype=h5py.string_dtype()) if paths else []
print(",".join("%.9g" % p for p in predict()))
