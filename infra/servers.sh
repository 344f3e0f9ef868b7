#!/usr/bin/env bash
# A private RabbitMQ and PostgreSQL, as ordinary processes on loopback, with all that they keep under one directory.
#
#   infra/servers.sh start|stop|status|remove|sync <dir> [--broker-port N] [--management-port N] [--database-port N] [--nodes N] [--tls <folder>]
#
# `--nodes 3` makes a cluster of the broker; `--tls` has broker (port LOOPBUS_TEST_BROKER_TLS_PORT; clients show a certificate too) and database
# speak TLS, with ca.pem, server.pem and server.key of a folder. Both are said at the first start, and count from then on.
# `start` installs what is missing, picks free ports where none is given, waits until both answer, and writes <dir>/servers.env
# (source it: `set -a; . <dir>/servers.env; set +a`). Ports, names and passwords stay the same over restarts. Safe to run twice.
# The first start takes passwords from LOOPBUS_BROKER_PASSWORD, LOOPBUS_BROKER_PASSWORD_<SERVICE> and LOOPBUS_DATABASE_PASSWORD where set
# (letters, digits, -). Each start gives the services' users the rights that infra/rabbitmq/rights says.
# `remove` stops, and deletes the data. `sync` writes down which quorum queues there are: the broker does so by itself only after
# half a second of rest, and a queue that is not written down does not come back from a kill -9.
set -euo pipefail

usage() { sed -n '2,15s/^# \{0,1\}//p' "$0" >&2; exit 64; }
say() { printf '%s\n' "servers: $*"; }
die() { printf '%s\n' "servers: $*" >&2; exit 1; }

[[ $# -ge 2 ]] || usage
action=$1; mkdir -p "$2"; dir=$(cd "$2" && pwd); shift 2
broker_port="" management_port="" database_port="" nodes=1 tls="" tls_port=0
declare -A node_ports=() # of each further node of the broker: AMQP, management, distribution
while [[ $# -gt 0 ]]; do
  case $1 in
    --broker-port) broker_port=$2 ;;
    --management-port) management_port=$2 ;;
    --database-port) database_port=$2 ;;
    --nodes) nodes=$2 ;;
    --tls) tls=$(cd "$2" && pwd) ;;
    *) usage ;;
  esac
  shift 2
done

env_file=$dir/servers.env
secrets=$dir/servers.secrets
definitions=$(dirname "$0")/rabbitmq/definitions.sh
broker=$dir/rabbitmq
database=$dir/postgres

alive() { [[ -n ${1:-} && -d /proc/$1 ]] && ! grep -q '^State:[[:space:]]*Z' "/proc/$1/status" 2>/dev/null; }
pid_in() { [[ -s $1 ]] && sed -n 1p "$1" | tr -d ' \n' || true; }
runs() { # <pid file> <word on its command line>: a pid may have been given to another process since
  local pid line; pid=$(pid_in "$1")
  alive "$pid" && line=$(tr '\0' ' ' <"/proc/$pid/cmdline") && [[ $line == *"$2"* ]]
}
listening() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }
free_port() { # below the range from which the kernel hands out ports to clients
  local port
  for _ in $(seq 200); do
    port=$((20000 + (RANDOM * 32768 + RANDOM) % 12000))
    listening "$port" || { echo "$port"; return; }
  done
  die "found no free port"
}
random() { head -c 64 /dev/urandom | od -An -tx1 | tr -d ' \n' | cut -c1-"$1"; }
within() { # <seconds> <what> <command…>
  local end=$((SECONDS + $1)) what=$2; shift 2
  until "$@"; do
    [[ $SECONDS -lt $end ]] || return 1
    sleep 0.2
  done
}

