#!/usr/bin/env bash
# Trains a pair of network and data with one optimizer and one triangular cycle over every arm's range:
# a grid of upper bounds, the tutorial's range among them, descent, valley, minimum, smith and confirm;
# three seeds each. With a number of epochs, trains the grid alone for so long, with two seeds. What is
# there is kept, and what was broken off goes on.
# Usage: docs/experiments/upper-bound/run.sh small-cnn|table-mlp|lstm|resnet-9 momentum|adam [output folder [epochs]]
# small-cnn needs FASHION_MNIST_DIR, resnet-9 a folder of images with train and test as CIFAR10_DIR.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../../.."
here=docs/experiments/upper-bound
pair=${1:?small-cnn, table-mlp, lstm or resnet-9}
optimizer=${2:?momentum or adam}
output=${3:-results/upper-bound}
epochs=${4:-}
run_id=$pair-$optimizer${epochs:+-e$epochs}

case $optimizer in
  momentum) grid="[0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28]" ;;
  adam) grid="[0.001, 0.002, 0.004, 0.008, 0.01, 0.016, 0.032, 0.064]" ;;
  *) echo "momentum or adam, found $optimizer" >&2 && exit 2 ;;
esac

settings=()
made=$output/data
case $pair in
  small-cnn) ;;
  table-mlp) settings+=(--set data.train="$made/table.csv" --set model.network="$made/mlp.json") ;;
  lstm) settings+=(--set data.train="$made/sequences.json" --set model.network="$made/lstm.json") ;;
  resnet-9)
    images=${CIFAR10_DIR:?a folder of images with train and test}
    if [ ! -d "$made/cifar10" ]; then
      rm -rf "$made/cifar10.part"
      for class in "$images"/train/*/; do
        mkdir -p "$made/cifar10.part/$(basename "$class")"
        cp "$class"*[147].* "$made/cifar10.part/$(basename "$class")"
      done
      mv "$made/cifar10.part" "$made/cifar10"
    fi
    settings+=(--set data.train="$made/cifar10" --set data.test="$images/test")
    ;;
  *) echo "small-cnn, table-mlp, lstm or resnet-9, found $pair" >&2 && exit 2 ;;
esac
case $pair in
  table-mlp | lstm) [ -e "$made/lstm.json" ] || python3 "$here/make-data.py" "$made" ;;
esac

if [ -n "$epochs" ]; then
  settings+=(--set "sweep.seeds=[1, 2]" --set sweep.epochs="$epochs" --set "sweep.step-sizes-epochs=[$((epochs / 2)).$((epochs % 2 * 5))]")
else
  settings+=(--set "sweep.seeds=[1, 2, 3]" --set finder.confirm=true
    --set 'sweep.range-methods=["descent", "confirm", "valley", "minimum", "smith"]')
fi

if [ ! -e "$output/reports/$run_id/report.html" ]; then
  id=--run-id
  [ ! -e "$output/runs/run_id=$run_id" ] || id=--resume
  ./submit/local.sh run --config "$here/$pair.conf" "$id" "$run_id" --set output="$output" \
    --set optimizer.type="$optimizer" "${settings[@]}" \
    --set sweep.base-lrs=[1.0e-5] --set sweep.max-lrs="$grid"
fi
./submit/local.sh export --csv "$output/csv" --output "$output"
