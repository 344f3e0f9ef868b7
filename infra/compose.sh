#!/usr/bin/env bash
# LoopBus in containers: infra/up.sh and infra/down.sh call this.
#
#   infra/compose.sh up|down|status
#   infra/compose.sh operator <name> [--role viewer|approver|admin] [--reset]
set -euo pipefail
cd "$(dirname "$0")/.."
local=$PWD/.local
: "${LOOPBUS_FIRST_PORT:=5080}"
export LOOPBUS_WEB_PORT=${LOOPBUS_WEB_PORT:-$LOOPBUS_FIRST_PORT} LOOPBUS_API_PORT=${LOOPBUS_API_PORT:-$((LOOPBUS_FIRST_PORT + 1))}
export LOOPBUS_BROKER_PORT=${LOOPBUS_BROKER_PORT:-5672} LOOPBUS_MANAGEMENT_PORT=${LOOPBUS_MANAGEMENT_PORT:-15672}
export LOOPBUS_REPOSITORIES=${LOOPBUS_REPOSITORIES:-$local/repositories} LOOPBUS_FILES=${LOOPBUS_FILES:-$local/files}
LOOPBUS_UID=$(stat -c %u "$LOOPBUS_REPOSITORIES"); export LOOPBUS_UID
die() { printf '%s\n' "up: $*" >&2; exit 1; }

if docker compose version >/dev/null 2>&1; then compose=(docker compose); else compose=(docker-compose); fi
# LOOPBUS_COMPOSE_FILES: further files, separated by spaces, for what one machine needs
files=(-f docker-compose.yml)
for file in ${LOOPBUS_COMPOSE_FILES:-}; do files+=(-f "$file"); done
compose() { "${compose[@]}" --project-directory . --project-name loopbus "${files[@]}" --env-file "$local/secrets.env" "$@"; }

await() { # <name> <url>
  local end=$((SECONDS + 240))
  until curl -fsS -m 3 -o /dev/null "$2" 2>/dev/null; do
    [[ $SECONDS -lt $end ]] || die "$1 was not ready within 240 s: ${compose[*]} --project-name loopbus logs $1"
    sleep 0.5
  done
}

healthy() { # the services that publish no port
  local id
  for service in planner executor critic; do
    id=$(compose ps -q "$service")
    [[ $(docker inspect -f '{{.State.Health.Status}}' "$id") = healthy ]] || return 1
  done
}

up() {
  mkdir -p "$LOOPBUS_FILES"
  [[ $(id -u) != 0 ]] || chown "$LOOPBUS_UID" "$LOOPBUS_FILES"
  compose up -d --build --remove-orphans 2>&1 | tee "$local/logs/compose.log" | grep -vE '^(#|Step|Sending| --->|Removing intermediate)' || true
  [[ ${PIPESTATUS[0]} = 0 ]] || die "compose up failed; see .local/logs/compose.log"
  await coordinator "http://127.0.0.1:$LOOPBUS_API_PORT/health/ready"
  await approval "http://127.0.0.1:$LOOPBUS_WEB_PORT/health/ready"
  local end=$((SECONDS + 240))
  until healthy; do [[ $SECONDS -lt $end ]] || die "not healthy within 240 s: $(compose ps)"; sleep 0.5; done
  local operator
  operator=$(operator operator --role admin 2>>"$local/logs/create-operator.log") || die "no operator could be made; see .local/logs/create-operator.log"
  (umask 077; cat >"$local/run/addresses.env" <<END
web=http://127.0.0.1:$LOOPBUS_WEB_PORT
api=http://127.0.0.1:$LOOPBUS_API_PORT
management=http://127.0.0.1:$LOOPBUS_MANAGEMENT_PORT
git_sample=/srv/repositories/sample
operator_password='$(sed -n 's/^password: //p' <<<"$operator" | tr -d '\r')'
END
  )
}

operator() { compose exec -T approval dotnet LoopBus.Approval.dll create-operator "$@"; } # <name> [--role viewer|approver|admin] [--reset]

down() { compose stop; }

status() { compose ps; }

case ${1:-} in up|down|status|operator) "$@" ;; *) sed -n '2,5s/^# \{0,1\}//p' "$0" >&2; exit 64 ;; esac
