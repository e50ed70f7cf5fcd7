#!/bin/bash
# lay-out.sh MODULE FOLDER: lays out FOLDER as the image of a built MODULE has it: lib (libraries), app (our jars), config,
# health.sh, java.options. All times are the same, so that the same sources make the same layers.
set -euo pipefail
cd "$(dirname "$0")/../.."
module=$1 target=$2
name=${module##*/} name=${name#brokerx-}
main=com.brokerx.$name.${name^}Application

mkdir -p "$target"/{lib,app,config}
for jar in "$module"/target/lib/*.jar; do
  case ${jar##*/} in
    brokerx-*) cp "$jar" "$target/app/" ;;
    *) cp "$jar" "$target/lib/" ;;
  esac
done
find "$module/target" -maxdepth 1 -name 'brokerx-*.jar' ! -name '*-tests.jar' -exec cp {} "$target/app/" \;
cp "$module"/config/*.yml "$target/config/"
if [[ $name == monolith ]]; then
  # It takes the services' sections from their own files.
  for service in clients portfolios orders; do
    mkdir "$target/config/$service"
    cp "brokerx-$service"/config/*.yml "$target/config/$service/"
  done
fi
cp ops/image/health.sh "$target/"

# The class path is spelt out and sorted: what the JVM learns in training is good for exactly this path.
class_path=$(cd "$target" && printf '%s\n' app/*.jar lib/*.jar | LC_ALL=C sort | paste -sd:)
cat > "$target/java.options" <<OPTIONS
-XX:+UseSerialGC
-XX:MaxRAMPercentage=60
-XX:+ExitOnOutOfMemoryError
-Xlog:cds=off,aot=off
--enable-native-access=ALL-UNNAMED
--sun-misc-unsafe-memory-access=allow
-Duser.timezone=UTC
-cp $class_path
$main
OPTIONS
find "$target" -exec touch -h -d @1767225600 {} +
