#!/usr/bin/env bash
# The broker's container starts with this: its users and their rights are imported before anyone can connect.
set -euo pipefail
umask 077
/etc/loopbus/definitions.sh >/var/lib/rabbitmq/definitions.json
[[ $(id -u) != 0 ]] || chown rabbitmq /var/lib/rabbitmq/definitions.json
exec docker-entrypoint.sh rabbitmq-server
