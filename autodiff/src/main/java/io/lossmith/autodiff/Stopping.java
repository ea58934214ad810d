package io.lossmith.autodiff;

import io.lossmith.core.op.Alias;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Products and quotients in which a gradient of exactly 0 stops: 0 · ∞ is 0.
 *
 * <p>They have a gradient of their own, which is that of the plain product or quotient and stops at
 * 0 likewise. That of the choice by which they are computed would be wrong: ln(x)² at 1 has a
 * gradient of 0 and a second derivative of 2.
 */
final class Stopping {
  private Stopping() {}

  /** The meaning of such a product: what flows on from it may be infinite. */
  private interface Stopped extends GradientRule {}

  static boolean isStopped(GradientRule rule) {
    return rule instanceof Stopped;
  }

  /** Returns g · slope, and 0 where g is 0. */
  static Tensor times(Tensor g, Tensor slope) {
    return product(g, slope, g.equalTo(0));
  }

  /** Returns a · b, and 0 where one of them is 0. */
  static Tensor timesEither(Tensor a, Tensor b) {
    return product(a, b, a.equalTo(0).maximum(b.equalTo(0)));
  }

  private static Tensor product(Tensor a, Tensor b, Tensor stops) {
    Tensor plain = plainProduct(a, b);
    if (plain != null) {
      return plain;
    }
    Stopped rule = (g, result) -> List.of(timesEither(g, b), timesEither(g, a));
    return Tensor.make(new Alias(rule), Tensor.where(stops, 0, a.times(b)), a, b);
  }

  /** A number is 0 or it is not: there is nothing to find out. */
  private static @Nullable Tensor plainProduct(Tensor a, Tensor b) {
    Double left = FoldingArithmetic.number(a);
    Double right = FoldingArithmetic.number(b);
    if (left == null && right == null) {
      return null;
    }
    boolean zero = (left != null && left == 0) || (right != null && right == 0);
    return zero ? Creation.scalar(0) : FoldingArithmetic.times(a, b);
  }

  /** Returns g / divisor, and 0 where g is 0. */
  static Tensor div(Tensor g, Tensor divisor) {
    Double number = FoldingArithmetic.number(g);
    Double by = FoldingArithmetic.number(divisor);
    if (number != null) {
      return number == 0 ? Creation.scalar(0) : FoldingArithmetic.div(g, divisor);
    }
    if (by != null && by != 0) {
      return FoldingArithmetic.div(g, divisor);
    }
    Stopped rule =
        (h, result) -> {
          Tensor toG = div(h, divisor);
          return List.of(toG, FoldingArithmetic.negate(timesEither(toG, result)));
        };
    Tensor value = Tensor.where(g.equalTo(0), 0, g.div(divisor));
    return Tensor.make(new Alias(rule), value, g, divisor);
  }
}
