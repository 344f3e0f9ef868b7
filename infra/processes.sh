#!/usr/bin/env bash
# LoopBus as ordinary processes under .local/: infra/up.sh and infra/down.sh call this.
#
#   infra/processes.sh up|down|status
#   infra/processes.sh operator <name> [--role viewer|approver|admin] [--reset]
set -euo pipefail
cd "$(dirname "$0")/.."
root=$PWD
local=$root/.local
: "${LOOPBUS_FIRST_PORT:=5080}" "${LOOPBUS_REPOSITORIES:=$local/repositories}" "${LOOPBUS_FILES:=$local/files}"
services=(Approval Coordinator Planner Executor Critic) # in the order of their ports
say() { printf '%s\n' "up: $*"; }
die() { printf '%s\n' "up: $*" >&2; exit 1; }

port_of() {
  local i
  for i in "${!services[@]}"; do [[ ${services[i]} != "$1" ]] || echo $((LOOPBUS_FIRST_PORT + i)); done
}
listening() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }
pid_of() { # of a service that still runs
  local pid; pid=$(cat "$local/run/$1.pid" 2>/dev/null) || return 1
  [[ -d /proc/$pid && $(readlink "/proc/$pid/cwd") == "$local/publish/"* && $(tr '\0' ' ' <"/proc/$pid/cmdline") == *"LoopBus.$1.dll"* ]] && echo "$pid"
}
first_free() { # <port> …
  local port
  for port in "$@"; do listening "$port" || { echo "$port"; return; }; done
  die "all of the ports $* are taken"
}

start_servers() {
  local ports=()
  # the usual ports where nobody has them; later starts keep what was chosen
  [[ -f $local/servers/servers.secrets ]] || ports=(
    --broker-port "$(first_free 5672 5673 5674 5675 5676)"
    --management-port "$(first_free 15672 15673 15674 15675 15676)"
    --database-port "$(first_free 5432 5433 5434 5435 5436)")
  infra/servers.sh start "$local/servers" "${ports[@]}"
}

source_hash() { find contracts services Directory.*.props global.json -type f ! -path '*/bin/*' ! -path '*/obj/*' -print0 | sort -z | xargs -0 sha256sum | sha256sum | cut -c1-12; }

build() { # a folder for each version of the sources: a running service never has its files changed under it
  command -v dotnet >/dev/null || die "no dotnet here. Install the SDK that global.json names: https://dot.net/download"
  published=$local/publish/$(source_hash)
  [[ -f $published/complete ]] && return
  local service
  for service in "${services[@]}"; do
    say "building $service (.local/logs/build.log)"
    dotnet publish "services/$service/$service.csproj" -c Release -o "$published/$service" -v quiet -nodeReuse:false </dev/null >>"$local/logs/build.log" 2>&1 \
      || die "the build of $service failed: $(grep -m3 'error' "$local/logs/build.log" || tail -3 "$local/logs/build.log")"
  done
  touch "$published/complete"
}

configure() {
  set -a
  # shellcheck source=/dev/null
  . "$local/servers/servers.env"
  DOTNET_NOLOGO=1
  : "${LoopBus__Loops__Directory:=$root/infra/loops}"
  LoopBus__Grants__PublicKey=$LOOPBUS_GRANTS_PUBLIC_KEY
  LoopBus__Coordinator__ApiKeys__0=$LOOPBUS_API_KEY
  LoopBus__Planner__ApiKeys__0=$LOOPBUS_API_KEY
  LoopBus__Git__Roots__0=$LOOPBUS_REPOSITORIES
  LoopBus__Files__Root=$LOOPBUS_FILES
  LoopBus__DataProtection__Directory=$local/data-protection
  LoopBus__Web__Url=http://127.0.0.1:$(port_of Approval)
  set +a
  mkdir -p "$LOOPBUS_FILES"
  (umask 077; mkdir -p "$local/data-protection")
}

settings_hash() { # of what a service reads at its start and at no other time
  { env -0 | grep -zE '^(LoopBus__|Logging__|OTEL_)' | sort -z; find "$LoopBus__Loops__Directory" -type f -print0 | sort -z | xargs -0r sha256sum; } | sha256sum | cut -c1-12
}

run() ( # <service> <arguments…>: with the secrets it needs, and no others
  cd "$published/$1"
  local service=$1 password=LOOPBUS_BROKER_PASSWORD_${1^^}; shift
  export LoopBus__Broker__User=${service,,} LoopBus__Broker__Password=${!password}
  [[ $service != Approval ]] || export LoopBus__Grants__SigningKey=$LOOPBUS_GRANTS_SIGNING_KEY
  [[ $service = Coordinator ]] || unset LoopBus__Coordinator__ApiKeys__0
  [[ $service = Planner ]] || unset LoopBus__Planner__ApiKeys__0
  unset "${!LOOPBUS_@}"
  ASPNETCORE_URLS=http://127.0.0.1:$port exec "$@"
)

