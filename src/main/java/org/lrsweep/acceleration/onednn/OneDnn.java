package org.lrsweep.acceleration.onednn;

import org.bytedeco.dnnl.engine;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.javacpp.Loader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The native library: whether this platform has it, and its CPU engine, one for the process. */
public final class OneDnn {

  private static final Logger LOG = LoggerFactory.getLogger(OneDnn.class);

  private OneDnn() {}

  public static boolean isAvailable() {
    return Library.AVAILABLE;
  }

  static engine engine() {
    return Cpu.ENGINE;
  }

  private static final class Library {

    static final boolean AVAILABLE = load();

    private static boolean load() {
      try {
        Loader.load(dnnl.class);
        return true;
      } catch (LinkageError e) {
        LOG.warn("No oneDNN for {}: networks run on stock layers", Loader.getPlatform());
        LOG.debug("oneDNN can't be loaded", e);
        return false;
      }
    }
  }

  private static final class Cpu {
    static final engine ENGINE = new engine(engine.kind.cpu, 0);
  }
}
