#!/bin/sh
# make-jre.sh FOLDER: puts a Java runtime of the modules that BrokerX and its libraries use into FOLDER.
# java.desktop is there for java.beans, which Jackson and Logback use; jdk.crypto.* for TLS; jdk.jfr for looking into a process. No
# security provider that java.security names may be missing (java.smartcardio, java.xml.crypto, jdk.security.jgss): whoever looks for
# one of them has every provider on the class path made, and that of Bouncy Castle takes 0.3 s.
set -eu
target=$1
modules=java.base,java.desktop,java.instrument,java.logging,java.management,java.naming,java.net.http,java.scripting
modules=$modules,java.security.jgss,java.security.sasl,java.smartcardio,java.sql,java.xml,java.xml.crypto,jdk.crypto.cryptoki
modules=$modules,jdk.jcmd,jdk.jfr,jdk.management,jdk.net,jdk.security.jgss,jdk.unsupported,jdk.zipfs
jlink=${JAVA_HOME:+$JAVA_HOME/bin/}jlink
"$jlink" --add-modules "$modules" --no-header-files --no-man-pages --strip-debug --compress zip-6 --output "$target"
