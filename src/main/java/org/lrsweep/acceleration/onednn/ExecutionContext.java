package org.lrsweep.acceleration.onednn;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.bytedeco.dnnl.dnnl_stream;
import org.bytedeco.dnnl.global.dnnl.scratchpad_mode;
import org.bytedeco.dnnl.primitive_attr;
import org.bytedeco.dnnl.stream;

/**
 * What the primitives of one network share: a stream, scratch memory and gradient buffers. Like the
 * network itself it serves one thread at a time.
 */
public final class ExecutionContext {

  private final stream queue = new stream(OneDnn.engine());
  private final dnnl_stream handle = queue.get();
  private final primitive_attr attributes = newAttributes();
  private final GrowingBuffer scratch = new GrowingBuffer();
  private final GrowingBuffer outlet = new GrowingBuffer();
  private final BufferPool gradients = new BufferPool();
  private final List<Runnable> resets = new ArrayList<>();
  private final BooleanSupplier watchers;
  private final Precision precision;
  private int threads = Threads.inForce();
  private boolean watched;

  /**
   * A context for one network, in single precision.
   *
   * @param watchers tells whether anything but the layers will look at a training pass's
   *     activations
   */
  public ExecutionContext(BooleanSupplier watchers) {
    this(watchers, Precision.FLOAT);
  }

  /**
   * A context for one network.
   *
   * @param precision of what the network's accelerated layers hand each other
   */
  public ExecutionContext(BooleanSupplier watchers, Precision precision) {
    this.watchers = watchers;
    this.precision = precision;
  }

  public Precision precision() {
    return precision;
  }

  /**
   * The first layer of a pass calls this: whatever an earlier pass left behind is free again.
   *
   * @param training whether it is a pass that listeners are shown
   */
  public void beginPass(boolean training) {
    gradients.giveBackAll();
    resets.forEach(Runnable::run);
    threads = Threads.inForce();
    watched = training && watchers.getAsBoolean();
  }

  /** Whether this pass's activations must be as stock layers would put them out. */
  public boolean isWatched() {
    return watched;
  }

  /** Has something forget, whenever a pass begins, what it holds of the pass before. */
  void beforeEachPass(Runnable reset) {
    resets.add(reset);
  }

  /** Kernels are made for a number of threads, so each number needs its own. */
  public int threads() {
    return threads;
  }

  public BufferPool gradients() {
    return gradients;
  }

  dnnl_stream stream() {
    return handle;
  }

  primitive_attr attributes() {
    return attributes;
  }

  /** Attributes to add to; they leave scratch memory to the context. */
  static primitive_attr newAttributes() {
    primitive_attr attributes = new primitive_attr();
    attributes.set_scratchpad_mode(scratchpad_mode.user);
    return attributes;
  }

  /** Where kernels put intermediate results; it holds nothing between two kernels. */
  GrowingBuffer scratch() {
    return scratch;
  }

  /** Where a kernel's output lies on its way into another layout. */
  GrowingBuffer outlet() {
    return outlet;
  }
}
