#!/bin/bash
# train.sh JAVA_HOME APPLICATION FILE: starts the application that lay-out.sh has laid out on a PostgreSQL of its own, has it answer
# some requests, and writes what the JVM learnt to FILE. Then it starts it once more, with FILE and without leave to do without it: a
# JVM that cannot use a cache passes it over silently. Wants PostgreSQL's initdb and pg_ctl in PATH and a user that is not root.
# With MEASURE=3 in the environment it then starts it three times with FILE, as the image does, and prints how long each start took.
set -euo pipefail
java=$1/bin/java application=$2 trained=$3
work=$(mktemp -d)
port=${TRAIN_PORT:-29000} database=$((port + 2))

initdb -D "$work/data" -U postgres -A trust -E UTF8 >"$work/initdb.log"
pg_ctl -D "$work/data" -l "$work/postgres.log" -w -o "-p $database -h localhost -k $work" start >/dev/null
finish() {
  pg_ctl -D "$work/data" -m immediate stop >/dev/null
  rm -rf "$work"
}
trap finish EXIT

# Without psql: every service gets a schema of its own in the one database there is.
database_of() { echo "jdbc:postgresql://localhost:$database/postgres?currentSchema=$1"; }
name=$(sed -n 's/^com\.brokerx\.\([a-z]*\)\..*/\1/p' "$application/java.options")
export PORT=$port ADMIN_PORT=$((port + 1)) INSTANCE_ID=training DATABASE_USER=postgres DATABASE_PASSWORD=''
export DATABASE_URL CLIENTS_DATABASE_URL PORTFOLIOS_DATABASE_URL ORDERS_DATABASE_URL
DATABASE_URL=$(database_of "$name")
CLIENTS_DATABASE_URL=$(database_of clients)
PORTFOLIOS_DATABASE_URL=$(database_of portfolios)
ORDERS_DATABASE_URL=$(database_of orders)

get() {
  exec 3<>"/dev/tcp/localhost/$1" && printf 'GET %s HTTP/1.0\r\n\r\n' "$2" >&3 && cat <&3
  exec 3>&-
}

# until_healthy PAUSE: whether the process answers within two minutes
until_healthy() {
  local end=$((SECONDS + 120))
  while ((SECONDS < end)) && kill -0 "$process" 2>/dev/null; do
    if get "$port" /health 2>/dev/null | grep -q '"status":"ok"'; then return 0; fi
    sleep "$1"
  done
  return 1
}

stop() {
  kill -TERM "$process"
  wait "$process" || true
}

# start COMPLAINT OPTION…: starts the application with OPTIONs before its own; where it does not get healthy, ends with COMPLAINT
start() {
  local complaint=$1
  shift
  "$java" "$@" @java.options server config/development.yml >"$work/application.log" 2>&1 &
  process=$!
  until_healthy "$pause" && return
  tail -n 60 "$work/application.log" >&2
  echo "$name $complaint" >&2
  exit 1
}

cd "$application"
# As much heap as a container has: with a large machine's share of it, object pointers would not be compressed, and what is learnt so
# is of no use where they are.
pause=0.5
start "did not start in training" -Xmx512m -XX:AOTCacheOutput="$trained"
for path in /health /docs /api/v1/instruments /api/v1/market_data /api/v1/me /api/v1/orders /api/v1/portfolios /nowhere; do
  get "$port" "$path" >/dev/null
done
get $((port + 1)) /metrics >/dev/null
get $((port + 1)) /healthcheck >/dev/null
stop
[[ -s $trained ]] || { tail -n 30 "$work/application.log" >&2; echo "training left nothing behind" >&2; exit 1; }

start "cannot use what training left behind" -Xmx512m -XX:AOTMode=on -XX:AOTCache="$trained"
stop

pause=0.02
for ((round = 0; round < ${MEASURE:-0}; round++)); do
  began=$(date +%s%N)
  start "did not start" -XX:AOTCache="$trained"
  echo "$name: healthy after $((($(date +%s%N) - began) / 1000000)) ms"
  stop
done
