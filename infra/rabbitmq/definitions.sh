#!/usr/bin/env bash
# Prints the broker's definitions: the virtual host, the administrator loopbus, the operator, and a user for each service with the rights
# that infra/rabbitmq/rights gives it. Passwords come from LOOPBUS_BROKER_PASSWORD, LOOPBUS_MANAGEMENT_PASSWORD (no operator without) and
# LOOPBUS_BROKER_PASSWORD_<SERVICE>; they are letters, digits and -.
#
#   infra/rabbitmq/definitions.sh [--users]      # --users: only the services' names
set -euo pipefail
rights=$(dirname "${BASH_SOURCE[0]}")/rights

services() { sed -n 's/^\[\(.*\)\]$/\1/p' "$rights"; }
words() { # <service> <kind>
  awk -v service="[$1]" -v kind="$2" '/^\[/ { mine = $0 == service } mine && $1 == kind { for (i = 2; i <= NF; i++) print $i }' "$rights"
}
pattern() { # names on the standard input: nothing else matches
  sort -u | sed 's/^direct$/amq.default/; s/[.]/[.]/g; s/[*]/[a-z0-9-]+/g' | paste -sd '|' | sed 's/.*/^(&)$/'
}
user() { printf '{"name":"%s","password":"%s","tags":"%s"}' "$1" "$2" "$3"; }
permission() { printf '{"user":"%s","vhost":"loopbus","configure":"%s","write":"%s","read":"%s"}' "$@"; }

[[ ${1:-} != --users ]] || { services; exit; }

users=$(user loopbus "${LOOPBUS_BROKER_PASSWORD:?}" administrator)
permissions=$(permission loopbus '.*' '.*' '.*')
if [[ -n ${LOOPBUS_MANAGEMENT_PASSWORD:-} ]]; then # may look, and publish a trigger
  users+=,$'\n'$(user operator "$LOOPBUS_MANAGEMENT_PASSWORD" monitoring)
  permissions+=,$'\n'$(permission operator '^$' "$(printf '%s\n' direct trigger | pattern)" '.*')
fi
for service in $(services); do
  password=LOOPBUS_BROKER_PASSWORD_${service^^}
  queues=$(words "$service" queues) hears=$(words "$service" hears)
  says=$(words "$service" says) misheard=$(sed 's/^[^.]*/not-understood/' <<<"$hears")
  users+=,$'\n'$(user "$service" "${!password:?}" "")
  permissions+=,$'\n'$(permission "$service" \
    "$(printf '%s\n' "$queues" "$hears" "$misheard" $(words "$service" declares) | pattern)" \
    "$(printf '%s\n' "$queues" "$says" "$misheard" dead-letter-intake | pattern)" \
    "$(printf '%s\n' "$queues" "$hears" | pattern)")
done
printf '{"vhosts":[{"name":"loopbus"}],\n"users":[%s],\n"permissions":[%s]}\n' "$users" "$permissions"
