package org.lrsweep.training.spark;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import java.io.Serializable;

/**
 * What a task sends back. That a state is lost is an answer and no failure of the task: Spark would
 * repeat that, in vain, and then give up the job.
 */
sealed interface Reply<T extends Serializable> extends Serializable {

  /** What the task was for. */
  @DefaultSerializer(JavaSerializer.class)
  record Done<T extends Serializable>(T value) implements Reply<T> {}

  /** The task could not begin. */
  @DefaultSerializer(JavaSerializer.class)
  record Lost<T extends Serializable>(String what) implements Reply<T> {}

  /** The task can't call what the fast transport needs of Spark. */
  @DefaultSerializer(JavaSerializer.class)
  record Unable<T extends Serializable>(String why) implements Reply<T> {}

  /**
   * The value.
   *
   * @throws LostStateException if the task found that it has lost what it needs
   * @throws FastWayException if its Spark lacks what the fast transport needs
   */
  default T value() {
    if (this instanceof Lost<T> lost) {
      throw new LostStateException(lost.what());
    }
    if (this instanceof Unable<T> unable) {
      throw new FastWayException(unable.why(), null);
    }
    return ((Done<T>) this).value;
  }
}
