#!/usr/bin/env bash
# Starts LoopBus on this machine and says where to look. Safe to run twice; infra/down.sh stops it and keeps the data.
#
#   infra/up.sh                        # Docker Compose where a Docker engine answers, else ordinary processes
#   LOOPBUS_MODE=processes infra/up.sh # or compose
#   LOOPBUS_REPOSITORIES=/srv/repositories   the folder whose git repositories the loops may read and annotate
#   LOOPBUS_FIRST_PORT=5080            the web pages' port; the other four services follow it
set -euo pipefail
cd "$(dirname "$0")/.."
root=$PWD
local=$root/.local
: "${LOOPBUS_FIRST_PORT:=5080}" "${LOOPBUS_REPOSITORIES:=$local/repositories}" "${LOOPBUS_FILES:=$local/files}"
mkdir -p "$local/run" "$local/logs"
say() { printf '%s\n' "up: $*"; }
die() { printf '%s\n' "up: $*" >&2; exit 1; }

exec 8>"$local/run/up.lock"
flock -n 8 || die "another infra/up.sh or infra/down.sh is at work here"

if [[ -n ${LOOPBUS_MODE:-} ]]; then
  mode=$LOOPBUS_MODE; say "mode $mode, as LOOPBUS_MODE says"
elif [[ -s $local/run/mode ]]; then
  mode=$(<"$local/run/mode"); say "mode $mode, as it runs already"
elif ! command -v docker >/dev/null || ! timeout 10 docker info >/dev/null 2>&1; then
  mode=processes; say "no Docker engine answers: starting RabbitMQ, PostgreSQL and the services as ordinary processes under .local/"
elif ! docker compose version >/dev/null 2>&1 && ! command -v docker-compose >/dev/null; then
  mode=processes; say "Docker has no Compose here: starting RabbitMQ, PostgreSQL and the services as ordinary processes under .local/"
else
  mode=compose; say "a Docker engine answers: using Docker Compose (LOOPBUS_MODE=processes for the other way)"
fi
[[ $mode = processes || $mode = compose ]] || die "LOOPBUS_MODE is '$mode'; it can be processes or compose"
[[ ! -s $local/run/mode || $(<"$local/run/mode") = "$mode" ]] || die "it runs as $(<"$local/run/mode") already: infra/down.sh first"
infra/install.sh openssl=openssl curl=curl git=git
if [[ $mode = compose && ! -f $local/secrets.env ]]; then # the servers keep the passwords that they had when their volumes were made
  volumes=$(docker volume ls -q --filter label=com.docker.compose.project=loopbus | paste -sd ' ')
  [[ -z $volumes ]] || die "the volumes $volumes were made with other secrets: copy .local/secrets.env of that checkout to .local/ here, or remove them, and what they keep: docker volume rm $volumes"
fi
infra/secrets.sh "$local/secrets.env"
mkdir -p "$LOOPBUS_REPOSITORIES" "$LOOPBUS_FILES/policies"
# what the loop refund goes by; who edits it keeps it
[[ -e $LOOPBUS_FILES/policies/refund.md ]] || cp infra/loops/refund/policy.md "$LOOPBUS_FILES/policies/refund.md"
infra/loops/code-review/make-sample.sh "$LOOPBUS_REPOSITORIES/sample" >"$local/logs/sample.log" 2>&1 8>&- || die "no sample repository; see .local/logs/sample.log"

set -a
# shellcheck source=/dev/null
. "$local/secrets.env"
set +a
export LOOPBUS_FIRST_PORT LOOPBUS_REPOSITORIES LOOPBUS_FILES
infra/"$mode".sh up 8>&-
echo "$mode" >"$local/run/mode"
# shellcheck source=/dev/null
. "$local/run/addresses.env" && rm -f "$local/run/addresses.env" # web, api, management, git_sample, operator_password

trigger=$(cat <<END
{ "taskId": "sample-1", "taskType": "code-review", "input": { "repository": "$git_sample", "range": "HEAD~1..HEAD" }, "triggeredBy": "infra/up.sh" }
END
)
curl -fsS -o /dev/null -K <(printf 'user = "operator:%s"\n' "$LOOPBUS_MANAGEMENT_PASSWORD") -H 'Content-Type: application/json' "$management/api/exchanges/loopbus/amq.default/publish" -d "$(cat <<END
{ "routing_key": "trigger", "properties": { "content_type": "application/json" }, "payload_encoding": "base64", "payload": "$(base64 -w0 <<<"$trigger")" }
END
)"

ask() { curl -fsS -m 10 -K <(printf 'header = "X-Api-Key: %s"\n' "$LOOPBUS_API_KEY") "$api/$1"; }
refused=$(ask loops | sed -n 's/.*"problems":\["\(.*\)"\].*/\1/p')
[[ -z $refused ]] || say "these loop files were refused, and cannot be triggered:"$'\n'"${refused//\",\"/$'\n'}"

# The sample run comes to a person; one of an earlier start is where people left it.
end=$((SECONDS + 60))
until sample=$(ask runs/sample-1 2>/dev/null | sed -n 's/^{[^{[]*"status":"\([a-z-]*\)".*/\1/p')
  [[ ! $sample =~ ^(|planning|executing|critiquing|compensating)$ || $SECONDS -ge $end ]]
do sleep 0.3; done

cat <<END

LoopBus is up ($mode).
  Web         $web          what waits for people: $web/approvals
  RabbitMQ    $management         user operator, password $LOOPBUS_MANAGEMENT_PASSWORD
  API         $api          header X-Api-Key: $LOOPBUS_API_KEY
  Sample      $LOOPBUS_REPOSITORIES/sample  its run sample-1: ${sample:-not there yet}

Sign in to the web pages as operator.
END
if [[ -n ${operator_password:-} ]]; then
  echo "  First password, shown this once: $operator_password"
else
  echo "  The password is the one you have. Lost: infra/$mode.sh operator operator --reset"
fi
