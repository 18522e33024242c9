package org.lrsweep.acceleration;

import java.util.ArrayList;
import java.util.List;
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
final class Kernel {

  private static final int MAX_ARGUMENTS = 12;

  private final Workbench workbench;

  @SuppressWarnings("UnusedVariable") // keeps the native object behind the handle alive
  private final primitive operation;

  private final dnnl_primitive handle;
  private final boolean usesScratch;
  private final dnnl_exec_arg_t passed = new dnnl_exec_arg_t(MAX_ARGUMENTS);
  private final List<Argument> arguments = new ArrayList<>();
  private final List<Kernel> before = new ArrayList<>();
  private final List<Kernel> after = new ArrayList<>();

  /** An argument of this kernel, or, through a reorder, the same one of the caller's layout. */
  private static final class Argument {
    final int name;
    final memory place;
    final Kernel reorder;
    final int reorderName;
    long address;

    Argument(int name, memory place, Kernel reorder, int reorderName) {
      this.name = name;
      this.place = place;
      this.reorder = reorder;
      this.reorderName = reorderName;
    }
  }

  Kernel(Workbench workbench, primitive operation, primitive_desc_base description) {
    this.workbench = workbench;
    this.operation = operation;
    this.handle = operation.get();
    memory.desc scratchpad = description.scratchpad_desc();
    usesScratch = scratchpad.get_size() > 0;
    if (usesScratch) {
      workbench.reserveScratch(scratchpad.get_size());
      argument(dnnl.DNNL_ARG_SCRATCHPAD, scratchpad);
    }
  }

  /** Copies from {@code DNNL_ARG_FROM} to {@code DNNL_ARG_TO}. */
  static Kernel copy(Workbench workbench, memory.desc from, memory.desc to) {
    return reorder(workbench, from, to)
        .argument(dnnl.DNNL_ARG_FROM, from)
        .argument(dnnl.DNNL_ARG_TO, to);
  }

  private static Kernel reorder(Workbench workbench, memory.desc from, memory.desc to) {
    reorder.primitive_desc description =
        new reorder.primitive_desc(
            OneDnn.engine(), from, OneDnn.engine(), to, workbench.attributes(), false);
    return new Kernel(workbench, new reorder(description), description);
  }

  /** An argument at an address that {@link #at} sets. */
  Kernel argument(int name, memory.desc layout) {
    return pass(new Argument(name, new memory(layout, OneDnn.engine(), null), null, 0));
  }

  /** An argument in memory of its own. */
  Kernel argument(int name, memory bound) {
    return pass(new Argument(name, bound, null, 0));
  }

  /** What the primitive reads as {@code wanted} and the caller has as {@code given}. */
  Kernel input(int name, memory.desc wanted, memory.desc given) {
    if (wanted.equals(given)) {
      return argument(name, given);
    }
    memory staged = new memory(wanted, OneDnn.engine());
    Kernel reorder =
        reorder(workbench, given, wanted)
            .argument(dnnl.DNNL_ARG_FROM, given)
            .argument(dnnl.DNNL_ARG_TO, staged);
    before.add(reorder);
    return pass(new Argument(name, staged, reorder, dnnl.DNNL_ARG_FROM));
  }

  /** What the primitive writes as {@code written} and the caller has as {@code wanted}. */
  Kernel output(int name, memory.desc written, memory.desc wanted) {
    if (written.equals(wanted)) {
      return argument(name, wanted);
    }
    memory staged = new memory(written, OneDnn.engine());
    Kernel reorder =
        reorder(workbench, written, wanted)
            .argument(dnnl.DNNL_ARG_FROM, staged)
            .argument(dnnl.DNNL_ARG_TO, wanted);
    after.add(reorder);
    return pass(new Argument(name, staged, reorder, dnnl.DNNL_ARG_TO));
  }

  private Kernel pass(Argument argument) {
    passed.getPointer(arguments.size()).arg(argument.name).memory(argument.place.get());
    arguments.add(argument);
    return this;
  }

  /** Sets where an argument lies, for this run and the next ones. */
  Kernel at(int name, long address) {
    for (Argument argument : arguments) {
      if (argument.name == name) {
        if (argument.reorder != null) {
          argument.reorder.at(argument.reorderName, address);
        } else if (argument.address != address) {
          argument.place.set_data_handle(new Address(address));
          argument.address = address;
        }
        return this;
      }
    }
    throw new IllegalArgumentException("no argument " + name);
  }

  void run() {
    before.forEach(Kernel::run);
    execute();
    after.forEach(Kernel::run);
  }

  private void execute() {
    if (usesScratch) {
      at(dnnl.DNNL_ARG_SCRATCHPAD, workbench.scratch());
    }
    int status = dnnl.dnnl_primitive_execute(handle, workbench.stream(), arguments.size(), passed);
    if (status != dnnl.dnnl_success) {
      throw new IllegalStateException("oneDNN primitive failed with status " + status);
    }
  }
}