start_service() { # <service> <hash of the settings>
  local service=$1 settings=$2 port pid
  port=$(port_of "$service")
  if pid=$(pid_of "$service"); then
    [[ $(readlink "/proc/$pid/cwd") != "$published/$service" || $(cat "$local/run/$service.settings" 2>/dev/null) != "$settings" ]] || return 0
    say "$service: restarting, its sources, its settings or the loops have changed"
    stop_service "$service"
  fi
  [[ ! -f $local/run/$service.settings ]] || say "$service was down: starting it"
  ! listening "$port" || die "port $port (for $service) is taken by another process; set LOOPBUS_FIRST_PORT"
  # The shell that goes to the background stands between us and the service: the service says its own id.
  rm -f "$local/run/$service.pid"
  run "$service" setsid bash -c 'echo $$ >"$1"; shift; exec "$@"' - "$local/run/$service.pid" dotnet "LoopBus.$service.dll" >>"$local/logs/${service,,}.log" 2>&1 </dev/null &
  for _ in $(seq 100); do [[ ! -s $local/run/$service.pid ]] || { echo "$settings" >"$local/run/$service.settings"; return 0; }; sleep 0.1; done
  die "$service did not start; see .local/logs/${service,,}.log"
}

why_stopped() { # <log>: what the exception says that ended it; else the log's end
  tail -100 "$1" | sed -n 's/^Unhandled exception\. [^:]*: //p' | tail -1 | grep . || tail -5 "$1"
}

await_service() {
  local service=$1 end=$((SECONDS + 120)) port
  port=$(port_of "$service")
  until curl -fsS -m 3 -o /dev/null "http://127.0.0.1:$port/health/ready" 2>/dev/null; do
    [[ -d /proc/$(<"$local/run/$service.pid") ]] || die "$service stopped: $(why_stopped "$local/logs/${service,,}.log")"
    [[ $SECONDS -lt $end ]] || die "$service was not ready within 120 s; see .local/logs/${service,,}.log"
    sleep 0.3
  done
}

stop_service() {
  local pid
  pid=$(pid_of "$1") || return 0
  kill -TERM "$pid" 2>/dev/null || true
  for _ in $(seq 150); do [[ -d /proc/$pid ]] || break; sleep 0.2; done
  [[ ! -d /proc/$pid ]] || { say "$1 did not stop in 30 s: killed"; kill -KILL "$pid" 2>/dev/null || true; }
  rm -f "$local/run/$1.pid" "$local/run/$1.settings"
}

up() {
  start_servers
  build
  configure
  local service settings operator old
  settings=$(settings_hash)
  for service in "${services[@]}"; do start_service "$service" "$settings"; done
  for service in "${services[@]}"; do await_service "$service"; done
  infra/servers.sh sync "$local/servers"
  for old in "$local"/publish/*; do [[ $old = "$published" ]] || rm -rf "$old"; done
  # the password is shown once and kept nowhere; where the operator is there already, the answer has none
  operator=$(operator operator --role admin 2>>"$local/logs/create-operator.log") || die "no operator could be made; see .local/logs/create-operator.log"
  (umask 077; cat >"$local/run/addresses.env" <<END
web=http://127.0.0.1:$(port_of Approval)
api=http://127.0.0.1:$(port_of Coordinator)
management=http://127.0.0.1:$LoopBus__Broker__ManagementPort
git_sample=$(printf %q "$LOOPBUS_REPOSITORIES/sample")
operator_password='$(sed -n 's/^password: //p' <<<"$operator")'
END
  )
}

operator() { # <name> [--role viewer|approver|admin] [--reset]
  [[ -n ${published:-} ]] || { load; published=$local/publish/$(source_hash); configure; }
  port=0 run Approval dotnet LoopBus.Approval.dll create-operator "$@"
}

load() { # the secrets, where infra/up.sh has not put them into the environment
  set -a
  # shellcheck source=/dev/null
  . "$local/secrets.env"
  set +a
}

down() {
  local service
  for service in "${services[@]}"; do
    stop_service "$service" &
  done
  wait
  [[ ! -d $local/servers ]] || infra/servers.sh stop "$local/servers"
}

status() {
  local service pid
  for service in "${services[@]}"; do
    if pid=$(pid_of "$service"); then echo "$service runs (pid $pid), http://127.0.0.1:$(port_of "$service")"; else echo "$service is down"; fi
  done
  infra/servers.sh status "$local/servers"
}

case ${1:-} in up|down|status|operator) "$@" ;; *) sed -n '2,5s/^# \{0,1\}//p' "$0" >&2; exit 64 ;; esac
