#!/usr/bin/env bash
# Runs `lrsweep bench` and the same networks in PyTorch in turn, and prints how they compare.
#
#   src/bench/compare.sh [--threads N] [--model NAME,...] [--batch N,...] [--steps N]
#                        [--warm-up SECONDS] [--precision float|bfloat16] [--turns N]
#                        [--layers accelerated,stock]
#
# The networks are minigooglenet and small-cnn, by default, and resnet-9, resnet-18 and mobilenet-v2.
#
# With several turns the sides alternate, each first in turn, and the median of the turns' ratios
# counts: a machine's speed may change within minutes.
#
# LRSWEEP is the launcher (default submit/local.sh), PYTHON one with PyTorch (default
# /usr/bin/python3, where Debian's python3-torch puts it).
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
lrsweep=${LRSWEEP:-$root/submit/local.sh}
python=${PYTHON:-/usr/bin/python3}

threads=2
turns=1
layers=()
rest=()
while (($#)); do
  case $1 in
    --threads)
      threads=${2:?--threads needs a number}
      shift 2
      ;;
    --turns)
      turns=${2:?--turns needs a number}
      shift 2
      ;;
    --layers)
      layers=(--layers "${2:?--layers needs a name}")
      shift 2
      ;;
    *)
      rest+=("$1")
      shift
      ;;
  esac
done

((turns >= 1)) || {
  echo "compare.sh: --turns must be >= 1, found $turns" >&2
  exit 2
}

results=$(mktemp)
trap 'rm -f "$results"' EXIT

export OMP_NUM_THREADS=$threads

ours() {
  "$lrsweep" bench --json --threads "$threads" "${layers[@]}" "${rest[@]}" | grep '^{' | tee -a "$results"
}

pytorch() {
  # Otherwise glibc gives large tensors back to the system and faults them in anew in each step,
  # which on some machines takes PyTorch several times as long; LRSweep's buffers stay anyway.
  MALLOC_MMAP_THRESHOLD_=1073741824 MALLOC_TRIM_THRESHOLD_=4294967296 \
    "$python" "$here/pytorch_peer.py" --threads "$threads" "${rest[@]}" | tee -a "$results"
}

for ((turn = 0; turn < turns; turn++)); do
  if ((turn % 2)); then
    pytorch
    ours
  else
    ours
    pytorch
  fi
done
"$python" "$here/ratios.py" "$results"
