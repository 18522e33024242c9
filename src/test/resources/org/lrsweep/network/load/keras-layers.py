"""Makes a functional model of many kinds of layers as Keras 2.14 and Keras 3.9 write them, and what it predicts.

Usage: keras-layers.py FOLDER; needs h5py and NumPy, not Keras. The weights are random, the
configuration is what Keras writes for the same layers, as far as it matters to a reader.
Predictions are computed by the layers' published definitions, in Keras' own layout [height, width,
channels]; pixel (y, x, c) of the image is ((7 y + 13 x + 29 c) mod 64) / 63.
"""

import json
import pathlib
import sys

import h5py
import numpy as np

random = np.random.default_rng(21)
SAME = dict(padding="same", data_format="channels_last", use_bias=True, dilation_rate=[1, 1])


def layer(version, kind, name, inputs, **config):
    config["name"] = name
    if version == 2:
        nodes = [[[each, 0, 0, {}] for each in inputs]] if inputs else []
    elif inputs:
        tensors = [
            {"class_name": "__keras_tensor__", "config": {"keras_history": [each, 0, 0]}}
            for each in inputs
        ]
        nodes = [{"args": [tensors] if len(tensors) > 1 else tensors, "kwargs": {}}]
    else:
        nodes = []
    return {"class_name": kind, "name": name, "config": config, "inbound_nodes": nodes}


def model(version):
    shape = "batch_input_shape" if version == 2 else "batch_shape"

    def of(kind, name, *inputs, **config):
        return layer(version, kind, name, inputs, **config)

    layers = [
        of("InputLayer", "in", **{shape: [None, 6, 5, 2]}),
        of("SeparableConv2D", "separable", "in", filters=3, depth_multiplier=2,
           kernel_size=[3, 3], strides=[1, 1], activation="tanh", **SAME),
        of("DepthwiseConv2D", "depthwise", "separable", depth_multiplier=2, kernel_size=[3, 3],
           strides=[1, 1], activation="linear", **SAME),
        of("ELU", "elu", "depthwise", alpha=1.0),
        of("UpSampling2D", "up", "elu", size=[2, 3], data_format="channels_last",
           interpolation="nearest"),
        of("Cropping2D", "crop", "up", cropping=[[1, 2], [3, 0]], data_format="channels_last"),
        of("SpatialDropout2D", "drop", "crop", rate=0.25),
        of("Conv2DTranspose", "transposed", "drop", filters=3, kernel_size=[3, 2],
           strides=[2, 2], activation="sigmoid", **SAME),
        of("Conv2DTranspose", "wider", "drop", filters=3, kernel_size=[2, 2], strides=[2, 2],
           activation="linear", **dict(SAME, padding="valid")),
        of("Multiply", "product", "transposed", "wider"),
        of("Average", "average", "product", "wider"),
        of("Maximum", "most", "average", "transposed"),
        of("Subtract", "less", "most", "product"),
        of("GaussianNoise", "noise", "less", stddev=0.1),
        of("GaussianDropout", "gauss", "noise", rate=0.1),
        of("GlobalMaxPooling2D", "pool", "gauss", data_format="channels_last"),
        of("Dense", "out", "pool", units=3, activation="softmax", use_bias=True),
    ]
    ends = ([["in", 0, 0]], [["out", 0, 0]]) if version == 2 else (["in", 0, 0], ["out", 0, 0])
    config = {"name": "m", "layers": layers, "input_layers": ends[0], "output_layers": ends[1]}
    return {"class_name": "Functional", "config": config}


def make(*shape):
    return (0.5 * random.normal(size=shape)).astype(np.float32)


weights = {
    "separable": {
        "depthwise_kernel": make(3, 3, 2, 2),
        "pointwise_kernel": make(1, 1, 4, 3),
        "bias": make(3),
    },
    "depthwise": {"kernel": make(3, 3, 3, 2), "bias": make(6)},
    "transposed": {"kernel": make(3, 2, 3, 6), "bias": make(3)},
    "wider": {"kernel": make(2, 2, 3, 6), "bias": make(3)},
    "out": {"kernel": make(3, 3), "bias": make(3)},
}


def depthwise(x, kernel):
    """Channel c, multiplied m times, becomes the channels c m to c m + m - 1."""
    height, width, channels, multiplier = kernel.shape
    padded = np.pad(x, ((height // 2,) * 2, (width // 2,) * 2, (0, 0)))
    out = np.zeros((*x.shape[:2], channels, multiplier))
    for dy in range(height):
        for dx in range(width):
            window = padded[dy : dy + x.shape[0], dx : dx + x.shape[1]]
            out += window[..., None] * kernel[dy, dx]
    return out.reshape(*x.shape[:2], channels * multiplier)


def transposed(x, kernel, bias, stride, size):
    """Each pixel of the input adds its kernel to the output, cut to the size; 'same' cuts on both
    sides, the odd pixel at the end."""
    height, width = kernel.shape[:2]
    whole = np.zeros(
        ((x.shape[0] - 1) * stride + height, (x.shape[1] - 1) * stride + width, kernel.shape[2])
    )
    for y in range(x.shape[0]):
        for c in range(x.shape[1]):
            whole[y * stride : y * stride + height, c * stride : c * stride + width] += (
                kernel @ x[y, c]
            )
    top, left = ((have - want) // 2 for have, want in zip(whole.shape, size))
    return whole[top : top + size[0], left : left + size[1]] + bias


def predict():
    w = {k: {n: a.astype(np.float64) for n, a in v.items()} for k, v in weights.items()}
    y, x, c = np.mgrid[0:6, 0:5, 0:2]
    image = ((7 * y + 13 * x + 29 * c) % 64) / 63.0
    own = w["separable"]
    x = depthwise(image, own["depthwise_kernel"]) @ own["pointwise_kernel"][0, 0]
    x = np.tanh(x + own["bias"])
    x = depthwise(x, w["depthwise"]["kernel"]) + w["depthwise"]["bias"]
    x = np.where(x > 0, x, np.expm1(x))
    x = x.repeat(2, axis=0).repeat(3, axis=1)[1:-2, 3:]
    size = (2 * x.shape[0], 2 * x.shape[1])
    curved = 1 / (1 + np.exp(-transposed(x, **w["transposed"], stride=2, size=size)))
    wider = transposed(x, **w["wider"], stride=2, size=size)
    product = curved * wider
    x = np.maximum((product + wider) / 2, curved) - product
    logits = x.max(axis=(0, 1)) @ w["out"]["kernel"] + w["out"]["bias"]
    e = np.exp(logits - logits.max())
    return e / e.sum()


folder = pathlib.Path(sys.argv[1])
for version in (2, 3):
    with h5py.File(folder / f"keras-{version}-layers.h5", "w") as file:
        file.attrs["model_config"] = json.dumps(model(version))
        group = file.create_group("model_weights")
        for each in model(version)["config"]["layers"]:
            name = each["config"]["name"]
            own = group.create_group(name)
            paths = []
            for kind, values in weights.get(name, {}).items():
                if version == 2 and name == "depthwise" and kind == "kernel":
                    kind = "depthwise_kernel"
                path = f"{name}/{kind}:0" if version == 2 else f"m/{name}/{kind}"
                own[path] = values
                paths.append(path)
            own.attrs["weight_names"] = np.array(paths, dtype=h5py.string_dtype()) if paths else []
print(",".join("%.9g" % p for p in predict()))
