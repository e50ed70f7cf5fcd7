#!/bin/sh
# Builds every module that an image can be made of, and gathers each one's libraries in its target/lib.
set -eu
cd "$(dirname "$0")/../.."
mvn -B -q -Dquick -DskipTests -pl brokerx-clients,brokerx-portfolios,brokerx-orders,ops/monolith -am package \
  dependency:copy-dependencies -DincludeScope=runtime -DoutputDirectory=target/lib
