#!/bin/bash
# Run by the postgres image when a database is made. The services work as `brokerx`, which owns its database and nothing else: were they
# superusers, no trigger and no privilege could keep the audit trail from being rewritten.
set -euo pipefail
psql -v ON_ERROR_STOP=1 -U postgres -d postgres -v password="${BROKERX_PASSWORD:-}" -v database="$POSTGRES_DB" <<'SQL'
SELECT CASE WHEN :'password' = '' THEN 'CREATE ROLE brokerx LOGIN'
            ELSE format('CREATE ROLE brokerx LOGIN PASSWORD %L', :'password') END \gexec
ALTER DATABASE :"database" OWNER TO brokerx;
SQL
