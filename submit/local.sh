#!/usr/bin/env bash
# Runs lrsweep on this machine alone, and builds it if needed; core.sh says what it takes.
# Without arguments: run --config conf/quickstart.conf of the repository
#
# SPARK_HOME           a Spark to use; else the one that the build resolves from Maven Central
# LRSWEEP_MEMORY       heap of the JVM as Spark writes sizes, by default 2g; 4096 is megabytes
# shellcheck source-path=SCRIPTDIR source=core.sh
source "$(dirname "${BASH_SOURCE[0]}")/core.sh"

take_arguments "$@"
[ ${#command[@]} -gt 0 ] || command=(run --config "$root/conf/quickstart.conf")
use_conf "$root/conf/spark-local.conf"
find_experiment

master=$(option --master)
master=${master:-$(property spark.master)}
[[ "${master:-local}" == local* ]] ||
  fail "the master must be like local[4], found $master; the other scripts of submit/ submit to clusters"
find_deploy_mode
[ "$mode" = client ] || fail "the driver runs here; take -- --deploy-mode $mode out"

# The heap has to be known before the JVM starts.
memory=$(option --driver-memory)
memory=${memory:-$(conf_option spark.driver.memory)}
memory=${memory:-${LRSWEEP_MEMORY:-$(file_property spark.driver.memory)}}
megabytes=$(megabytes "${memory:-2g}")
[ "${megabytes:-0}" -gt 0 ] ||
  fail "the heap, LRSWEEP_MEMORY or spark.driver.memory, must be a size like 4g, 4096m or 4096, found $memory"
drop_option --driver-memory

require_java 17
find_user
if [ -z "${LRSWEEP_JAR:-}" ] && [ "${DRY_RUN:-}" != 1 ]; then
  jar=$(find "$root/target" -maxdepth 1 -name 'lrsweep-*-app.jar' 2>/dev/null | sed -n 1p || true)
  if [ -z "$jar" ] || [ -n "$(find "$root/pom.xml" "$root/src/main" -newer "$jar" | sed -n 1p)" ]; then
    mkdir -p "$root/target" 2>/dev/null || true
    [ -w "$root/target" ] ||
      fail "LRSweep has to be built, and this user can't write $root/target; have its owner run ./mvnw -DskipTests package"
    platform=$(platform)
    echo "Building LRSweep ..." >&2
    (
      cd "$root"
      if [ ${#user_options[@]} -gt 0 ]; then
        JDK_JAVA_OPTIONS="$(printf '"%s" ' ${user_options[@]+"${user_options[@]}"})${JDK_JAVA_OPTIONS:-}"
        export JDK_JAVA_OPTIONS
      fi
      ./mvnw -q -B "-Djavacpp.platform=$platform" -DskipTests package >&2
    )
  fi
fi
find_jar

# As on a cluster, where Spark gives executors a native thread for each core of a task.
cpus=$(property spark.task.cpus)
export OMP_NUM_THREADS=${OMP_NUM_THREADS:-${cpus:-1}}
# One machine needs no name, and may have one that doesn't resolve.
export SPARK_LOCAL_IP=${SPARK_LOCAL_IP:-127.0.0.1}

jvm=("-Dlog4j2.configurationFile=$root/conf/log4j2.properties" ${user_options[@]+"${user_options[@]}"})
if [ -n "${SPARK_HOME:-}" ]; then
  find_spark
  own=$(option --driver-java-options)
  drop_option --driver-java-options
  # One string, which Spark's launcher splits as a shell would.
  settings=(--driver-java-options "$(printf '"%s" ' "${jvm[@]}")${own:-$(property spark.driver.extraJavaOptions)}")
  run "$spark_submit" --properties-file "$conf" ${options[@]+"${options[@]}"} --driver-memory "${megabytes}m" \
    "${settings[@]}" --class org.lrsweep.cli.LrSweep "$jar" "${command[@]}"
fi

for name in java-options class-path library-path; do
  [ -z "$(option --driver-$name)" ] ||
    fail "--driver-$name needs Spark's launcher; set SPARK_HOME to a Spark 3.5 for Scala 2.12"
done
for name in extraJavaOptions extraClassPath extraLibraryPath; do
  [ -z "$(property spark.driver.$name)" ] ||
    fail "spark.driver.$name needs Spark's launcher; set SPARK_HOME to a Spark 3.5 for Scala 2.12"
done
[ -d "$root/target/spark-runtime" ] || [ "${DRY_RUN:-}" = 1 ] ||
  fail "no Spark; set SPARK_HOME, or leave one in $root/target/spark-runtime with ./mvnw -DskipTests package"
module_options
run "$java" "-Xmx${megabytes}m" "${modules[@]}" -Djava.awt.headless=true "${jvm[@]}" \
  -cp "$root/target/spark-runtime/*" org.apache.spark.deploy.SparkSubmit \
  --properties-file "$conf" ${options[@]+"${options[@]}"} --class org.lrsweep.cli.LrSweep "$jar" "${command[@]}"
