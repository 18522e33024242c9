#!/usr/bin/env bash
# Submits lrsweep to YARN; core.sh says what it takes.
#   HADOOP_CONF_DIR=/etc/hadoop/conf submit/yarn.sh run --config conf/fashion-mnist.conf
# By default the driver runs on the cluster; -- --deploy-mode client keeps it here.
# shellcheck source-path=SCRIPTDIR source=core.sh
source "$(dirname "${BASH_SOURCE[0]}")/core.sh"

take_arguments "$@"
require_command
use_conf "$root/conf/spark-yarn.conf"
sites=${YARN_CONF_DIR:-${HADOOP_CONF_DIR:-}}
[ -n "$sites" ] || fail "no configuration of the cluster; set HADOOP_CONF_DIR to the folder of its yarn-site.xml"
[ -f "$sites/yarn-site.xml" ] || fail "no yarn-site.xml in $sites; set HADOOP_CONF_DIR to the folder that holds it"
find_deploy_mode
require_java "$([ "$mode" = client ] && echo 17 || echo 8)"
find_jar
find_spark
find_experiment
[ "$mode" = client ] || send_files spark.yarn.appMasterEnv
submit_with yarn
