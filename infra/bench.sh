#!/usr/bin/env bash
# Measures how fast LoopBus is here, against what this machine's broker and database do without it, on a private stack that is removed at
# the end. Prints tables, and writes report.html (with curves) and figures.json under .local/bench/<time>/.
#
#   infra/bench.sh                      # everything, about ten minutes
#   infra/bench.sh --quick              # the floors, and 1, 16 and 64 runs in flight: about three
#   infra/bench.sh --only floors,loop   # some sections
#   infra/bench.sh --only loop,peers    # beside Restate, DBOS and LangGraph.js, which npm fetches (300 MB)
set -euo pipefail
cd "$(dirname "$0")/.."
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1
command -v dotnet >/dev/null || { echo "bench: no dotnet here. Install the SDK that global.json names: https://dot.net/download" >&2; exit 1; }
if [[ $# -gt 0 && ,${*: -1}, == *,peers,* && ! -d tests/Benchmarks/peers/node_modules ]]; then
  command -v npm >/dev/null || { echo "bench: the peers need Node 20 or later with npm, which is not here." >&2; exit 1; }
  npm ci --prefix tests/Benchmarks/peers --no-audit --no-fund --loglevel error
fi
dotnet build tests/Benchmarks/Benchmarks.csproj -c Release -v quiet -clp:NoSummary -nodeReuse:false </dev/null
exec dotnet artifacts/bin/Benchmarks/release/LoopBus.Benchmarks.dll "$@"
