package io.lossmith.core.engine;

import static org.assertj.core.api.Assertions.fail;

import java.util.function.Supplier;

/** When a float result counts as the wanted one. */
public final class Closeness {
  private Closeness() {}

  /**
   * Fails unless each element is within {@code tolerance · max(1, |want|)}; NaN and ∞ must be met.
   */
  public static void require(Supplier<String> what, double[] want, float[] got, double tolerance) {
    for (int i = 0; i < want.length; i++) {
      if (!isClose(want[i], got[i], tolerance * Math.max(1, Math.abs(want[i])))) {
        fail("%s: element %d is %s, must be %s ± %s", what.get(), i, got[i], want[i], tolerance);
      }
    }
  }

  /** Fails unless each element is within {@code tolerance · |want|}: zeros must be met too. */
  public static void requireRelative(
      Supplier<String> what, double[] want, float[] got, double tolerance) {
    for (int i = 0; i < want.length; i++) {
      if (!isClose(want[i], got[i], tolerance * Math.abs(want[i]))) {
        fail(
            "%s: element %d is %s, must be %s ± %s of it",
            what.get(), i, got[i], want[i], tolerance);
      }
    }
  }

  private static boolean isClose(double want, float got, double margin) {
    if (Double.isNaN(want) || Double.isNaN(got)) {
      return Double.isNaN(want) && Double.isNaN(got);
    }
    return (float) want == got || Math.abs(got - want) <= margin;
  }
}
