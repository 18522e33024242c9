# What the scripts of this folder share; they source it. Each takes
#
#   submit/<where>.sh <command and options of lrsweep> [-- <options of spark-submit>]
#
# LRSWEEP_JAR          the application jar; else the one that ./mvnw -DskipTests package leaves
# SPARK_HOME           the Spark to submit with; else the spark-submit on the PATH
# FASHION_MNIST_DIR    a folder of Fashion-MNIST; comes along where the driver runs elsewhere
# DRY_RUN=1            prints the command and runs nothing
#
# A script that can't do its work says why in one sentence and exits with 2, before Spark starts.
# They run on macOS too: by the bash 3.2 and the tools that it has, where an array without elements
# counts as unset.
# shellcheck shell=bash
set -euo pipefail

# Where the repository lies; paths that a person writes start where that person stands.
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
settings=()

# In these locales Java can't name a file with letters beyond ASCII; on macOS it can in all.
case $(uname -s)/${LC_ALL:-${LC_CTYPE:-${LANG:-}}} in
  Darwin/*) ;;
  */ | */C | */POSIX) export LC_ALL=C.UTF-8 ;;
esac

fail() {
  echo "submit/$(basename "$0"): $*" >&2
  exit 2
}

# take_arguments ARG...: sets command to what stands before --, and options to what follows it.
take_arguments() {
  command=()
  options=()
  while [ $# -gt 0 ] && [ "$1" != -- ]; do
    command+=("$1")
    shift
  done
  [ $# -eq 0 ] || shift
  options=("$@")
  say_how_called
}

# For the commands that a run prints, to go on with it and to use it: what stands before their
# arguments, from any folder, and the options of spark-submit.
say_how_called() {
  local name script=$0
  [[ "$script" == */* ]] || script=$root/submit/$script
  LRSWEEP_COMMAND="cd $(quoted "$PWD") && "
  for name in MASTER IMAGE SPARK_HOME LRSWEEP_JAR LRSWEEP_MEMORY HADOOP_CONF_DIR YARN_CONF_DIR \
    FASHION_MNIST_DIR; do
    [ -z "${!name:-}" ] || LRSWEEP_COMMAND+="$name=$(quoted "${!name}") "
  done
  LRSWEEP_COMMAND+=$(quoted "$script")
  LRSWEEP_OPTIONS=
  for name in ${options[@]+"${options[@]}"}; do
    LRSWEEP_OPTIONS+="$(quoted "$name") "
  done
  # What Spark itself redacts; these words are printed, and sent to a driver elsewhere.
  if [[ "$(lower "$LRSWEEP_OPTIONS")" =~ secret|password|token|access.?key ]]; then
    LRSWEEP_OPTIONS="<the same options>"
  fi
  export LRSWEEP_COMMAND LRSWEEP_OPTIONS
}

# quoted WORD: as any POSIX shell reads it back.
quoted() {
  if [[ "$1" =~ ^[A-Za-z0-9_@%+=:,./-]+$ ]]; then
    printf %s "$1"
  else
    local quote="'" escaped="'\\''"
    printf "'%s'" "${1//$quote/$escaped}"
  fi
}

lower() {
  printf %s "$1" | tr '[:upper:]' '[:lower:]'
}

# absolute FILE: its path from the root, for who stands elsewhere.
absolute() {
  printf '%s/%s' "$(cd "$(dirname "$1")" && pwd -P)" "$(basename "$1")"
}

require_command() {
  [ ${#command[@]} -gt 0 ] ||
    fail "no command; for example: submit/$(basename "$0") run --config conf/fashion-mnist.conf"
}

# require_java OLDEST: sets java to the one that will run, which Spark 3.5 and this script need to
# be of this version at least.
require_java() {
  local mend="install JDK 17, and set JAVA_HOME to it" version
  java=${JAVA_HOME:+$JAVA_HOME/bin/}java
  type -P "$java" >/dev/null || fail "no Java${JAVA_HOME:+ in JAVA_HOME=$JAVA_HOME}; $mend"
  version=$("$java" -version 2>&1 | sed -nE 's/^[a-z]+ version "(1\.)?([0-9]+).*/\2/p' || true)
  [ -n "$version" ] || fail "$java doesn't tell its version; $mend"
  if [ "$version" -lt "$1" ] || [ "$version" -gt 21 ]; then
    fail "LRSweep on Spark 3.5 needs Java 17, found Java $version ($(type -P "$java")); $mend"
  fi
}

# A user id in a container may have neither name nor home. Sets user_options to what Java then has
# to be told, and HOME.
find_user() {
  local name
  user_options=()
  [ -n "${HOME:-}" ] || HOME=~
  name=$(id -un 2>/dev/null) || name=
  if ! [ -d "$HOME" ] || ! [ -x "$HOME" ] || { [ "$HOME" = / ] && ! [ -w / ]; }; then
    HOME=$root/target/home
    if ! mkdir -p "$HOME" 2>/dev/null || ! [ -w "$HOME" ]; then
      HOME=${TMPDIR:-/tmp}/lrsweep-$(id -u)
      mkdir -m 700 "$HOME" 2>/dev/null || [ -O "$HOME" ] ||
        fail "this user has no home, and $HOME can't be one; set HOME to a folder of this user"
    fi
    user_options=("-Duser.home=$HOME")
  fi
  export HOME
  # Java asks the system for both, whatever HOME says.
  if [ -z "$name" ]; then
    user_options=("-Duser.home=$HOME")
    user_options+=("-Duser.name=${HADOOP_USER_NAME:-user-$(id -u)}")
  fi
}

# use_conf FILE: Spark's properties, unless the options name another file of them.
use_conf() {
  conf=$(option --properties-file)
  conf=${conf:-$1}
  [ -f "$conf" ] || fail "no file $conf of Spark's properties; restore it, or name another one with -- --properties-file FILE"
}

# option NAME: the value of the last such option of spark-submit; empty if there is none.
option() {
  local i value=
  for ((i = 0; i < ${#options[@]}; i++)); do
    case "${options[i]}" in
      "$1") value=${options[i + 1]:-} ;;
      "$1"=*) value=${options[i]#*=} ;;
    esac
  done
  printf %s "$value"
}

# drop_option NAME: takes all such options out.
drop_option() {
  local i kept=()
  for ((i = 0; i < ${#options[@]}; i++)); do
    case "${options[i]}" in
      "$1") i=$((i + 1)) ;;
      "$1"=*) ;;
      *) kept+=("${options[i]}") ;;
    esac
  done
  options=(${kept[@]+"${kept[@]}"})
}

# property KEY: what Spark will take it to be, from --conf or the file; empty if neither sets it.
property() {
  local value
  value=$(conf_option "$1")
  printf %s "${value:-$(file_property "$1")}"
}

# conf_option KEY: the value of the last --conf of the key.
conf_option() {
  local i setting value=
  for ((i = 0; i < ${#options[@]}; i++)); do
    case "${options[i]}" in
      --conf | -c) setting=${options[i + 1]:-} ;;
      --conf=*) setting=${options[i]#*=} ;;
      *) continue ;;
    esac
    if [ "${setting%%=*}" = "$1" ]; then value=${setting#*=}; fi
  done
  printf %s "$value"
}

file_property() {
  sed -nE "s/^[[:space:]]*${1//./[.]}[[:space:]=:]+(.*[^[:space:]])[[:space:]]*$/\1/p" "$conf" | tail -n 1
}

# megabytes SIZE: of a size as Spark writes it, a bare number being megabytes; empty if it is none.
megabytes() {
  [[ "$(lower "$1")" =~ ^0*([0-9]{1,12})([a-z]*)$ ]] || return 0
  local number=${BASH_REMATCH[1]}
  case ${BASH_REMATCH[2]} in
    b) echo $((number >> 20)) ;;
    k | kb) echo $((number >> 10)) ;;
    "" | m | mb) echo "$number" ;;
    g | gb) echo $((number << 10)) ;;
    t | tb) echo $((number << 20)) ;;
  esac
}

# require_master PREFIX EXAMPLE: sets master to the cluster's URL.
require_master() {
  master=$(option --master)
  master=${master:-$(property spark.master)}
  master=${master:-${MASTER:-}}
  [ -n "$master" ] || fail "no master; set MASTER=$2, or spark.master in $conf"
  [[ "$master" == "$1"* ]] || fail "the master must be like $2, found $master"
}

# Sets mode to where the driver runs: client, that is here, or cluster.
find_deploy_mode() {
  mode=$(option --deploy-mode)
  mode=${mode:-$(property spark.submit.deployMode)}
  mode=${mode:-client}
  case "$mode" in
    client | cluster) ;;
    *) fail "the deploy mode must be client or cluster, found $mode" ;;
  esac
}

find_jar() {
  jar=${LRSWEEP_JAR:-}
  if [ -z "$jar" ]; then
    jar=$(find "$root/target" -maxdepth 1 -name 'lrsweep-*-app.jar' 2>/dev/null | sort | tail -n 1 || true)
    [ -n "$jar" ] || fail "no application jar in $root/target; build it with ./mvnw -DskipTests package, or name one with LRSWEEP_JAR"
  fi
  is_uri "$jar" || [ -f "$jar" ] || fail "LRSWEEP_JAR=$jar is not a file; build one with ./mvnw -DskipTests package"
}

# This machine's platform, as the build names it.
platform() {
  case $(uname -s)/$(uname -m) in
    Linux/x86_64) echo linux-x86_64 ;;
    Linux/aarch64 | Linux/arm64) echo linux-arm64 ;;
    Darwin/arm64) echo macosx-arm64 ;;
    *) fail "LRSweep can't be built for $(uname -s) on $(uname -m); take Linux on x86-64 or AArch64, or a Mac with Apple silicon" ;;
  esac
}

