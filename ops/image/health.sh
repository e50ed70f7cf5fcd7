#!/bin/bash
# Whether the service in this container answers. Only its own port is asked: that a neighbour is down is no reason to restart
# this container (what a service needs from others, the admin port's /healthcheck tells).
# shellcheck disable=SC2016 # the file has ${PORT:-…} in it
port=${PORT:-$(sed -n 's/.*\${PORT:-\([0-9]*\)}.*/\1/p' /opt/brokerx/config/development.yml)}
exec 3<>"/dev/tcp/localhost/$port" || exit 1
printf 'GET /health HTTP/1.0\r\n\r\n' >&3
read -r -t 2 status <&3
[[ $status == *" 200 "* ]]
