package org.lrsweep.acceleration;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.dnnl.dnnl_stream;
import org.bytedeco.dnnl.global.dnnl.scratchpad_mode;
import org.bytedeco.dnnl.primitive_attr;
import org.bytedeco.dnnl.stream;

/**
 * What the accelerated layers of one network share: a stream, scratch memory and gradient buffers.
 * Like the network itself it serves one thread at a time.
 */
final class Workbench {

  private final stream queue = new stream(OneDnn.engine());
  private final dnnl_stream handle = queue.get();
  private final primitive_attr attributes = newAttributes();
  private final SharedBuffer scratch = new SharedBuffer();
  private final SharedBuffer outlet = new SharedBuffer();
  private final BufferPool gradients = new BufferPool();
  private final List<Junction> junctions = new ArrayList<>();
  private int threads = Threads.inForce();

  /** The first layer of a pass calls this: whatever an earlier pass left behind is free again. */
  void beginPass() {
    gradients.giveBackAll();
    junctions.forEach(Junction::reset);
    threads = Threads.inForce();
  }

  void add(Junction junction) {
    junctions.add(junction);
  }

  /** Kernels are made for a number of threads, so each number needs its own. */
  int threads() {
    return threads;
  }

  BufferPool gradients() {
    return gradients;
  }

  dnnl_stream stream() {
    return handle;
  }

  primitive_attr attributes() {
    return attributes;
  }

  /** Attributes to add to; they leave scratch memory to the workbench. */
  static primitive_attr newAttributes() {
    primitive_attr attributes = new primitive_attr();
    attributes.set_scratchpad_mode(scratchpad_mode.user);
    return attributes;
  }

  /** Where kernels put intermediate results. */
  SharedBuffer scratch() {
    return scratch;
  }

  /** Where outputs lie on their way into the layout that the layers share. */
  SharedBuffer outlet() {
    return outlet;
  }
}