# PostgreSQL refuses to run as root: the package's own user runs it then.
as_owner() { if [[ $(id -u) = 0 ]]; then runuser -u postgres -- "$@"; else "$@"; fi; }
pg() { local tool=$1; shift; as_owner "$(compgen -G "/usr/lib/postgresql/*/bin/$tool" | sort -V | tail -1)" "$@"; }

remember() { # ports, names and passwords are made once
  local node had_broker="" had_management="" had_database=""
  if [[ -f $secrets ]]; then
    # shellcheck source=/dev/null
    . "$secrets"
    had_broker=$kept_broker_port had_management=$kept_management_port had_database=$kept_database_port
  else
    name=loopbus-$(random 8) cookie=$(random 32)
    broker_password=${LOOPBUS_BROKER_PASSWORD:-$(random 24)} database_password=${LOOPBUS_DATABASE_PASSWORD:-$(random 24)}
    epmd_port=$(free_port) dist_port=$(free_port)
    [[ -z $tls ]] || tls_port=$(free_port)
    for node in $(seq 2 "$nodes"); do node_ports[$node]="$(free_port) $(free_port) $(free_port)"; done
  fi
  local user variable kept=""
  for user in $("$definitions" --users); do
    variable=LOOPBUS_BROKER_PASSWORD_${user^^}
    kept+="export $variable=${!variable:-$(random 24)}"$'\n'
  done
  eval "$kept"
  broker_port=${broker_port:-${had_broker:-$(free_port)}}
  management_port=${management_port:-${had_management:-$(free_port)}}
  database_port=${database_port:-${had_database:-$(free_port)}}
  (umask 077; cat >"$secrets" <<END
name=$name cookie=$cookie broker_password=$broker_password database_password=$database_password
epmd_port=$epmd_port dist_port=$dist_port
kept_broker_port=$broker_port kept_management_port=$management_port kept_database_port=$database_port
nodes=$nodes tls=$(printf %q "$tls") tls_port=$tls_port
$(for node in "${!node_ports[@]}"; do echo "node_ports[$node]='${node_ports[$node]}'"; done)
$kept
END
  )
}

node_folder() { if [[ $1 = 1 ]]; then echo "$broker"; else echo "$broker-$1"; fi; }
node_name() { if [[ $1 = 1 ]]; then echo "$name@localhost"; else echo "$name-$1@localhost"; fi; }

start_node() { # <number>
  local folder port management distribution; folder=$(node_folder "$1")
  read -r port management distribution <<<"${node_ports[$1]:-$broker_port $management_port $dist_port}"
  runs "$folder/pid" "$folder/home" && { say "broker $1 already runs"; return; }
  listening "$port" && die "broker port $port is taken by another process; give another with --broker-port"
  listening "$management" && die "management port $management is taken by another process; give another with --management-port"
  mkdir -p "$folder"/{home,data,log,conf.d}
  (umask 077; rm -f "$folder/home/.erlang.cookie"; echo "$cookie" >"$folder/home/.erlang.cookie"; chmod 400 "$folder/home/.erlang.cookie")
  echo '[rabbitmq_management].' >"$folder/enabled_plugins"
  (umask 077; cat >"$folder/rabbitmq.conf" <<END
listeners.tcp.1 = 127.0.0.1:$port
management.tcp.ip = 127.0.0.1
management.tcp.port = $management
default_vhost = loopbus
default_user = loopbus
default_pass = $broker_password
default_user_tags.administrator = true
disk_free_limit.absolute = 200MB
vm_memory_high_watermark.relative = 0.2
collect_statistics_interval = 1000
log.file.level = info
max_message_size = 33554432
$(node_settings "$1")
END
  )
  start_epmd
  rm -f "$folder/pid"
  env -C / -i PATH="$PATH" LANG=C.UTF-8 HOME="$folder/home" ERL_EPMD_PORT="$epmd_port" ERL_EPMD_ADDRESS=127.0.0.1 \
    RABBITMQ_NODENAME="$(node_name "$1")" RABBITMQ_DIST_PORT="$distribution" RABBITMQ_CONF_ENV_FILE=/dev/null \
    RABBITMQ_MNESIA_BASE="$folder/data" RABBITMQ_LOG_BASE="$folder/log" RABBITMQ_CONFIG_FILE="$folder/rabbitmq.conf" \
    RABBITMQ_ADVANCED_CONFIG_FILE="$folder/none.config" RABBITMQ_CONFIG_FILES="$folder/conf.d" \
    RABBITMQ_ENABLED_PLUGINS_FILE="$folder/enabled_plugins" RABBITMQ_PID_FILE="$folder/pid" \
    RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS='-kernel inet_dist_use_interface {127,0,0,1} +sbwt none +sbwtdcpu none +sbwtdio none' \
    setsid /usr/lib/rabbitmq/bin/rabbitmq-server >"$folder/log/console.log" 2>&1 </dev/null 9>&- &
}

node_settings() { # <number>: what further nodes and TLS need
  if [[ $nodes -gt 1 ]]; then echo "cluster_partition_handling = pause_minority"; fi
  if [[ $1 -gt 1 ]]; then # on its first start it joins the first node
    echo "cluster_formation.peer_discovery_backend = classic_config"
    echo "cluster_formation.classic_config.nodes.1 = $(node_name 1)"
    echo "cluster_formation.classic_config.nodes.2 = $(node_name "$1")"
  fi
  [[ -z $tls ]] || cat <<END
listeners.ssl.1 = 127.0.0.1:$tls_port
ssl_options.cacertfile = $tls/ca.pem
ssl_options.certfile = $tls/server.pem
ssl_options.keyfile = $tls/server.key
ssl_options.verify = verify_peer
ssl_options.fail_if_no_peer_cert = true
END
}

start_epmd() { # our own port mapper: the one other Erlang nodes use on this machine stays out of it
  runs "$broker/epmd.pid" "$epmd_port" && return
  local epmd; epmd=$(command -v epmd || compgen -G '/usr/lib/erlang/erts-*/bin/epmd' | tail -1)
  env -C / setsid "$epmd" -port "$epmd_port" -address 127.0.0.1 >/dev/null 2>&1 </dev/null 9>&- &
  echo $! >"$broker/epmd.pid"
}

