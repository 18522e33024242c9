#!/usr/bin/env bash
# Submits lrsweep to a Spark standalone cluster; core.sh says what it takes.
#   MASTER=spark://host:7077 submit/standalone.sh run --config conf/fashion-mnist.conf
# In cluster mode (-- --deploy-mode cluster) the worker that becomes the driver reads jar and
# experiment itself: give URIs, or paths that every worker has.
# shellcheck source-path=SCRIPTDIR source=core.sh
source "$(dirname "${BASH_SOURCE[0]}")/core.sh"

take_arguments "$@"
require_command
use_conf "$root/conf/spark-standalone.conf"
require_master spark:// spark://host:7077
find_deploy_mode
require_java "$([ "$mode" = client ] && echo 17 || echo 8)"
find_jar
find_spark
find_experiment
if [ "$mode" = cluster ]; then
  # The driver's folder is another one.
  is_uri "$jar" || jar=$(absolute "$jar")
  if [ -n "$experiment" ] && ! is_uri "${command[experiment]}"; then
    command[experiment]=$(absolute "${command[experiment]}")
  fi
  # A worker starts the driver without Spark's launcher.
  module_options
  own=$(option --driver-java-options)
  options+=(--driver-java-options "${modules[*]} ${own:-$(property spark.driver.extraJavaOptions)}")
fi
submit_with "$master"
