#!/bin/sh
# configuration.sh [--print | --to FILE] [CONTEXT …]: prints the gateway's configuration, or writes it to FILE.
# (--print is what it does anyway; who runs it by compose needs a word to say so, since without any compose says `--to`.)
#
# It is kong.yml, with two things done to it:
# - Each CONTEXT (clients, portfolios, orders) is served by the monolith instead of its own service.
# - With BROKERX_ENV=production its development parts are replaced: consumers and keys by KONG_CONSUMERS (name=key,name=key,…), CORS
#   origins by KONG_CORS_ORIGINS, counters in one node's memory by counters in Redis (REDIS_HOST, REDIS_PORT, REDIS_PASSWORD).
#   Kong does not resolve placeholders in credentials but takes them for valid keys, so this ends with an error, and without a file,
#   where anything is missing or does not look like a key.
set -eu
source=$(dirname "$0")/kong.yml
to=''
case ${1:-} in
  --to) to=$2; shift 2 ;;
  --print) shift ;;
esac

fail() { echo "configuration.sh: $*" >&2; exit 1; }

for context in "$@"; do
  case $context in
    clients | portfolios | orders) ;;
    *) fail "there is no context $context; there are clients, portfolios and orders" ;;
  esac
done

production=no
case ${BROKERX_ENV:-development} in
  production)
    production=yes
    printf %s "${KONG_CONSUMERS:-}" | grep -Eqx '[A-Za-z0-9._-]+=[A-Za-z0-9_-]{32,}(,[A-Za-z0-9._-]+=[A-Za-z0-9_-]{32,})*' ||
      fail "KONG_CONSUMERS has to be name=key,…, each key at least 32 characters of letters, digits, - and _"
    printf %s "${KONG_CORS_ORIGINS:-}" | grep -Eqx 'https://[A-Za-z0-9.:-]+(,https://[A-Za-z0-9.:-]+)*' ||
      fail "KONG_CORS_ORIGINS has to be https://…,https://…"
    printf %s "${REDIS_PASSWORD:-}" | grep -Eqx '[A-Za-z0-9_-]{24,}' ||
      fail "REDIS_PASSWORD has to be at least 24 characters of letters, digits, - and _"
    ;;
  development | test) ;;
  *) fail "BROKERX_ENV is development, test or production" ;;
esac

configuration=$([ $# = 0 ] || echo "# Made from kong.yml by: kong/configuration.sh $*"
CONTEXTS=" $* " PRODUCTION=$production awk '
  function consumers(   pairs, pair, i, n, name, known, keys, order, count) {
    print "consumers:"
    n = split(ENVIRON["KONG_CONSUMERS"], pairs, ",")
    for (i = 1; i <= n; i++) {
      split(pairs[i], pair, "=")
      if (!(pair[1] in keys)) order[++count] = pair[1]
      keys[pair[1]] = keys[pair[1]] "      - key: \"" pair[2] "\"\n"
    }
    for (i = 1; i <= count; i++) printf "  - username: \"%s\"\n    keyauth_credentials:\n%s", order[i], keys[order[i]]
    print ""
  }
  function origins(   list, i, n) {
    n = split(ENVIRON["KONG_CORS_ORIGINS"], list, ",")
    for (i = 1; i <= n; i++) print "        - \"" list[i] "\""
  }
  function redis(indent,   host, port) {
    host = ENVIRON["REDIS_HOST"] == "" ? "redis" : ENVIRON["REDIS_HOST"]
    port = ENVIRON["REDIS_PORT"] == "" ? "6379" : ENVIRON["REDIS_PORT"]
    print indent "policy: redis"
    print indent "redis:"
    print indent "  host: \"" host "\""
    print indent "  port: " port
    print indent "  password: \"" ENVIRON["REDIS_PASSWORD"] "\""
  }
  BEGIN { production = ENVIRON["PRODUCTION"] == "yes" }
  /^[a-z_]+:/ { dropping = 0 }
  production && /^consumers:/ { consumers(); dropping = 1 }
  dropping { next }
  production && /^      origins:$/ { print; origins(); in_origins = 1; next }
  in_origins && /^        - / { next }
  { in_origins = 0 }
  production && /^ +policy: local$/ { indent = $0; sub(/policy.*/, "", indent); redis(indent); next }
  /^    host: / && index(ENVIRON["CONTEXTS"], " " $2 " ") { print "    host: monolith"; print "    port: 3000"; moved = 1; next }
  moved && /^    port: / { next }
  { moved = 0; print }
' "$source")

# Nothing that looks like a placeholder may reach Kong (a regex of a route ends with $, which stands before a quote).
if printf '%s\n' "$configuration" | grep -v '^ *#' | grep -Eq '\$\{|\{vault:'; then
  fail "a placeholder is left in the configuration"
fi
if [ "$production" = yes ] && printf '%s\n' "$configuration" | grep -Eq 'brokerx-demo-key|policy: local|http://localhost'; then
  fail "a development setting is left in the configuration"
fi

if [ -z "$to" ]; then
  printf '%s\n' "$configuration"
else
  (umask 027; printf '%s\n' "$configuration" >"$to.new")
  chmod 644 "$to.new"
  mv "$to.new" "$to"
fi
