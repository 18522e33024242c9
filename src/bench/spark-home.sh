#!/usr/bin/env bash
# Makes an installation of Spark: a folder to be a SPARK_HOME, with a release's jars and the scripts
# that start it.
#
#   src/bench/spark-home.sh FOLDER [VERSION]
#
# The jars of a version come from Maven Central; without one they are those that the build has left
# in target/spark-runtime. A folder that this script has made before is emptied of its jars, so that
# releases don't mix; one with jars of somebody else's is refused.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../.." && pwd)

fail() {
  echo "src/bench/spark-home.sh: $*" >&2
  exit 2
}

folder=${1:?a folder, and perhaps a version}
version=${2:-}
mkdir -p "$folder/bin" "$folder/jars"
folder=$(cd "$folder" && pwd)
made=$folder/made-by-spark-home
if [ -n "$(find "$folder/jars" -name '*.jar' -print -quit)" ]; then
  [ -e "$made" ] || fail "$folder has jars that this script did not put there; give another folder"
  rm -f "$folder"/jars/*.jar
fi
touch "$made"
cp "$here"/spark-home/* "$folder/bin/"
chmod +x "$folder"/bin/*

if [ -z "$version" ]; then
  [ -d "$root/target/spark-runtime" ] ||
    fail "no $root/target/spark-runtime; build it with ./mvnw -DskipTests package"
  ln -sf "$root"/target/spark-runtime/*.jar "$folder/jars/"
  exit 0
fi

cat >"$folder/pom.xml" <<END
<project>
  <modelVersion>4.0.0</modelVersion>
  <groupId>spark-home</groupId>
  <artifactId>spark-home</artifactId>
  <version>1</version>
  <!-- Versions as the release has them. -->
  <dependencyManagement>
    <dependencies>
      <dependency>
        <groupId>org.apache.spark</groupId>
        <artifactId>spark-parent_2.12</artifactId>
        <version>$version</version>
        <type>pom</type>
        <scope>import</scope>
      </dependency>
    </dependencies>
  </dependencyManagement>
  <dependencies>
    <dependency>
      <groupId>org.apache.spark</groupId>
      <artifactId>spark-core_2.12</artifactId>
      <version>$version</version>
    </dependency>
    <dependency>
      <groupId>org.apache.spark</groupId>
      <artifactId>spark-sql_2.12</artifactId>
      <version>$version</version>
    </dependency>
  </dependencies>
</project>
END
(cd "$root" && ./mvnw -q -B -f "$folder/pom.xml" \
  org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies \
  -DincludeScope=runtime -DoutputDirectory="$folder/jars") ||
  fail "the jars of Spark $version can't be had; see above"
