#!/usr/bin/env bash
# A private stack under load while faults strike: kills and pauses of services, at any moment and at each named point of a commit and of a step; cut
# and slow connections, shuffled and doubled messages, the broker and the database killed, the database's disk full (as root: it needs a mount), the
# services' clock set back and forward. Then: is anything lost, done twice, or left? Prints figures; what was seen is under
# .local/chaos/<time>-<seed>/ (with all logs where something was wrong). The seed reproduces the schedule of the faults.
#
#   infra/chaos.sh                          # 3 minutes of faults, seed 1, 20 runs under way
#   infra/chaos.sh --minutes 30 --seed 7
#   infra/chaos.sh --only kill-service,kill-broker --load 40
set -euo pipefail
cd "$(dirname "$0")/.."
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1
command -v dotnet >/dev/null || { echo "chaos: no dotnet here. Install the SDK that global.json names: https://dot.net/download" >&2; exit 1; }
dotnet build tests/Chaos/Chaos.csproj -c Release -v quiet -clp:NoSummary -nodeReuse:false </dev/null
exec dotnet artifacts/bin/Chaos/release/LoopBus.Chaos.dll "$@"