start_database() {
  [[ -d $database ]] || prepare_database
  local data; data=$(readlink -f "$database")/data
  if as_owner test -s "$data/postmaster.pid" && runs "$data/postmaster.pid" "-D $data"; then say "database already runs"; return; fi
  listening "$database_port" && die "database port $database_port is taken by another process; give another with --database-port"
  cat >"$data/conf.d/loopbus.conf" <<END
listen_addresses = '127.0.0.1'
port = $database_port
unix_socket_directories = ''
max_connections = 400
shared_buffers = 128MB
password_encryption = scram-sha-256
fsync = on
shared_preload_libraries = 'pg_stat_statements'
log_min_duration_statement = 2000
END
  if [[ -n $tls ]]; then # the key must belong to the database's user
    cp "$tls/server.pem" "$tls/server.key" "$data/"; chmod 600 "$data/server.key"
    [[ $(id -u) != 0 ]] || chown postgres "$data/server.pem" "$data/server.key"
    printf '%s\n' "ssl = on" "ssl_cert_file = 'server.pem'" "ssl_key_file = 'server.key'" >>"$data/conf.d/loopbus.conf"
  fi
  # postgres checks that no one else can read its directory, and its user must be able to write the log
  setsid bash -c 'cd / && exec "$@"' - \
    $([[ $(id -u) = 0 ]] && echo setpriv --reuid postgres --regid postgres --init-groups --) "$(compgen -G '/usr/lib/postgresql/*/bin/postgres' | sort -V | tail -1)" -D "$data" \
    >>"$(dirname "$data")/log" 2>&1 </dev/null 9>&- &
  database_pid=$!
}

