#!/usr/bin/env python3
"""The same networks and the same step in PyTorch: what `lrsweep bench` is held against.

Prints one JSON object a line with the fields of `lrsweep bench --json`. Each network is measured in
both memory layouts; the better one counts.
"""

import argparse
import json
import statistics
import time

import torch
from torch import nn


def conv(channels, filters, kernel, stride=1):
    padding = kernel // 2 if stride == 1 else 0
    return nn.Sequential(
        nn.Conv2d(channels, filters, kernel, stride, padding),
        nn.BatchNorm2d(filters, eps=1e-3, momentum=0.01),
        nn.ReLU(inplace=True),
    )


class Inception(nn.Module):
    def __init__(self, channels, filters1x1, filters3x3):
        super().__init__()
        self.small = conv(channels, filters1x1, 1)
        self.large = conv(channels, filters3x3, 3)

    def forward(self, x):
        return torch.cat((self.small(x), self.large(x)), 1)


class Downsample(nn.Module):
    def __init__(self, channels, filters):
        super().__init__()
        self.conv = conv(channels, filters, 3, 2)
        self.pool = nn.MaxPool2d(3, 2)

    def forward(self, x):
        return torch.cat((self.conv(x), self.pool(x)), 1)


def minigooglenet():
    return nn.Sequential(
        conv(1, 96, 3),
        Inception(96, 32, 32),
        Inception(64, 32, 48),
        Downsample(80, 80),
        Inception(160, 112, 48),
        Inception(160, 96, 64),
        Inception(160, 80, 80),
        Inception(160, 48, 96),
        Downsample(144, 96),
        Inception(240, 176, 160),
        Inception(336, 176, 160),
        nn.AvgPool2d(7),
        nn.Flatten(),
        nn.Dropout(0.5),
        nn.Linear(336, 10),
    )


def small_cnn():
    layers = []
    channels = 1
    for filters in (16, 32, 64):
        layers += [conv(channels, filters, 3), nn.MaxPool2d(2)]
        channels = filters
    return nn.Sequential(*layers, nn.Flatten(), nn.Linear(64 * 4 * 4, 10))


