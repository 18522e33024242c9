#!/usr/bin/env bash
# Trains every case of the experiment: 2 optimizers x 3 batch sizes x 6 seeds, each with a range
# test, a cycle over its methods' ranges and over the tutorial's; with seed 1 fixed rates too.
# A case that is there already is not trained again, and one that was broken off goes on.
# Usage: docs/experiments/range-methods/run.sh [output folder]; needs FASHION_MNIST_DIR.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../../.."
here=docs/experiments/range-methods
output=${1:-results/range-methods}

# Epochs enough for batch norm's running averages, whose decay is 0.99 a step, to settle: 780 steps
# or more.
epochs_of() {
  case $1 in
    32) echo 2 ;;
    64) echo 3 ;;
    256) echo 10 ;;
  esac
}

lrsweep() {
  local command=$1 run_id=$2
  shift 2
  [ ! -e "$output/reports/$run_id/report.html" ] || return 0
  local id=--run-id
  [ ! -e "$output/runs/run_id=$run_id" ] || id=--resume
  ./submit/local.sh "$command" --config "$here/experiment.conf" "$id" "$run_id" \
    --set output="$output" --set seed="$seed" --set batch-size="$batch" \
    --set optimizer.type="$optimizer" --set finder.epochs="$epochs" --set sweep.epochs="$epochs" \
    --set sweep.step-sizes-epochs="[$half]" "$@"
}

# Every arm with one seed, the likely ones with three; for descent and the tutorial's range, which
# are close, three seeds can't tell a difference of 0.2 points from chance.
for seed in 1 2 3 4 5 6; do
  case $seed in
    1) methods='["descent", "valley", "longest-valley", "minimum", "steepest", "lightning", "slide"]' ;;
    2 | 3) methods='["descent", "valley", "longest-valley"]' ;;
    *) methods='["descent"]' ;;
  esac
  for batch in 64 256 32; do
    epochs=$(epochs_of "$batch")
    half=$(awk "BEGIN { print $epochs / 2 }")
    for optimizer in momentum adam; do
      case $optimizer in
        momentum) fixed="[0.003, 0.01, 0.03, 0.1, 0.3]" ;;
        adam) fixed="[0.0003, 0.001, 0.003, 0.01, 0.03]" ;;
      esac
      name=$optimizer-$batch-seed$seed
      lrsweep run "$name-cycles" --set sweep.range-methods="$methods"
      [ "$seed" = 1 ] || continue
      lrsweep sweep "$name-fixed" --set sweep.range-methods=[] --set 'sweep.policies=["constant"]' \
        --set sweep.max-lrs="$fixed"
    done
  done
done
