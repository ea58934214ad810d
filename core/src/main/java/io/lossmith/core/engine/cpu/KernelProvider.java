package io.lossmith.core.engine.cpu;

import io.lossmith.core.engine.SystemProperty;
import io.lossmith.core.engine.cpu.kernel.Kernels;
import io.lossmith.core.engine.cpu.plain.PlainKernels;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.reflect.InvocationTargetException;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the kernels of this JVM, once: those over {@code jdk.incubator.vector} where they run and
 * pay, plain Java elsewhere. Falling back is said in one logged sentence, with what to do about it.
 */
public final class KernelProvider {
  /** Set to {@code false} to run without vector instructions of our own. */
  public static final String PROPERTY = "lossmith.simd";

  private static final String MODULE = "jdk.incubator.vector";
  private static final String SIMD = "io.lossmith.core.engine.cpu.simd.SimdKernels";

  /**
   * Narrower vectors than this do not pay. On x86 those of 4 floats mean that there is no AVX2, and
   * so, it must be feared, no fused multiply-add: Java would compute it with big decimals.
   */
  private static final int LEAST_LANES =
      System.getProperty("os.arch", "").equals("aarch64") ? 4 : 8;

  private static @Nullable Kernels chosen;

  private KernelProvider() {}

  /**
   * Returns the kernels to use, always the same ones.
   *
   * @throws IllegalArgumentException if the property is neither true nor false
   */
  public static synchronized Kernels kernels() {
    Kernels kernels = chosen;
    if (kernels == null) {
      kernels = choose();
      chosen = kernels;
    }
    return kernels;
  }

  private static Kernels choose() {
    if (!SystemProperty.flag(PROPERTY, true)) {
      return new PlainKernels();
    }
    if (ModuleLayer.boot().findModule(MODULE).isEmpty()) {
      return plain("module " + MODULE + " is not there; start java with --add-modules " + MODULE);
    }
    try {
      // By name, because linking the class without the module would fail.
      Kernels simd = (Kernels) Class.forName(SIMD).getDeclaredConstructor().newInstance();
      if (simd.lanes() >= LEAST_LANES) {
        return simd;
      }
      return plain(
          "vectors here hold " + simd.lanes() + " floats, must be " + LEAST_LANES + " or more");
    } catch (InvocationTargetException e) {
      return plain("the vector kernels do not start: " + e.getCause());
    } catch (ReflectiveOperationException | LinkageError e) {
      return plain("the vector kernels do not load: " + e);
    }
  }

  private static Kernels plain(String why) {
    Logger logger = System.getLogger(KernelProvider.class.getName());
    logger.log(
        Level.WARNING,
        "Lossmith computes in plain Java, several times slower than it could: "
            + why
            + " (or -D"
            + PROPERTY
            + "=false to hear no more of it).");
    return new PlainKernels();
  }
}
