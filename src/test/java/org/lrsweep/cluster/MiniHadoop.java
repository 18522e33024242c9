package org.lrsweep.cluster;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.hdfs.MiniDFSCluster;
import org.apache.hadoop.yarn.server.MiniYARNCluster;

/**
 * HDFS of one data node and YARN of two node managers in a JVM of their own, until it is killed.
 */
final class MiniHadoop {
  private MiniHadoop() {}

  /**
   * Starts both and says so on standard output.
   *
   * @param args the folder for all data and the clients' core-site.xml and yarn-site.xml
   */
  public static void main(String[] args) throws Exception {
    Path folder = Path.of(args[0]);
    // Where YARN's node managers work.
    System.setProperty("test.build.data", folder.toString());
    Configuration conf = configuration();
    MiniDFSCluster hdfs =
        new MiniDFSCluster.Builder(conf, folder.resolve("hdfs").toFile()).numDataNodes(1).build();
    hdfs.waitActive();

    MiniYARNCluster yarn = new MiniYARNCluster("yarn", 2, 1, 1);
    yarn.init(conf);
    yarn.start();
    if (!yarn.waitForNodeManagersToConnect(60_000)) {
      throw new IllegalStateException("YARN's node managers didn't connect within a minute");
    }

    Configuration clients = new Configuration(yarn.getConfig());
    // A class of the tests, which clients don't have.
    clients.unset("net.topology.node.switch.mapping.impl");
    for (String site : List.of("core-site.xml", "yarn-site.xml")) {
      write(clients, folder.resolve(site));
    }
    System.out.println("Hadoop is up at " + hdfs.getFileSystem().getUri());
  }

  private static Configuration configuration() {
    Configuration conf = new Configuration();
    conf.set("dfs.replication", "1");
    conf.set("dfs.webhdfs.enabled", "false");
    conf.set("hadoop.proxyuser.root.hosts", "*");
    // Room for a driver and two executors, of which YARN kills those that need more than they said.
    conf.set("yarn.minicluster.fixed.ports", "false");
    conf.set("yarn.minicluster.yarn.nodemanager.resource.memory-mb", "8192");
    conf.set("yarn.nodemanager.pmem-check-enabled", "true");
    conf.set("yarn.nodemanager.vmem-check-enabled", "false");
    conf.set("yarn.nodemanager.container-monitor.interval-ms", "500");
    // A test machine's disk may be as full as it likes.
    String checker = "yarn.nodemanager.disk-health-checker.";
    conf.set(checker + "max-disk-utilization-per-disk-percentage", "100");
    conf.set(checker + "min-free-space-per-disk-mb", "0");
    conf.set("yarn.scheduler.minimum-allocation-mb", "256");
    conf.set("yarn.scheduler.capacity.root.queues", "default");
    conf.set("yarn.scheduler.capacity.root.default.capacity", "100");
    conf.set("yarn.scheduler.capacity.maximum-am-resource-percent", "0.5");
    return conf;
  }

  private static void write(Configuration conf, Path file) throws IOException {
    try (OutputStream out = Files.newOutputStream(file)) {
      conf.writeXml(out);
    }
  }
}
