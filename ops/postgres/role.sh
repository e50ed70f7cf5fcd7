#!/bin/bash
# Run by the postgres image when a database is made. The services work as `brokerx`, which owns its database and nothing else: were they
# superusers, no trigger and no privilege could keep the audit trail from being rewritten. In production they work as
# `brokerx_app`, which does not even own its tables.
set -euo pipefail
psql -v ON_ERROR_STOP=1 -U postgres -d postgres -v password="${BROKERX_PASSWORD:-}" -v database="$POSTGRES_DB" <<'SQL'
SELECT format(CASE WHEN :'password' = '' THEN 'CREATE ROLE %I LOGIN' ELSE 'CREATE ROLE %I LOGIN PASSWORD %L' END, name, :'password')
FROM unnest(ARRAY['brokerx', 'brokerx_app']) AS name \gexec
ALTER DATABASE :"database" OWNER TO brokerx;
SQL
