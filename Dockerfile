# Driver and executors of LRSweep on Kubernetes: Spark's own image and the application jar.
#   ./mvnw -DskipTests package
#   docker build -t registry/lrsweep:1 .
# For s3a:// put hadoop-aws and its SDK, of the image's Hadoop, into /opt/spark/jars as well.
ARG SPARK_IMAGE=apache/spark:3.5.5-scala2.12-java17-ubuntu
FROM ${SPARK_IMAGE}
COPY target/lrsweep-*-app.jar /opt/lrsweep/lrsweep.jar
COPY conf/*.conf /opt/lrsweep/conf/
