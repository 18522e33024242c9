"""Makes two small sequential models of sequences as Keras 2.14 and Keras 3.9 write them, and what they predict.

Usage: keras-sequences.py FOLDER; needs h5py and NumPy, not Keras. The weights are random, the
configuration is what Keras writes for the same layers, as far as it matters to a reader.
Predictions are computed by the layers' published definitions, in Keras' own layout [steps,
channels]. The first model, "steps", reads seven steps of two channels, at (t, c) the number ((7 t +
13 c) mod 16) / 15; the second, "words", reads the eight word numbers (5 i + 2) mod 11.
"""

import json
import pathlib
import sys

import h5py
import numpy as np

random = np.random.default_rng(22)


def make(*shape):
    return (0.5 * random.normal(size=shape)).astype(np.float32)


def lstm_weights(channels, units):
    return {
        "lstm_cell/kernel": make(channels, 4 * units),
        "lstm_cell/recurrent_kernel": make(units, 4 * units),
        "lstm_cell/bias": make(4 * units),
    }


LSTM = dict(activation="tanh", recurrent_activation="sigmoid", use_bias=True, dropout=0.0,
            recurrent_dropout=0.0, go_backwards=False, stateful=False, unit_forget_bias=True)
CONVOLUTION = dict(data_format="channels_last", groups=1, use_bias=True)

MODELS = {
    "steps": [
        ("InputLayer", "in", dict(shape=[None, None, 2]), {}),
        ("Conv1D", "wide", dict(filters=3, kernel_size=[3], strides=[1], dilation_rate=[1],
                                padding="same", activation="relu", **CONVOLUTION),
         {"kernel": make(3, 2, 3), "bias": make(3)}),
        ("Conv1D", "causal", dict(filters=4, kernel_size=[2], strides=[1], dilation_rate=[2],
                                  padding="causal", activation="linear", **CONVOLUTION),
         {"kernel": make(2, 3, 4), "bias": make(4)}),
        ("Dropout", "drop", dict(rate=0.2), {}),
        ("LSTM", "first", dict(units=3, return_sequences=True, **LSTM), lstm_weights(4, 3)),
        ("LSTM", "last", dict(units=2, return_sequences=False, **LSTM), lstm_weights(3, 2)),
        ("Dense", "out", dict(units=3, activation="softmax", use_bias=True),
         {"kernel": make(2, 3), "bias": make(3)}),
    ],
    "words": [
        ("InputLayer", "in", dict(shape=[None, 8]), {}),
        ("Embedding", "embedding", dict(input_dim=11, output_dim=4, mask_zero=False),
         {"embeddings": make(11, 4)}),
        ("Conv1D", "strided", dict(filters=3, kernel_size=[2], strides=[1], dilation_rate=[1],
                                   padding="valid", activation="tanh", **CONVOLUTION),
         {"kernel": make(2, 4, 3), "bias": make(3)}),
        ("MaxPooling1D", "pool", dict(pool_size=[2], strides=[2], padding="valid",
                                      data_format="channels_last"), {}),
        ("GlobalAveragePooling1D", "mean", dict(data_format="channels_last", keepdims=False), {}),
        ("Dense", "out", dict(units=3, activation="softmax", use_bias=True),
         {"kernel": make(3, 3), "bias": make(3)}),
    ],
}


def model(version, layers):
    listed = []
    for kind, name, config, _ in layers:
        config = dict(config, name=name)
        if "shape" in config:
            config["batch_input_shape" if version == 2 else "batch_shape"] = config.pop("shape")
        listed.append({"class_name": kind, "config": config})
    return {"class_name": "Sequential", "config": {"name": "m", "layers": listed}}


def convolution(x, kernel, bias, before, after, dilation=1):
    x = np.pad(x, ((before, after), (0, 0)))
    steps = len(x) - (len(kernel) - 1) * dilation
    return sum(x[k * dilation : k * dilation + steps] @ kernel[k] for k in range(len(kernel))) + bias


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def lstm(x, kernel, recurrent, bias):
    units = len(recurrent)
    h, c, states = np.zeros(units), np.zeros(units), []
    for step in x:
        i, f, g, o = np.split(step @ kernel + h @ recurrent + bias, 4)
        c = sigmoid(f) * c + sigmoid(i) * np.tanh(g)
        h = sigmoid(o) * np.tanh(c)
        states.append(h)
    return np.array(states)


def softmax(x, kernel, bias):
    e = np.exp(x @ kernel + bias)
    return e / e.sum()


def predictions():
    w = {
        name: {layer[1]: [a.astype(np.float64) for a in layer[3].values()] for layer in layers}
        for name, layers in MODELS.items()
    }
    t, c = np.mgrid[0:7, 0:2]
    own = w["steps"]
    x = np.maximum(convolution(((7 * t + 13 * c) % 16) / 15.0, *own["wide"], 1, 1), 0)
    x = convolution(x, *own["causal"], 2, 0, dilation=2)
    x = lstm(lstm(x, *own["first"]), *own["last"])[-1]
    yield softmax(x, *own["out"])
    own = w["words"]
    x = own["embedding"][0][(5 * np.arange(8) + 2) % 11]
    x = np.tanh(convolution(x, *own["strided"], 0, 0))
    x = x[:6].reshape(3, 2, 3).max(axis=1).mean(axis=0)
    yield softmax(x, *own["out"])


for name, layers in MODELS.items():
    for version in (2, 3):
        path = pathlib.Path(sys.argv[1]) / f"keras-{version}-{name}.h5"
        with h5py.File(path, "w") as file:
            file.attrs["model_config"] = json.dumps(model(version, layers))
            group = file.create_group("model_weights")
            for _, layer, _, weights in layers:
                own = group.create_group(layer)
                paths = []
                for kind, values in weights.items():
                    path = f"{layer}/{kind}:0" if version == 2 else f"m/{layer}/{kind}"
                    own[path] = values
                    paths.append(path)
                own.attrs["weight_names"] = (
                    np.array(paths, dtype=h5py.string_dtype()) if paths else []
                )
for prediction in predictions():
    print(",".join("%.9g" % p for p in prediction))
