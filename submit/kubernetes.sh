#!/usr/bin/env bash
# Submits lrsweep to Kubernetes; core.sh says what it takes.
#   MASTER=k8s://https://host:6443 IMAGE=registry/lrsweep:1 \
#     submit/kubernetes.sh run --config s3a://bucket/experiment.conf
# By default the driver runs in a pod. The image holds the jar: see the Dockerfile.
#
# IMAGE                the image of driver and executors; else spark.kubernetes.container.image
# shellcheck source-path=SCRIPTDIR source=core.sh
source "$(dirname "${BASH_SOURCE[0]}")/core.sh"

take_arguments "$@"
require_command
use_conf "$root/conf/spark-kubernetes.conf"
require_master k8s:// k8s://https://host:6443
[ -z "${IMAGE:-}" ] || settings+=(--conf "spark.kubernetes.container.image=$IMAGE")
[ -n "${IMAGE:-}" ] || [ -n "$(property spark.kubernetes.container.image)" ] ||
  fail "no image; set IMAGE=registry/lrsweep:1, built from the Dockerfile, or spark.kubernetes.container.image in $conf"
find_deploy_mode
require_java "$([ "$mode" = client ] && echo 17 || echo 8)"
find_spark
find_experiment
if [ "$mode" = cluster ]; then
  LRSWEEP_JAR=${LRSWEEP_JAR:-local:///opt/lrsweep/lrsweep.jar}
  send_files spark.kubernetes.driverEnv
  if [[ " ${settings[*]-} " == *" --files "* ]] && [ -z "$(property spark.kubernetes.file.upload.path)" ]; then
    fail "files of this machine need a place to be uploaded to; set spark.kubernetes.file.upload.path in $conf, or give URIs"
  fi
fi
find_jar
submit_with "$master"
