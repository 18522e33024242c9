package org.lrsweep.acceleration.onednn;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;
import org.bytedeco.dnnl.dnnl_exec_arg_t;
import org.bytedeco.dnnl.dnnl_primitive;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.primitive;
import org.bytedeco.dnnl.primitive_desc_base;
import org.bytedeco.dnnl.reorder;

/**
 * A oneDNN primitive with its arguments. The layouts are fixed, the addresses may change from run
 * to run; where the primitive wants another layout than the caller has, a reorder runs before or
 * after it. Everything is created once, a run allocates nothing. Native objects go with the garbage
 * collector. Not thread-safe.
 */
public final class Primitive {

  private static final int MAX_ARGUMENTS = 12;

  private final ExecutionContext context;

  @SuppressWarnings("UnusedVariable") // keeps the native object behind the handle alive
  private final primitive operation;

  private final dnnl_primitive handle;
  private final dnnl_exec_arg_t passed = new dnnl_exec_arg_t(MAX_ARGUMENTS);
  private final List<Argument> arguments = new ArrayList<>();
  private final List<Shared> shared = new ArrayList<>();
  private final List<Primitive> before = new ArrayList<>();
  private final List<Primitive> after = new ArrayList<>();

  /** What the primitive sees as an argument, and what to do with the address the caller gives. */
  private record Argument(int name, memory place, LongConsumer locate) {}

  private record Shared(GrowingBuffer buffer, LongConsumer locate) {}

  Primitive(ExecutionContext context, primitive operation, primitive_desc_base description) {
    this.context = context;
    this.operation = operation;
    handle = operation.get();
    memory.desc scratchpad = description.scratchpad_desc();
    if (scratchpad.get_size() > 0) {
      argument(dnnl.DNNL_ARG_SCRATCHPAD, scratchpad, context.scratch());
    }
  }

  /** Copies from {@code DNNL_ARG_FROM} to {@code DNNL_ARG_TO}. */
  public static Primitive copy(ExecutionContext context, memory.desc from, memory.desc to) {
    return reorder(context, from, to)
        .argument(dnnl.DNNL_ARG_FROM, from)
        .argument(dnnl.DNNL_ARG_TO, to);
  }

  private static Primitive reorder(ExecutionContext context, memory.desc from, memory.desc to) {
    reorder.primitive_desc description =
        new reorder.primitive_desc(
            OneDnn.engine(), from, OneDnn.engine(), to, context.attributes(), false);
    return new Primitive(context, new reorder(description), description);
  }

  /** An argument at an address that {@link #at} sets. */
  Primitive argument(int name, memory.desc layout) {
    memory place = elsewhere(layout);
    return pass(name, place, new Mover(place));
  }

  /** An argument in memory of its own. */
  Primitive argument(int name, memory place) {
    return pass(name, place, Primitive::stay);
  }

  private Primitive argument(int name, memory.desc layout, GrowingBuffer buffer) {
    return pass(name, shared(layout, buffer), Primitive::stay);
  }

  /** What the primitive reads as {@code wanted} and the caller has as {@code given}. */
  Primitive input(int name, memory.desc wanted, memory.desc given) {
    if (wanted.equals(given)) {
      return argument(name, given);
    }
    memory staged = new memory(wanted, OneDnn.engine());
    Primitive reorder =
        reorder(context, given, wanted)
            .argument(dnnl.DNNL_ARG_FROM, given)
            .argument(dnnl.DNNL_ARG_TO, staged);
    before.add(reorder);
    return pass(name, staged, address -> reorder.at(dnnl.DNNL_ARG_FROM, address));
  }

  /** The same, but what another kernel has had reordered is taken as it left it. */
  Primitive inputAsOf(Primitive other, int name, memory.desc wanted, memory.desc given) {
    memory read = other.argument(name).place();
    boolean isReordered = !(other.argument(name).locate() instanceof Mover);
    return isReordered && read.get_desc().equals(wanted)
        ? argument(name, read)
        : input(name, wanted, given);
  }

  /**
   * What the primitive writes as {@code written} and the caller has as {@code wanted}. Only one
   * output of a kernel may differ in these.
   */
  Primitive output(int name, memory.desc written, memory.desc wanted) {
    if (written.equals(wanted)) {
      return argument(name, wanted);
    }
    Primitive reorder =
        reorder(context, written, wanted)
            .argument(dnnl.DNNL_ARG_FROM, written, context.outlet())
            .argument(dnnl.DNNL_ARG_TO, wanted);
    after.add(reorder);
    return pass(
        name, shared(written, context.outlet()), address -> reorder.at(dnnl.DNNL_ARG_TO, address));
  }

  @SuppressWarnings("UnusedVariable")
  private static void stay(long address) {
    // The argument has its place, whatever the caller has elsewhere.
  }

  private Primitive pass(int name, memory place, LongConsumer locate) {
    passed.getPointer(arguments.size()).arg(name).memory(place.get());
    arguments.add(new Argument(name, place, locate));
    return this;
  }

  private memory shared(memory.desc layout, GrowingBuffer buffer) {
    buffer.atLeast((layout.get_size() + Float.BYTES - 1) / Float.BYTES);
    memory place = elsewhere(layout);
    shared.add(new Shared(buffer, new Mover(place)));
    return place;
  }

  private static memory elsewhere(memory.desc layout) {
    return new memory(layout, OneDnn.engine(), null);
  }

  private Argument argument(int name) {
    for (Argument argument : arguments) {
      if (argument.name() == name) {
        return argument;
      }
    }
    throw new IllegalArgumentException("no argument " + name);
  }

  /** Sets where an argument lies, for this run and the next ones. */
  public Primitive at(int name, long address) {
    argument(name).locate().accept(address);
    return this;
  }

  public void run() {
    for (Primitive kernel : before) {
      kernel.run();
    }
    for (Shared argument : shared) {
      argument.locate().accept(argument.buffer().address());
    }
    int status = dnnl.dnnl_primitive_execute(handle, context.stream(), arguments.size(), passed);
    if (status != dnnl.dnnl_success) {
      throw new IllegalStateException("oneDNN primitive failed with status " + status);
    }
    for (Primitive kernel : after) {
      kernel.run();
    }
  }

  /** Moves an argument; most of the time it lies where it lay in the last run. */
  private static final class Mover implements LongConsumer {
    private final memory place;
    private long current;

    Mover(memory place) {
      this.place = place;
    }

    @Override
    public void accept(long address) {
      if (address != current) {
        place.set_data_handle(new Address(address));
        current = address;
      }
    }
  }
}
