#!/bin/sh
# make-jre.sh FOLDER: puts a Java runtime of the modules that BrokerX and its libraries use into FOLDER.
# java.desktop is there for java.beans, which Jackson and Logback use; jdk.crypto.* for TLS; jdk.jfr for looking into a process.
set -eu
target=$1
modules=java.base,java.desktop,java.instrument,java.logging,java.management,java.naming,java.net.http,java.scripting
modules=$modules,java.security.jgss,java.security.sasl,java.sql,java.xml,jdk.crypto.cryptoki,jdk.jcmd,jdk.jfr,jdk.management
modules=$modules,jdk.net,jdk.unsupported,jdk.zipfs
jlink=${JAVA_HOME:+$JAVA_HOME/bin/}jlink
"$jlink" --add-modules "$modules" --no-header-files --no-man-pages --strip-debug --compress zip-6 --output "$target"
