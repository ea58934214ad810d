package io.lossmith.core.engine.cpu.plain;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;

/**
 * Whether {@link Math#fma} is one instruction here. Where it is not, it is exact arithmetic on
 * decimals, a thousand times as slow as a product and a sum.
 */
final class FusedMultiplyAdd {
  static final boolean IS_FAST = isFast();

  private FusedMultiplyAdd() {}

  /** a · b + c, in one rounding where that is fast. */
  static float of(float a, float b, float c) {
    return IS_FAST ? Math.fma(a, b, c) : a * b + c;
  }

  private static boolean isFast() {
    try {
      HotSpotDiagnosticMXBean machine =
          ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
      return machine != null && Boolean.parseBoolean(machine.getVMOption("UseFMA").getValue());
    } catch (LinkageError | IllegalArgumentException e) {
      return false; // a Java without the management module, or without this option
    }
  }
}