prepare_database() {
  if [[ $(id -u) = 0 ]] && ! runuser -u postgres -- test -x "$dir"; then
    local elsewhere=/var/lib/loopbus/$name # the user that runs PostgreSQL may not enter <dir>
    mkdir -p "$elsewhere"; chmod 755 /var/lib/loopbus; ln -s "$elsewhere" "$database"
    say "the user postgres may not enter $dir: the database's files are in $elsewhere"
  else
    mkdir -p "$database"
  fi
  [[ $(id -u) != 0 ]] || chown postgres "$(readlink -f "$database")"
  local data password
  data=$(readlink -f "$database")/data; password=$(readlink -f "$database")/password
  (umask 077; echo "$database_password" >"$password"); [[ $(id -u) != 0 ]] || chown postgres "$password"
  (cd / && pg initdb -D "$data" -U loopbus --auth=scram-sha-256 --pwfile="$password" --encoding=UTF8 --locale=C.UTF-8) >"$dir/initdb.log" 2>&1 \
    || { rm -rf "$data"; die "initdb failed; see $dir/initdb.log"; }
  rm -f "$password"
  as_owner mkdir "$data/conf.d"
  echo "include_dir = 'conf.d'" >>"$data/postgresql.conf"
}

psql_does() { (cd / && PGPASSWORD=$database_password PGCONNECT_TIMEOUT=2 psql -qAtX -h 127.0.0.1 -p "$database_port" -U loopbus "$@") 2>/dev/null; }
database_ready() { psql_does -d postgres -c 'select 1' >/dev/null; }
as_loopbus() { printf 'user = "loopbus:%s"\n' "$broker_password"; } # for curl -K: everybody on the machine may read a process's arguments
broker_ready() { # <number>
  local port management distribution
  read -r port management distribution <<<"${node_ports[$1]:-$broker_port $management_port $dist_port}"
  curl -fsS -m 2 -o /dev/null -K <(as_loopbus) "http://127.0.0.1:$management/api/overview" 2>/dev/null && listening "$port"
}

define_users() {
  LOOPBUS_BROKER_PASSWORD=$broker_password "$definitions" \
    | curl -fsS -m 20 -o /dev/null -K <(as_loopbus) -H 'Content-Type: application/json' -d @- "http://127.0.0.1:$management_port/api/definitions" \
    || die "the broker did not take the users of infra/rabbitmq/rights; see $broker/log"
}

node_env() { # the nodes as services know them, and each node's management port
  local node port management distribution
  [[ -z $tls ]] || echo "LOOPBUS_TEST_BROKER_TLS_PORT='$tls_port'"
  [[ $nodes = 1 ]] || for node in $(seq "$nodes"); do
    read -r port management distribution <<<"${node_ports[$node]:-$broker_port $management_port $dist_port}"
    echo "LoopBus__Broker__Nodes__$((node - 1))='127.0.0.1:$port'"
    echo "LOOPBUS_TEST_BROKER_MANAGEMENT_$node='http://127.0.0.1:$management'"
  done
}

write_env() {
  (umask 077; cat >"$env_file" <<END
LoopBus__Broker__Host='127.0.0.1'
LoopBus__Broker__Port='$broker_port'
LoopBus__Broker__ManagementPort='$management_port'
LoopBus__Broker__VirtualHost='loopbus'
LoopBus__Broker__User='loopbus'
LoopBus__Broker__Password='$broker_password'
LoopBus__Database__Provider='PostgreSql'
LoopBus__Database__ConnectionString='Host=127.0.0.1;Port=$database_port;Database=loopbus;Username=loopbus;Password=$database_password'
$(sed -n "s/^export \(LOOPBUS_BROKER_PASSWORD_[A-Z]*\)=\(.*\)/\1='\2'/p" "$secrets")
LOOPBUS_TEST_BROKER='amqp://loopbus:$broker_password@127.0.0.1:$broker_port/loopbus'
LOOPBUS_TEST_BROKER_MANAGEMENT='http://127.0.0.1:$management_port'
LOOPBUS_TEST_DATABASE='postgresql://loopbus:$database_password@127.0.0.1:$database_port/loopbus'
LOOPBUS_SERVERS_DIRECTORY='$dir'
END
  node_env >>"$env_file"
  )
}

