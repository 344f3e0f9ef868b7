#!/usr/bin/env bash
# Builds everything and runs all tests against a real broker, a real database and a real browser. The last line is `N passed, N failed`.
#
#   infra/test.sh                     # all projects under tests/
#   infra/test.sh Loops Acceptance    # only these
set -euo pipefail
cd "$(dirname "$0")/.."
exec </dev/null
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 MSBUILDDISABLENODEREUSE=1
# No test lives long enough to be worth compiling well: no calls are counted, so what is compiled stays as it is. Nor do they need code pages that are never writable and executable at once.
export DOTNET_TC_CallCounting=0 DOTNET_TieredPGO=0 DOTNET_EnableWriteXorExecute=0
: "${CONFIGURATION:=Debug}"
work=$PWD/.local/test
compiler=loopbus-test-$$ # the name of this build's compiler server, to know it from others

clean_up() {
  local status=$? pid
  trap - EXIT
  [[ -z ${starting:-} ]] || wait "$starting" 2>/dev/null || true # half a start could not be removed
  [[ -z ${waiting:-} ]] || flock "$work/results" truncate -s 0 "$waiting" # a lane that outlives this begins nothing more
  for pid in $(jobs -p); do kill "$pid" 2>/dev/null || true; done
  [[ -z ${started:-} ]] || infra/servers.sh remove "$work/servers" >/dev/null || true
  for pid in $(pgrep -f -- "-pipename:$compiler"); do kill "$pid" 2>/dev/null || true; done
  [[ -z ${summary:-} ]] || echo "$summary"
  exit "$status"
}
trap clean_up EXIT
trap 'exit 130' INT TERM

infra/install.sh rabbitmq-server=/usr/lib/rabbitmq/bin/rabbitmq-server 'postgresql=/usr/lib/postgresql/*/bin/initdb' \
  curl=curl git=git openssl=openssl procps=pgrep amqp-tools=amqp-publish python3-pika=/usr/lib/python3/dist-packages/pika chromium=chromium nodejs=node npm=npm
command -v dotnet >/dev/null || { echo "test: no dotnet here. Install the SDK that global.json names: https://dot.net/download" >&2; exit 1; }

if [[ -z ${LOOPBUS_TEST_BROKER:-} || -z ${LOOPBUS_TEST_DATABASE:-} ]]; then
  started=1
  infra/servers.sh start "$work/servers" & # they wait for most of their start
  starting=$!
fi

rm -rf "$work/results" && mkdir -p "$work/results"
# One compiler for all projects, even where the environment says to start one for each: half the work. It and its analyzers do live long enough to be compiled well, at once.
DOTNET_TieredCompilation=0 dotnet build Bus.sln -c "$CONFIGURATION" -v quiet -p:UseSharedCompilation=true -p:SharedCompilationId="$compiler" -clp:NoSummary
if [[ -n ${started:-} ]]; then
  wait "$starting"
  set -a
  # shellcheck source=/dev/null
  . "$work/servers/servers.env"
  set +a
fi

# Two at once, for much of a test is waiting, and three once the stories of the whole system are told; the longest first, so that all end together.
if [[ $# -gt 0 ]]; then
  names=("${@}")
else
  longest=(Acceptance Coordinator Chaos Hosting Approval Executor Persistence Planner)
  mapfile -t names < <(printf '%s\n' "${longest[@]}"; basename -a -s .Tests tests/*.Tests | grep -vxF "$(printf '%s\n' "${longest[@]}")")
fi
waiting=$work/results/waiting
printf '%s\n' "${names[@]}" >"$waiting"

run_lane() {
  local name status
  while name=$(flock "$work/results" bash -c 'head -n 1 "$0"; sed -i 1d "$0"' "$waiting") && [[ -n $name ]]; do
    status=0
    dotnet test "artifacts/bin/$name.Tests/${CONFIGURATION,,}/LoopBus.$name.Tests.dll" --results-directory "$work/results" \
      --logger "trx;LogFileName=$name.trx" --logger "console;verbosity=minimal" --blame-hang-timeout 20m --blame-hang-dump-type none >"$work/results/$name.log" 2>&1 || status=$?
    echo "$status" >"$work/results/$name.status"
    cat "$work/results/$name.log"
    if [[ $name = Acceptance ]]; then run_lane & fi
  done
  wait
}

run_lane &
run_lane
wait

passed=0 failed=0 skipped=0 broken=()
counter() { { grep -o "<Counters [^>]*" "$1" || true; } | sed -n "s/.* $2=\"\([0-9]*\)\".*/\1/p"; }
for name in "${names[@]}"; do
  status=$(cat "$work/results/$name.status" 2>/dev/null || echo 1)
  trx=$work/results/$name.trx
  total=0
  if [[ -f $trx ]]; then
    total=$(counter "$trx" total)
    passed=$((passed + $(counter "$trx" passed)))
    failures=$(counter "$trx" failed)
    failed=$((failed + failures))
    skipped=$((skipped + total - $(counter "$trx" executed)))
    [[ $status = 0 || $failures -gt 0 ]] || { failed=$((failed + 1)); broken+=("$name: the test run broke off"); }
  elif [[ $status != 0 ]]; then
    failed=$((failed + 1)); broken+=("$name: no test ran to its end")
  fi
  [[ $total -gt 0 ]] || echo "$name: no tests"
done

for line in "${broken[@]:+${broken[@]}}"; do echo "$line"; done
summary="$passed passed, $failed failed"
[[ $skipped = 0 ]] || summary+=", $skipped skipped"
[[ $failed = 0 && $passed -gt 0 ]]
