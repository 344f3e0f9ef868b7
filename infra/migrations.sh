#!/usr/bin/env bash
# Writes the next migration of a service, for PostgreSQL and SQL Server, into services/<Service>/Migrations/.
#
#   infra/migrations.sh <Service> <Name>          for example: infra/migrations.sh Coordinator Initial
#
# Nothing connects to a database. A service whose model has not changed gets no migration. Read what it wrote before you commit it.
set -euo pipefail
cd "$(dirname "$0")/.."
[[ $# -eq 2 ]] || { sed -n '2,6s/^# \{0,1\}//p' "$0" >&2; exit 64; }
service=$1 name=$2
folder=services/$service
[[ -d $folder ]] || folder=tests/$service
[[ -f $folder/$service.csproj ]] || { echo "migrations: there is no services/$service/$service.csproj" >&2; exit 1; }
dotnet build --nologo -v quiet "$folder/$service.csproj"
dotnet build --nologo -v quiet services/Persistence/Design/Persistence.Design.csproj
exec dotnet artifacts/bin/Persistence.Design/debug/LoopBus.Persistence.Design.dll \
  "artifacts/bin/$service/debug/LoopBus.$service.dll" "$folder" "$name"