def normed(channels, filters, kernel, stride=1, groups=1):
    return nn.Sequential(
        nn.Conv2d(channels, filters, kernel, stride, kernel // 2, groups=groups, bias=False),
        nn.BatchNorm2d(filters, eps=1e-3, momentum=0.01),
    )


class Residual(nn.Module):
    def __init__(self, channels, filters, stride):
        super().__init__()
        self.first = normed(channels, filters, 3, stride)
        self.second = normed(filters, filters, 3)
        self.shortcut = (
            nn.Identity()
            if stride == 1 and channels == filters
            else normed(channels, filters, 1, stride)
        )
        self.relu = nn.ReLU(inplace=True)

    def forward(self, x):
        return self.relu(self.second(self.relu(self.first(x))) + self.shortcut(x))


def resnet_18():
    layers = [normed(1, 64, 3), nn.ReLU(inplace=True)]
    channels = 64
    for filters in (64, 128, 256, 512):
        layers.append(Residual(channels, filters, 1 if filters == 64 else 2))
        layers.append(Residual(filters, filters, 1))
        channels = filters
    return nn.Sequential(*layers, nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(512, 10))


class Plus(nn.Module):
    def __init__(self, *layers):
        super().__init__()
        self.layers = nn.Sequential(*layers)

    def forward(self, x):
        return self.layers(x) + x


def resnet_9():
    def conv(channels, filters):
        return nn.Sequential(normed(channels, filters, 3), nn.ReLU(inplace=True))

    return nn.Sequential(
        conv(1, 16),
        conv(16, 32),
        nn.MaxPool2d(2),
        Plus(conv(32, 32), conv(32, 32)),
        conv(32, 64),
        nn.MaxPool2d(2),
        conv(64, 128),
        nn.MaxPool2d(2),
        Plus(conv(128, 128), conv(128, 128)),
        nn.AdaptiveAvgPool2d(1),
        nn.Flatten(),
        nn.Linear(128, 10),
    )


class InvertedResidual(nn.Module):
    def __init__(self, channels, expansion, filters, stride):
        super().__init__()
        wide = channels * expansion
        layers = []
        if expansion > 1:
            layers += [normed(channels, wide, 1), nn.ReLU6(inplace=True)]
        layers += [normed(wide, wide, 3, stride, groups=wide), nn.ReLU6(inplace=True)]
        self.layers = nn.Sequential(*layers, normed(wide, filters, 1))
        self.adds = stride == 1 and channels == filters

    def forward(self, x):
        return self.layers(x) + x if self.adds else self.layers(x)


def mobilenet_v2():
    layers = [normed(1, 32, 3), nn.ReLU6(inplace=True)]
    channels = 32
    for expansion, filters, blocks, stride in (
        (1, 16, 1, 1),
        (6, 24, 2, 1),
        (6, 32, 3, 2),
        (6, 64, 4, 2),
        (6, 96, 3, 1),
        (6, 160, 3, 2),
        (6, 320, 1, 1),
    ):
        for block in range(blocks):
            layers.append(
                InvertedResidual(channels, expansion, filters, stride if block == 0 else 1)
            )
            channels = filters
    layers += [normed(320, 1280, 1), nn.ReLU6(inplace=True)]
    return nn.Sequential(*layers, nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(1280, 10))


NETWORKS = {
    "minigooglenet": minigooglenet,
    "small-cnn": small_cnn,
    "resnet-9": resnet_9,
    "resnet-18": resnet_18,
    "mobilenet-v2": mobilenet_v2,
}



def median_ms(action, steps, warm_up):
    start = time.perf_counter()
    runs = 0
    while runs < 2 or time.perf_counter() - start < warm_up:
        action()
        runs += 1
    times = []
    for _ in range(steps):
        start = time.perf_counter()
        action()
        times.append((time.perf_counter() - start) * 1e3)
    return statistics.median(times)


def measure(name, batch, layout, options):
    torch.manual_seed(42)
    model = NETWORKS[name]().to(memory_format=layout)
    images = torch.rand(batch, 1, 32, 32).to(memory_format=layout)
    labels = torch.arange(batch) % 10
    loss = nn.CrossEntropyLoss()
    optimizer = torch.optim.SGD(model.parameters(), lr=1e-3, momentum=0.9, nesterov=True)

    autocast = torch.autocast(
        "cpu", dtype=torch.bfloat16, enabled=options.precision == "bfloat16"
    )

    def train():
        optimizer.zero_grad(set_to_none=True)
        with autocast:
            error = loss(model(images), labels)
        error.backward()
        optimizer.step()

    def infer():
        with torch.inference_mode(), autocast:
            model(images)

    forward, first = operations(model, images)
    model.train()
    ms = median_ms(train, options.steps, options.warm_up)
    yield "train", ms, (3 * forward - first) / ms / 1e6
    model.eval()
    ms = median_ms(infer, options.steps, options.warm_up)
    yield "infer", ms, forward / ms / 1e6


def operations(model, images):
    """Multiplications and additions of a forward pass, and those of its first layer.

    The first layer's input needs no gradient, so backward is twice forward but for that.
    """
    counts = []

    def count(layer, _, output):
        pixels = output[0, 0].numel() if output.dim() == 4 else 1
        counts.append(2 * len(output) * pixels * layer.weight.numel())

    layers = [layer for layer in model.modules() if isinstance(layer, (nn.Conv2d, nn.Linear))]
    hooks = [layer.register_forward_hook(count) for layer in layers]
    with torch.inference_mode():
        model(images)
    for hook in hooks:
        hook.remove()
    return sum(counts), counts[0]


def names(text):
    unknown = [name for name in text.split(",") if name not in NETWORKS]
    if unknown:
        raise argparse.ArgumentTypeError(f"one of {', '.join(NETWORKS)}, found '{unknown[0]}'")
    return text.split(",")


def numbers(text):
    return [int(number) for number in text.split(",")]


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--model",
        type=names,
        default=["minigooglenet", "small-cnn"],
        help=f"of {', '.join(NETWORKS)}; default: the first two",
    )
    parser.add_argument("--batch", type=numbers, default=[64, 32], help="default: 64,32")
    parser.add_argument("--steps", type=int, default=10)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--warm-up", type=int, default=20, help="seconds before anything is timed")
    parser.add_argument(
        "--precision", choices=["float", "bfloat16"], default="float", help="bfloat16: by autocast"
    )
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    for model in options.model:
        for batch in options.batch:
            report(model, batch, options)


def report(model, batch, options):
    layouts = {"pytorch": torch.contiguous_format, "pytorch-channels-last": torch.channels_last}
    for engine, layout in layouts.items():
        for phase, ms, gflop_per_s in measure(model, batch, layout, options):
            result = {
                "model": model,
                "phase": phase,
                "batch": batch,
                "threads": options.threads,
                "engine": engine,
                "median_ms": round(ms, 3),
                "images_per_s": round(batch / ms * 1e3, 1),
                "gflop_per_s": round(gflop_per_s, 2),
                "precision": options.precision,
            }
            print(json.dumps(result), flush=True)


if __name__ == "__main__":
    main()
