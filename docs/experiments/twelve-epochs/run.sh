#!/usr/bin/env bash
# The tutorial's network and data in 12 epochs, three seeds, as conf/fashion-mnist-fast.conf has it; one
# that was broken off goes on. Nothing is chosen on the test set.
# Usage: docs/experiments/twelve-epochs/run.sh [output folder [precision]]; needs FASHION_MNIST_DIR
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../../.."
output=${1:-results/twelve-epochs}
precision=${2:-float}

if [ ! -e "$output/reports/fast/report.html" ]; then
  id=--run-id
  [ ! -e "$output/runs/run_id=fast" ] || id=--resume
  LRSWEEP_MEMORY=${LRSWEEP_MEMORY:-6g} ./submit/local.sh run --config conf/fashion-mnist-fast.conf "$id" fast \
    --set output="$output" --set training.precision="$precision" --set "sweep.seeds=[42, 43, 44]"
fi
./submit/local.sh export --csv "$output/csv" --output "$output"
python3 docs/experiments/twelve-epochs/summary.py "$output/csv" "$output"
