#!/usr/bin/env bash
# Runs lrsweep on this machine alone. Usage: submit/local.sh [command and options]
# Without arguments: run --config conf/quickstart.conf
#
# SPARK_HOME           a Spark to use; else the one that the build resolves from Maven Central
# LRSWEEP_MEMORY       heap of the JVM, by default 2g
# DRY_RUN=1            prints the command and runs nothing
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

[ $# -gt 0 ] || set -- run --config conf/quickstart.conf

memory=${LRSWEEP_MEMORY:-2g}
jar=$(ls -t target/lrsweep-*-app.jar 2>/dev/null | head -n 1 || true)
if [ -z "$jar" ] || [ -n "$(find pom.xml src/main -newer "$jar" -print -quit)" ]; then
  echo "Building LRSweep ..." >&2
  ./mvnw -q -B -DskipTests package >&2
  jar=$(ls -t target/lrsweep-*-app.jar | head -n 1)
fi

# A task trains with one native thread, as on a cluster where spark.task.cpus is 1.
export OMP_NUM_THREADS=${OMP_NUM_THREADS:-1}

submit=(--properties-file conf/spark-local.conf --class org.lrsweep.cli.LrSweep "$jar" "$@")
logging=-Dlog4j2.configurationFile=file:$PWD/conf/log4j2.properties
if [ -n "${SPARK_HOME:-}" ]; then
  command=("$SPARK_HOME/bin/spark-submit" --driver-memory "$memory" --driver-java-options "$logging"
    "${submit[@]}")
else
  # Spark's launcher adds these on JDK 17; without it they are given here.
  opens=()
  for package in java.lang java.lang.invoke java.lang.reflect java.io java.net java.nio java.util \
    java.util.concurrent java.util.concurrent.atomic jdk.internal.ref sun.nio.ch sun.nio.cs \
    sun.security.action sun.util.calendar; do
    opens+=("--add-opens=java.base/$package=ALL-UNNAMED")
  done
  java=${JAVA_HOME:+$JAVA_HOME/bin/}java
  command=("$java" "-Xmx$memory" -XX:+IgnoreUnrecognizedVMOptions "${opens[@]}"
    -Djdk.reflect.useDirectMethodHandle=false -Djava.awt.headless=true "$logging"
    -cp "target/spark-runtime/*" org.apache.spark.deploy.SparkSubmit "${submit[@]}")
fi

if [ "${DRY_RUN:-}" = 1 ]; then
  printf '%q ' "${command[@]}"
  echo
  exit 0
fi
exec "${command[@]}"