start() {
  local node
  "$(dirname "$0")/install.sh" rabbitmq-server=/usr/lib/rabbitmq/bin/rabbitmq-server 'postgresql=/usr/lib/postgresql/*/bin/initdb' curl=curl
  remember
  start_database
  start_node 1
  # after a crash the first start can find the dead server's helpers still leaving: then once more
  database_settled() { database_ready || { [[ -n ${database_pid:-} ]] && ! alive "$database_pid"; }; }
  for _ in 1 2 3 4 5; do
    within 60 database database_settled || break
    database_ready && break
    sleep 0.5
    start_database
  done
  database_ready || die "PostgreSQL did not answer on port $database_port within 60 s; see $(readlink -f "$database")/log"
  [[ -n $(psql_does -d postgres -c "select 1 from pg_database where datname = 'loopbus'") ]] || psql_does -d postgres -c 'create database loopbus'
  psql_does -d loopbus -c 'create extension if not exists pg_stat_statements' || true
  # the first start of the others joins the first: it must be there
  [[ -d $broker-2 ]] || within 120 broker broker_ready 1 || true
  for node in $(seq 2 "$nodes"); do start_node "$node"; done
  for node in $(seq "$nodes"); do
    within 120 broker broker_ready "$node" || die "RabbitMQ $node did not answer within 120 s; see $(node_folder "$node")/log"
  done
  define_users
  write_env
  say "broker 127.0.0.1:$broker_port (management http://127.0.0.1:$management_port), database 127.0.0.1:$database_port, variables in $env_file"
}

stop_pid() { # <pid> <what>
  local pid=$1
  alive "$pid" || return 0
  kill -TERM "$pid" 2>/dev/null || return 0
  gone() { ! alive "$pid"; }
  within 40 "$2" gone || { say "$2 did not stop in 40 s: killed"; kill -KILL "$pid" 2>/dev/null || true; }
}

stop() {
  [[ -f $secrets ]] || { say "nothing was ever started in $dir"; return; }
  # shellcheck source=/dev/null
  . "$secrets"
  local node folder
  for node in $(seq "$nodes" -1 1); do
    folder=$(node_folder "$node")
    if runs "$folder/pid" "$folder/home"; then stop_pid "$(pid_in "$folder/pid")" "broker $node"; fi
  done
  runs "$broker/epmd.pid" "$epmd_port" && stop_pid "$(pid_in "$broker/epmd.pid")" epmd
  local data; data=$(readlink -f "$database")/data
  local postmaster=$data/postmaster.pid
  if runs "$postmaster" "-D $data"; then
    kill -INT "$(pid_in "$postmaster")" # PostgreSQL's "fast" shutdown: it does not wait for clients to leave
    gone() { ! runs "$postmaster" "-D $data"; }
    within 40 database gone || { say "database did not stop in 40 s: killed"; kill -QUIT "$(pid_in "$postmaster")" || true; }
  fi
  say "stopped; data kept in $dir"
}

remove() {
  stop
  rm -rf "$(readlink -f "$database")" "$dir"
}

status() {
  [[ -f $secrets ]] || { say "nothing was ever started in $dir"; return 3; }
  # shellcheck source=/dev/null
  . "$secrets"
  broker_port=$kept_broker_port management_port=$kept_management_port database_port=$kept_database_port
  local down=0
  broker_ready 1 && say "broker answers on $broker_port, management on $management_port" || { say "broker is down"; down=3; }
  database_ready && say "database answers on $database_port" || { say "database is down"; down=3; }
  return $down
}

sync() {
  # shellcheck source=/dev/null
  . "$secrets"
  local node
  for node in $(seq "$nodes"); do
    env -C / -i PATH="$PATH" LANG=C.UTF-8 HOME="$(node_folder "$node")/home" ERL_EPMD_PORT="$epmd_port" RABBITMQ_NODENAME="$(node_name "$node")" RABBITMQ_CONF_ENV_FILE=/dev/null \
      /usr/lib/rabbitmq/bin/rabbitmqctl --quiet eval '[ok = dets:sync(T) || T <- dets:all()], ok.' >/dev/null
  done
}

exec 9>"$dir/servers.lock"
flock -w 300 9 || die "another servers.sh has held $dir for 5 minutes"
case $action in start|stop|status|remove|sync) "$action" ;; *) usage ;; esac
