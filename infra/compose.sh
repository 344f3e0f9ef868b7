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
export LOOPBUS_REPOSITORIES=${LOOPBUS_REPOSITORIES:-$local/repositories} LOOPBUS_FILES=${LOOPBUS_FILES:-$local/files}
LOOPBUS_UID=$(stat -c %u "$LOOPBUS_REPOSITORIES"); export LOOPBUS_UID
say() { printf '%s\n' "up: $*"; }
die() { printf '%s\n' "up: $*" >&2; exit 1; }
listening() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }
first_free() { # <port> …
  local port
  for port in "$@"; do listening "$port" || { echo "$port"; return; }; done
  die "all of the ports $* are taken"
}

# the usual ports where nobody has them; later starts keep what was chosen
ports=$local/compose.env
if [[ ! -f $ports ]]; then
  printf 'broker_port=%s management_port=%s\n' "${LOOPBUS_BROKER_PORT:-$(first_free 5672 5673 5674 5675 5676)}" \
    "${LOOPBUS_MANAGEMENT_PORT:-$(first_free 15672 15673 15674 15675 15676)}" >"$ports"
fi
# shellcheck source=/dev/null
. "$ports"
export LOOPBUS_BROKER_PORT=$broker_port LOOPBUS_MANAGEMENT_PORT=$management_port

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
  say "building images and starting containers; the first time takes minutes (.local/logs/compose.log)"
  compose up -d --build --remove-orphans >"$local/logs/compose.log" 2>&1 </dev/null \
    || die "compose failed: $(grep -m3 -iE 'error|cannot|failed' "$local/logs/compose.log" || tail -3 "$local/logs/compose.log")"
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
