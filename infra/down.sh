#!/usr/bin/env bash
# Stops what infra/up.sh started and keeps the data under .local/.
set -euo pipefail
cd "$(dirname "$0")/.."
run=$PWD/.local/run
mkdir -p "$run"
exec 8>"$run/up.lock"
flock -w 60 8 || { echo "down: infra/up.sh is still at work here" >&2; exit 1; }
mode=${LOOPBUS_MODE:-$(cat "$run/mode" 2>/dev/null || echo processes)}
infra/"$mode".sh down 8>&-
rm -f "$run/mode"
echo "down: stopped; the data is kept in .local/ (processes) or in the volumes (compose)"
