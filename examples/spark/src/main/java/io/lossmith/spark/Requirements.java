package io.lossmith.spark;

import io.lossmith.core.engine.cpu.KernelProvider;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * What an executor must have; looked at in each before any connects to another.
 *
 * @param shared a file that all must see; null where all workers are in the driver's process
 * @param memory how many bytes of heap a worker needs
 * @param workersInProcess how many share a heap
 */
record Requirements(@Nullable SharedFile shared, long memory, int workersInProcess)
    implements Serializable {
  private static final String MODULE = "jdk.incubator.vector";
  private static final String PLAIN = "-D" + KernelProvider.PROPERTY + "=false";

  /** Returns those for workers that are threads of this process. */
  static Requirements local(long memory, int workers) {
    return new Requirements(null, memory, workers);
  }

  /** Returns those for executors. */
  static Requirements executors(SharedFile shared, long memory) {
    return new Requirements(shared, memory, 1);
  }

  /** Returns in one line what is wrong here, or nothing. */
  String mistake(String worker) {
    return mistake(worker, ModuleLayer.boot(), Runtime.getRuntime().maxMemory());
  }

  String mistake(String worker, ModuleLayer modules, long heap) {
    if (shared != null && !shared.isSeen()) {
      return worker
          + " does not see "
          + shared.folder()
          + " as the driver does; --out must be a folder that all machines share, on NFS for"
          + " example.";
    }
    // One plain worker would make all others wait, several times longer than they compute.
    if (modules.findModule(MODULE).isEmpty() && !isPlain()) {
      return worker
          + " runs a Java without the module "
          + MODULE
          + "; give "
          + (shared == null ? "java " : "--conf spark.executor.extraJavaOptions=")
          + "--add-modules="
          + MODULE
          + ", or with "
          + PLAIN
          + " compute without it, several times slower.";
    }
    if (heap < memory * workersInProcess) {
      return worker + " has " + HeapSize.text(heap) + " of memory, " + needed();
    }
    return "";
  }

  private static boolean isPlain() {
    return "false".equals(System.getProperty(KernelProvider.PROPERTY));
  }

  /** Returns what to say where memory ran out all the same. */
  String tooLittleMemory() {
    return "the memory of "
        + HeapSize.text(Runtime.getRuntime().maxMemory())
        + " is too little; "
        + remedy(2 * memory);
  }

  private String needed() {
    return (workersInProcess == 1 ? "" : workersInProcess + " workers in it ")
        + "must have "
        + HeapSize.text(memory * workersInProcess)
        + "; "
        + remedy(memory);
  }

  private String remedy(long bytes) {
    return "give "
        + (shared == null
            ? "JAVA_OPTS=-Xmx" + HeapSize.option(bytes * workersInProcess)
            : "--executor-memory " + HeapSize.option(bytes))
        + " or more, a smaller --batch or --crop, or "
        + (shared == null ? "fewer" : "more")
        + " --workers.";
  }
}
