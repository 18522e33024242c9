package org.lrsweep.cluster;

import com.sun.security.auth.module.UnixSystem;
import java.util.Map;
import org.apache.hadoop.security.UserGroupInformation;

/**
 * The user of a process whose user id has no name, as in containers that run under any id. Hadoop
 * refuses to open a file for such a user.
 */
public final class UnnamedUser {
  private UnnamedUser() {}

  /** Tells Hadoop a name, if the system has none and Kerberos doesn't say who it is. */
  public static void tellHadoop() {
    UnixSystem user = new UnixSystem();
    if (user.getUsername() == null && !UserGroupInformation.isSecurityEnabled()) {
      UserGroupInformation.setLoginUser(
          UserGroupInformation.createRemoteUser(name(System.getenv(), user.getUid())));
    }
  }

  /** As Hadoop and Spark are told it by others, else made of the id. */
  static String name(Map<String, String> environment, long id) {
    String named = environment.getOrDefault("HADOOP_USER_NAME", environment.get("SPARK_USER"));
    return named == null || named.isBlank() ? "user-" + id : named;
  }
}
