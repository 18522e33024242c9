#!/usr/bin/env bash
# Runs LRSweep on four hosts made on this machine: network namespaces with addresses of their own,
# joined by a bridge in a fifth. A master and the driver are on the first, a worker with two
# executors on the second, workers with one each on the third and fourth.
#
#   src/bench/hosts.sh FOLDER PART...
#
#   same          the main job, with names that resolve: the tables of local mode, bit by bit
#   nameless      the same on hosts whose own names don't resolve
#   cut           the same with the link of the fourth host down for 20 s during the sweep
#   slow          the same with the link of the fourth host at 20 Mbit/s
#   rounds=RATE   what a round takes and sends, with all links at a rate as 1gbit; of none without one
#
# Needs root, iproute2, python3, unzip, a Linux with network namespaces, veth, bridge and tbf, and the
# application jar of ./mvnw -DskipTests package. Leaves nothing but FOLDER. MODEL is the network that
# rounds are measured of, by default minigooglenet.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../.." && pwd)
net=10.77.0
hosts=4

fail() {
  echo "src/bench/hosts.sh: $*" >&2
  exit 2
}

[ $# -ge 2 ] || fail "a folder and what to run; see the first lines of this script"
[ "$(id -u)" = 0 ] || fail "network namespaces need root"
type -P ip tc python3 unzip >/dev/null ||
  fail "no ip, tc, python3 or unzip; install iproute2, python3 and unzip"
mkdir -p "$1"
folder=$(cd "$1" && pwd)
shift
jar=$(find "$root/target" -maxdepth 1 -name 'lrsweep-*-app.jar' -print -quit)
[ -n "$jar" ] || fail "no application jar; build it with ./mvnw -DskipTests package"

# Names of this process's own, so that two of these can run.
host() { echo "lr$$-$1"; }
switch=$(host switch)
# Four letters and a process id: a device's name has at most 15.
plug() { echo "lrp$$-$1"; }

on() {
  local number=$1
  shift
  ip netns exec "$(host "$number")" "$@"
}

end_hosts() {
  local number pids
  for number in $(seq 0 $((hosts - 1))); do
    pids=$(ip netns pids "$(host "$number")" 2>/dev/null || true)
    # shellcheck disable=SC2086 # a word a process
    [ -z "$pids" ] || kill -9 $pids 2>/dev/null || true
    ip netns del "$(host "$number")" 2>/dev/null || true
    rm -rf "/etc/netns/$(host "$number")"
  done
  ip netns del "$switch" 2>/dev/null || true
}
trap end_hosts EXIT

# make_hosts NAMES: yes, if each host is to know the names of all.
make_hosts() {
  local number name files
  ip netns add "$switch"
  ip -n "$switch" link add bridge type bridge
  ip -n "$switch" link set bridge up
  for number in $(seq 0 $((hosts - 1))); do
    name=$(host "$number")
    files=/etc/netns/$name
    mkdir -p "$files"
    echo "127.0.0.1 localhost" >"$files/hosts"
    if [ "$1" = yes ]; then
      seq 0 $((hosts - 1)) | sed "s/.*/$net.1& host-&/" >>"$files/hosts"
    fi
    ip netns add "$name"
    ip -n "$name" link set lo up
    ip -n "$switch" link add "$(plug "$number")" type veth peer name eth0 netns "$name"
    ip -n "$switch" link set "$(plug "$number")" master bridge up
    ip -n "$name" addr add "$net.1$number/24" dev eth0
    ip -n "$name" link set eth0 up
  done
}

# limit NUMBER RATE: both directions of a host's link.
limit() {
  local queue=(root tbf rate "$2" burst 1mb latency 50ms)
  ip netns exec "$switch" tc qdisc replace dev "$(plug "$1")" "${queue[@]}"
  on "$1" tc qdisc replace dev eth0 "${queue[@]}"
}

# named NUMBER COMMAND...: on a host, under a name of its own.
named() {
  local number=$1
  shift
  # shellcheck disable=SC2016 # for the inner shell
  on "$number" unshare --uts bash -c 'hostname "$1" && shift && exec "$@"' bash "host-$number" "$@"
}

# start NUMBER LOG CLASS ARG...: a process of Spark's on a host, with a host name of its own.
start() {
  local number=$1 log=$2
  shift 2
  # Here and not by the process: who waits for a line must not find that of the last one.
  rm -f "$folder/$log.log"
  named "$number" env SPARK_HOME="$spark" SPARK_LOCAL_IP="$net.1$number" \
    SPARK_LOCAL_DIRS="$folder/scratch-$number" OMP_NUM_THREADS=1 "$spark/bin/spark-class" "$@" \
    >"$folder/$log.log" 2>&1 &
}

wait_for() {
  local tries
  for tries in $(seq 900); do
    grep -q "$2" "$folder/$1.log" 2>/dev/null && return 0
    sleep 0.2
  done
  fail "no '$2' in $folder/$1.log after $((tries / 5)) s"
}

# begin NAMES: hosts with a cluster on them.
begin() {
  local number
  end_hosts
  make_hosts "$1"
  start 0 master org.apache.spark.deploy.master.Master --host "$net.10" --port 7077 --webui-port 0
  wait_for master "I have been elected leader"
  for number in 1 2 3; do
    start "$number" "worker-$number" org.apache.spark.deploy.worker.Worker --host "$net.1$number" \
      --cores $((number == 1 ? 2 : 1)) --memory 3g --webui-port 0 --work-dir "$folder/work-$number" \
      "spark://$net.10:7077"
    wait_for "worker-$number" "Successfully registered with master"
  done
}

# submit COMMAND...: on the first host, to the cluster.
submit() {
  named 0 env SPARK_HOME="$spark" MASTER="spark://$net.10:7077" \
    SPARK_LOCAL_IP="$net.10" SPARK_LOCAL_DIRS="$folder/scratch-0" "$root/submit/standalone.sh" "$@" \
    -- --conf spark.executor.cores=1 --conf spark.executor.memory=1g --driver-memory 1g \
    --conf spark.cores.max=4
}

job() {
  echo run --config "$root/conf/quickstart.conf" --run-id hosts \
    --set data.dataset=generated-garments --set data.train-examples=1024 \
    --set data.test-examples=300 --set finder.workers=4 --set finder.epochs=8 \
    --set sweep.workers-per-trial=2 --set sweep.epochs="$epochs" --set sweep.parallel-trials=2 \
    --set output="$1"
}

# The sums of the tables' rows without what tells time, place and process.
sums() {
  rm -rf "$1-csv"
  "$root/submit/local.sh" export --output "$1" --csv "$1-csv" >/dev/null
  python3 - "$1-csv" <<'END'
import csv, hashlib, pathlib, re, sys
TIMES = re.compile(r"(_at|_ms|_millis|seconds|_path|command|config|master|version)$")
for table in sorted(pathlib.Path(sys.argv[1]).glob("*.csv")):
    if table.stem == "runs":
        continue
    rows = [
        "|".join(f"{k}={v}" for k, v in row.items() if not TIMES.search(k))
        for row in csv.DictReader(table.open())
    ]
    print(table.stem, len(rows), hashlib.sha256("\n".join(sorted(rows)).encode()).hexdigest()[:16])
END
  find "$1" -name '*.zip' -printf '%P\n' | sort | while read -r zip; do
    unzip -p "$1/$zip" coefficients.bin updaterState.bin >"$1-network" || fail "can't read $1/$zip"
    echo "$zip $(sha256sum <"$1-network" | cut -c1-16)"
  done
  rm -f "$1-network"
}

# require_sums FILE: of a comparison of nothing all is the same.
require_sums() {
  grep -qE ' [1-9][0-9]* ' "$1" || fail "no table with rows in $1"
  grep -q '\.zip ' "$1" || fail "no network in $1"
}

# compare NAME: with local mode of the same jar, as many workers and threads.
compare() {
  local expected
  expected=$folder/local-$epochs-$(sha256sum <"$jar" | cut -c1-16)
  if [ ! -d "$expected" ]; then
    rm -rf "$folder/local-unfinished"
    # shellcheck disable=SC2046 # a word an argument
    "$root/submit/local.sh" $(job "$folder/local-unfinished") -- --master 'local[4,4]' \
      >"$folder/local.log" 2>&1
    mv "$folder/local-unfinished" "$expected"
  fi
  sums "$expected" >"$expected.sums"
  require_sums "$expected.sums"
  sums "$folder/$1" >"$folder/$1.sums"
  diff "$expected.sums" "$folder/$1.sums" >"$folder/$1.diff" || {
    echo "$1: NOT the same as local mode: $folder/$1.diff"
    return 1
  }
  echo "$1: the same as local mode, $(wc -l <"$folder/$1.sums") tables and networks"
}

run_job() {
  rm -rf "${folder:?}/$1"
  # shellcheck disable=SC2046 # a word an argument
  submit $(job "$folder/$1") >"$folder/$1.log" 2>&1
}

# Bytes that a host has sent, over its link.
sent() {
  on "$1" cat /sys/class/net/eth0/statistics/tx_bytes
}

part() {
  local name=$1 seconds
  epochs=2
  rm -f "$folder/$name.log"
  case $name in
    same)
      begin yes
      run_job same
      compare same
      ;;
    nameless)
      begin no
      run_job nameless
      compare nameless
      ;;
    cut)
      epochs=12
      begin yes
      seconds=$SECONDS
      run_job cut &
      local job=$!
      # Trials have begun when the range test has ended.
      wait_for cut "^Sweep: "
      sleep 3
      ip -n "$switch" link set "$(plug 3)" down
      echo "cut: the link of host-3 is down"
      sleep 20
      ip -n "$switch" link set "$(plug 3)" up
      echo "cut: the link is up"
      wait "$job"
      echo "cut: the run took $((SECONDS - seconds)) s; lost executors and rounds trained anew:" \
        "$(grep -cE 'Lost executor|was lost, with its executor' "$folder/cut.log" || true)"
      compare cut
      ;;
    slow)
      begin yes
      limit 3 20mbit
      run_job slow
      compare slow
      ;;
    rounds | rounds=*)
      begin yes
      local number rate=${name#rounds} model=${MODEL:-minigooglenet} before
      if [ -n "$rate" ]; then
        for number in 0 1 2 3; do limit "$number" "${rate#=}"; done
      fi
      before=$(($(sent 1) + $(sent 2) + $(sent 3)))
      submit bench --rounds --model "$model" --engine lrsweep --workers 4 --steps 60 \
        >"$folder/$name.log" 2>&1
      grep -E '^(network|small-cnn|minigooglenet|tiny|dense)' "$folder/$name.log"
      echo "$name: the executors' hosts sent $((($(sent 1) + $(sent 2) + $(sent 3) - before) >> 20)) MB," \
        "warm-up included"
      ;;
    *) fail "$name is none of same, nameless, cut, slow and rounds[=RATE]" ;;
  esac
}

spark=$folder/spark
"$here/spark-home.sh" "$spark"
for name in "$@"; do
  part "$name"
done
