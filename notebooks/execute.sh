#!/usr/bin/env bash
# Executes the notebooks from clean kernels, and writes them with their outputs to a folder.
# Usage: notebooks/execute.sh FOLDER
#
# LRSWEEP_OUTPUT       the results that they read, by default results
# LRSWEEP_CSV          the same as CSV (lrsweep export --csv), for a pandas without pyarrow
set -euo pipefail
folder=$(mkdir -p "${1:?"name a folder to write to"}" && cd "$1" && pwd)
cd "$(dirname "${BASH_SOURCE[0]}")"

JUPYTER_DATA_DIR=$(mktemp -d)
trap 'rm -rf "$JUPYTER_DATA_DIR"' EXIT
export JUPYTER_DATA_DIR
./install-kernel.sh

# The Java kernel 3.0.1 dies at its start if a message comes before it has set up its handlers.
for notebook in *.ipynb; do
  for attempt in 1 2 3 4 5; do
    if jupyter nbconvert --log-level WARN --to notebook --execute \
      --ExecutePreprocessor.startup_timeout=30 --ExecutePreprocessor.timeout=600 \
      --output-dir "$folder" "$notebook" 2>"$folder/log"; then
      echo "Executed $notebook"
      break
    elif [ "$attempt" = 5 ] || ! grep -q "didn't respond" "$folder/log"; then
      tail -n 60 "$folder/log" >&2
      exit 1
    fi
  done
done
rm "$folder/log"
