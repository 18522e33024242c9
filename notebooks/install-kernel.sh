#!/usr/bin/env bash
# Installs the Jupyter kernel "lrsweep" that the Java notebooks need: Java with LRSweep and Spark on
# its class path. Builds LRSweep if it isn't built.
#
# JUPYTER_DATA_DIR     where kernels live; by default Jupyter's own place in the home folder
# LRSWEEP_MEMORY       heap of the kernel, by default 2g
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

kernel=io.github.padreati:rapaio-jupyter-kernel:3.0.1
jar=$PWD/target/notebook-kernel/rapaio-jupyter-kernel-3.0.1.jar
[ -f "$jar" ] || ./mvnw -q -B dependency:copy -Dartifact="$kernel" \
  -DoutputDirectory="$(dirname "$jar")"
compgen -G "target/lrsweep-*-app.jar" >/dev/null || ./mvnw -q -B -DskipTests package

# What Spark's launcher adds on JDK 17.
opens=()
for package in java.lang java.lang.invoke java.lang.reflect java.io java.net java.nio java.util \
  java.util.concurrent java.util.concurrent.atomic jdk.internal.ref sun.nio.ch sun.nio.cs \
  sun.security.action sun.util.calendar; do
  opens+=("--add-opens=java.base/$package=ALL-UNNAMED")
done
argv=("${JAVA_HOME:+$JAVA_HOME/bin/}java" "-Xmx${LRSWEEP_MEMORY:-2g}"
  -XX:+IgnoreUnrecognizedVMOptions "${opens[@]}" -Djdk.reflect.useDirectMethodHandle=false
  -Djava.awt.headless=true "-Dlog4j2.configurationFile=file:$PWD/conf/log4j2.properties"
  -jar "$jar" "{connection_file}")

folder=${JUPYTER_DATA_DIR:-${XDG_DATA_HOME:-$HOME/.local/share}/jupyter}/kernels/lrsweep
mkdir -p "$folder"
{
  echo '{'
  echo '  "display_name": "Java with LRSweep",'
  echo '  "language": "java",'
  echo '  "interrupt_mode": "message",'
  printf '  "argv": ["%s"' "${argv[0]}"
  printf ',\n    "%s"' "${argv[@]:1}"
  printf '],\n'
  echo '  "env": {'
  echo "    \"RJK_CLASSPATH\": \"$PWD/target/lrsweep-*-app.jar;$PWD/target/spark-runtime/*.jar\","
  echo '    "RJK_TIMEOUT_MILLIS": "-1",'
  echo '    "OMP_NUM_THREADS": "1",'
  echo '    "SPARK_LOCAL_IP": "127.0.0.1"'
  echo '  }'
  echo '}'
} >"$folder/kernel.json"
echo "Installed the kernel lrsweep in $folder"
