#!/usr/bin/env bash
# Makes the secrets of an installation once, into a file that only its owner reads; what is there stays.
#
#   infra/secrets.sh <file>
#   infra/secrets.sh <file> --new-grant-key     # approval signs with a new key from its next start; the executor's next start believes both
#   infra/secrets.sh <file> --end-old-grant-key # a day later, when what the old key signed has expired: the executor believes the new one only
#
# Keys are PEM on one line, so that both a shell and Docker Compose can read the file.
set -euo pipefail
file=$1
umask 077
mkdir -p "$(dirname "$file")"
touch "$file"

random() { openssl rand -hex "$1"; }
password() { local drawn; drawn=$(random 20) || return; echo "Lb-$drawn"; } # upper, lower and a mark: what SQL Server asks for
keep() { # <name> <command that makes the value>
  grep -q "^$1=" "$file" && return
  local name=$1 value; shift
  value=$("$@") && [[ -n $value ]] || { echo "secrets: $name could not be made; is openssl installed?" >&2; exit 1; }
  printf "%s='%s'\n" "$name" "$value" >>"$file"
}
one_line() { tr '\n' ' ' | sed 's/ $//'; }
signing_key() { openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 2>/dev/null | one_line; }
public_key() {
  local body; body=$(sed -n "s/^LOOPBUS_GRANTS_SIGNING_KEY='-----BEGIN PRIVATE KEY----- \(.*\) -----END.*/\1/p" "$file")
  { echo "-----BEGIN PRIVATE KEY-----"; tr ' ' '\n' <<<"$body"; echo "-----END PRIVATE KEY-----"; } | openssl pkey -pubout | one_line
}

drop() { sed -i "/^$1=/d" "$file"; }
both_keys() { printf '%s %s' "$(public_key)" "$old"; }

case ${2:-} in
  "") ;;
  --new-grant-key)
    old=$(sed -n "s/^LOOPBUS_GRANTS_PUBLIC_KEY='\(-----BEGIN PUBLIC KEY-----[^-]*-----END PUBLIC KEY-----\).*/\1/p" "$file")
    drop LOOPBUS_GRANTS_SIGNING_KEY; drop LOOPBUS_GRANTS_PUBLIC_KEY
    keep LOOPBUS_GRANTS_SIGNING_KEY signing_key
    keep LOOPBUS_GRANTS_PUBLIC_KEY both_keys ;;
  --end-old-grant-key) drop LOOPBUS_GRANTS_PUBLIC_KEY ;;
  *) sed -n '2,9s/^# \{0,1\}//p' "$0" >&2; exit 64 ;;
esac

keep LOOPBUS_BROKER_PASSWORD random 24
for service in $("$(dirname "$0")/rabbitmq/definitions.sh" --users); do keep "LOOPBUS_BROKER_PASSWORD_${service^^}" random 24; done
keep LOOPBUS_DATABASE_PASSWORD password
keep LOOPBUS_MANAGEMENT_PASSWORD random 12
keep LOOPBUS_API_KEY random 24
keep LOOPBUS_GRANTS_SIGNING_KEY signing_key
keep LOOPBUS_GRANTS_PUBLIC_KEY public_key
