#!/usr/bin/env bash
# Compiles the assemblies of packages to machine code; Directory.Build.targets calls it. Each line read is `assembly|result`.
#
#   compile-packages.sh <crossgen2> <folder of the shared frameworks> <their version> <list of all assemblies, to refer to> <folder of the results>
set -euo pipefail
crossgen=$1
mkdir -p "$5"
exec 9>"$5/lock"
flock 9 # projects are built at the same time
references=(-r "$2/Microsoft.NETCore.App/$3/*.dll" -r "$2/Microsoft.AspNetCore.App/$3/*.dll")
while read -r assembly; do references+=(-r "$assembly"); done <"$4"

while IFS='|' read -r assembly result; do
  [[ ! -f $result ]] || continue
  mkdir -p "${result%/*}"
  # What is compiled already, or cannot be, stays as it comes.
  "$crossgen" "$assembly" -o "$result.new" "${references[@]}" --targetos linux -O >>"$5/log" 2>&1 </dev/null || cp "$assembly" "$result.new"
  mv "$result.new" "$result"
done
