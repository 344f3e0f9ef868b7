#!/usr/bin/env bash
# Installs Debian packages that are missing, and nothing where all are there.
#
#   infra/install.sh <package>=<probe> …      probe: a command, or a path (may hold *)
set -euo pipefail

there() {
  case $1 in
    /*) compgen -G "$1" >/dev/null ;;
    *) command -v "$1" >/dev/null ;;
  esac
}

missing=()
for need in "$@"; do
  there "${need#*=}" || missing+=("${need%%=*}")
done
[[ ${#missing[@]} -gt 0 ]] || exit 0

as_root=()
if [[ $(id -u) != 0 ]]; then
  command -v sudo >/dev/null && sudo -n true 2>/dev/null && as_root=(sudo -n)
  [[ ${#as_root[@]} -gt 0 ]] || { echo "install: missing here: ${missing[*]}. Run as root: apt-get install ${missing[*]}" >&2; exit 1; }
fi
command -v apt-get >/dev/null || { echo "install: missing here: ${missing[*]}. Install them with this system's package manager." >&2; exit 1; }

echo "install: ${missing[*]}"
log=$(mktemp)
# The packages' own services are not wanted: ours run beside whatever this machine has.
policy=/usr/sbin/policy-rc.d
if [[ ! -e $policy ]]; then
  printf '#!/bin/sh\nexit 101\n' | "${as_root[@]}" tee "$policy" >/dev/null
  "${as_root[@]}" chmod +x "$policy"
  trap '"${as_root[@]}" rm -f "$policy"' EXIT
fi
apt() { "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=300 -qq "$@" >>"$log" 2>&1 </dev/null; }
apt update && apt install -y --no-install-recommends "${missing[@]}" \
  || { tail -20 "$log" >&2; echo "install: apt-get could not install ${missing[*]}; the whole log is $log" >&2; exit 1; }
rm -f "$log"
