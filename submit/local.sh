#!/usr/bin/env bash
# Runs lrsweep on this machine alone, and builds it if needed; core.sh says what it takes.
# Without arguments: run --config conf/quickstart.conf
#
# SPARK_HOME           a Spark to use; else the one that the build resolves from Maven Central
# LRSWEEP_MEMORY       heap of the JVM, by default 2g
# shellcheck source-path=SCRIPTDIR source=core.sh
source "$(dirname "${BASH_SOURCE[0]}")/core.sh"

take_arguments "$@"
[ ${#command[@]} -gt 0 ] || command=(run --config conf/quickstart.conf)
use_conf conf/spark-local.conf
find_experiment

memory=${LRSWEEP_MEMORY:-2g}
if [ -z "${LRSWEEP_JAR:-}" ] && [ "${DRY_RUN:-}" != 1 ]; then
  jar=$(find target -maxdepth 1 -name 'lrsweep-*-app.jar' -print -quit 2>/dev/null || true)
  if [ -z "$jar" ] || [ -n "$(find pom.xml src/main -newer "$jar" -print -quit)" ]; then
    echo "Building LRSweep ..." >&2
    ./mvnw -q -B -DskipTests package >&2
  fi
fi
find_jar

# As on a cluster, where Spark gives executors a native thread for each core of a task.
cpus=$(property spark.task.cpus)
export OMP_NUM_THREADS=${OMP_NUM_THREADS:-${cpus:-1}}

logging=-Dlog4j2.configurationFile=file:$PWD/conf/log4j2.properties
settings=(--properties-file "$conf" "${options[@]}" --class org.lrsweep.cli.LrSweep "$jar" "${command[@]}")
if [ -n "${SPARK_HOME:-}" ]; then
  find_spark
  run "$spark_submit" --driver-memory "$memory" --driver-java-options "$logging" "${settings[@]}"
fi

[ -d target/spark-runtime ] || [ "${DRY_RUN:-}" = 1 ] ||
  fail "no Spark; set SPARK_HOME, or leave one in target/spark-runtime with ./mvnw -DskipTests package"
module_options
run "${JAVA_HOME:+$JAVA_HOME/bin/}java" "-Xmx$memory" "${modules[@]}" -Djava.awt.headless=true \
  "$logging" -cp "target/spark-runtime/*" org.apache.spark.deploy.SparkSubmit "${settings[@]}"