find_spark() {
  if [ -n "${SPARK_HOME:-}" ]; then
    spark_submit=$SPARK_HOME/bin/spark-submit
    [ -x "$spark_submit" ] || fail "SPARK_HOME=$SPARK_HOME has no bin/spark-submit; set it to a Spark 3.5 for Scala 2.12"
  else
    spark_submit=$(type -P spark-submit || true)
    [ -n "$spark_submit" ] || fail "no Spark; set SPARK_HOME to a Spark 3.5 for Scala 2.12, or put its spark-submit on the PATH"
  fi
}

is_uri() {
  [[ "$1" == *://* || "$1" == local:* ]]
}

# Sets experiment to the place of --config's file among the command; empty if there is none.
find_experiment() {
  local i
  experiment=
  for ((i = 0; i < ${#command[@]}; i++)); do
    if [ "${command[i]}" = --config ]; then experiment=$((i + 1)); fi
    if [[ "${command[i]}" == --config=* ]]; then
      command=("${command[@]:0:i}" --config "${command[i]#*=}" "${command[@]:i+1}")
      experiment=$((i + 1))
    fi
  done
  [ -n "$experiment" ] || return 0
  [ "$experiment" -lt ${#command[@]} ] || fail "--config names no file"
  is_uri "${command[experiment]}" || [ -f "${command[experiment]}" ] ||
    fail "--config ${command[experiment]} is not a file; name an experiment file, or a URI of one"
}

# Sends the experiment's file and the data to the folder in which the driver will run.
# send_files PREFIX: of the properties that set environment variables there.
send_files() {
  local file own files=()
  if [ -n "$experiment" ] && ! is_uri "${command[experiment]}"; then
    settings+=(--conf "$1.LRSWEEP_CONFIG=${command[experiment]}")
    files+=("$(absolute "${command[experiment]}")")
    command[experiment]=$(basename "${command[experiment]}")
  fi
  settings+=(--conf "$1.LRSWEEP_COMMAND=$LRSWEEP_COMMAND")
  [ -z "$LRSWEEP_OPTIONS" ] || settings+=(--conf "$1.LRSWEEP_OPTIONS=$LRSWEEP_OPTIONS")
  if [ -n "${FASHION_MNIST_DIR:-}" ]; then
    for file in "$FASHION_MNIST_DIR"/*-ubyte "$FASHION_MNIST_DIR"/*-ubyte.gz; do
      [ -f "$file" ] && files+=("$file")
    done
    settings+=(--conf "$1.FASHION_MNIST_DIR=.")
  fi
  # spark-submit takes one --files, so the caller's own is joined to ours.
  own=$(option --files)
  if [ -n "$own" ]; then
    files+=("$own")
    drop_option --files
  fi
  [ ${#files[@]} -eq 0 ] || settings+=(--files "$(IFS=, && echo "${files[*]}")")
}

# Sets modules to what Spark needs of JDK 17: its launcher adds them, where it starts the JVM.
module_options() {
  local package
  modules=(-XX:+IgnoreUnrecognizedVMOptions -Djdk.reflect.useDirectMethodHandle=false)
  for package in java.lang java.lang.invoke java.lang.reflect java.io java.net java.nio java.util \
    java.util.concurrent java.util.concurrent.atomic jdk.internal.ref sun.nio.ch sun.nio.cs \
    sun.security.action sun.util.calendar; do
    modules+=("--add-opens=java.base/$package=ALL-UNNAMED")
  done
}

# submit_with MASTER: becomes spark-submit. The options come last, so that they win.
submit_with() {
  run "$spark_submit" --master "$1" --properties-file "$conf" \
    ${settings[@]+"${settings[@]}"} ${options[@]+"${options[@]}"} \
    --class org.lrsweep.cli.LrSweep "$jar" ${command[@]+"${command[@]}"}
}

run() {
  if [ "${DRY_RUN:-}" = 1 ]; then
    printf '%q ' "$@"
    echo
    exit 0
  fi
  exec "$@"
}
