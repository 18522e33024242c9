#!/usr/bin/env bash
# A look at MiniGoogLeNet, about a hundredfold the work of the small CNN: both optimizers with batches of
# 64, 10,000 images for three epochs, descent's range and the tutorial's.
# Usage: docs/experiments/range-methods/run-minigooglenet.sh [output folder]; needs FASHION_MNIST_DIR.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../../.."
output=${1:-results/range-methods-minigooglenet}

for optimizer in momentum adam; do
  ./submit/local.sh run --config docs/experiments/range-methods/experiment.conf \
    --run-id "$optimizer-64-seed1-cycles" --set output="$output" --set seed=1 \
    --set model.network=minigooglenet --set data.image-size=32 --set data.train-examples=10000 \
    --set batch-size=64 --set optimizer.type="$optimizer" \
    --set finder.workers=2 --set finder.epochs=3 \
    --set 'sweep.range-methods=["descent"]' --set sweep.epochs=3 --set 'sweep.step-sizes-epochs=[1.5]'
done
