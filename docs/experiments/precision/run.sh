#!/usr/bin/env bash
# Range tests and trials of a network in float and in bfloat16, with six seeds, and a summary of both. A run
# that is there already is not trained again, and one that was broken off goes on.
# Usage: docs/experiments/precision/run.sh small-cnn|minigooglenet [output folder]; needs FASHION_MNIST_DIR
# and a CPU with AVX-512, for figures of use to "auto" one with AVX512_BF16 or AMX.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../../.."
network=${1:?small-cnn or minigooglenet}
output=${2:-results/precision-$network}

for precision in float bfloat16; do
  if [ ! -e "$output/reports/$precision/report.html" ]; then
    id=--run-id
    [ ! -e "$output/runs/run_id=$precision" ] || id=--resume
    ./submit/local.sh run --config "docs/experiments/precision/$network.conf" "$id" "$precision" \
      --set output="$output" --set training.precision="$precision"
  fi
done
./submit/local.sh export --csv "$output/csv" --output "$output"
python3 docs/experiments/precision/summary.py "$output/csv" "$output/summary"
