package io.lossmith.core.engine.cpu.fusion;

import io.lossmith.core.engine.cpu.kernel.Kernels;
import io.lossmith.core.engine.cpu.tile.ChosenInstruction;
import io.lossmith.core.engine.cpu.tile.Elementwise;
import io.lossmith.core.engine.cpu.tile.Fusion;
import io.lossmith.core.engine.cpu.tile.Layout;
import io.lossmith.core.engine.cpu.tile.Register;
import io.lossmith.core.engine.cpu.tile.TileWorker;
import io.lossmith.core.engine.cpu.tile.Uses;
import io.lossmith.core.op.Binary;
import io.lossmith.core.plan.LoopValue;
import org.jspecify.annotations.Nullable;

/** a · b + c; or a · b − c, where c is one number for all of the column. */
final class MultiplyAdd implements Fusion {
  @Override
  public @Nullable ChosenInstruction match(LoopValue value, Uses uses, Layout layout) {
    LoopValue first = value.op() instanceof Binary ? value.operands().get(0) : null;
    LoopValue second = first == null ? null : value.operands().get(1);
    if (value.op() == Binary.ADD) {
      // The second of two products is computed last: it is still in the cache.
      ChosenInstruction joined = join(value, second, first, 1, uses, layout);
      return joined != null ? joined : join(value, first, second, 1, uses, layout);
    }
    return value.op() == Binary.SUBTRACT && !layout.onColumn(second)
        ? join(value, first, second, -1, uses, layout)
        : null;
  }

  private static @Nullable ChosenInstruction join(
      LoopValue value, LoopValue product, LoopValue c, float sign, Uses uses, Layout layout) {
    Factors factors = Factors.of(product, uses, layout);
    return factors == null
        ? null
        : ChosenInstruction.of(value)
            .covering(product)
            .reading(factors.a(), factors.b(), c)
            .overwriting()
            .by(r -> new Run(r.of(factors.a()), r.of(factors.b()), r.of(c), sign, r.target(value)));
  }

  /**
   * The factors of a product that may be taken.
   *
   * @param a what varies along the column
   */
  record Factors(LoopValue a, LoopValue b) {
    /** Returns the factors, or null. */
    static @Nullable Factors of(LoopValue product, Uses uses, Layout layout) {
      if (product.op() != Binary.MULTIPLY || !uses.isFree(product) || !layout.onColumn(product)) {
        return null;
      }
      LoopValue first = product.operands().get(0);
      LoopValue second = product.operands().get(1);
      return layout.onColumn(first) ? new Factors(first, second) : new Factors(second, first);
    }
  }

  /** a is a stretch. */
  static final class Run extends Elementwise {
    private final Register a;
    private final Register b;
    private final Register c;
    private final float sign;
    private final boolean factor;
    private final boolean addend;

    private Run(Register a, Register b, Register c, float sign, Target target) {
      super(target, a, b, c);
      this.a = a;
      this.b = b;
      this.c = c;
      this.sign = sign;
      factor = isStretch(b, out);
      addend = isStretch(c, out);
    }

    @Override
    protected void stretch(Kernels kernels, TileWorker w, int row, int n) {
      float[] x = a.array(w, row);
      int xo = a.offset(w, row);
      float[] o = out.array(w, row);
      int oo = out.offset(w, row);
      if (factor && addend) {
        kernels.multiplyAdd(
            x, xo, b.array(w, row), b.offset(w, row), c.array(w, row), c.offset(w, row), o, oo, n);
      } else if (factor) {
        kernels.multiplyAdd(
            x, xo, b.array(w, row), b.offset(w, row), sign * c.at(w, row), o, oo, n);
      } else if (addend) {
        kernels.multiplyAdd(x, xo, b.at(w, row), c.array(w, row), c.offset(w, row), o, oo, n);
      } else {
        kernels.multiplyAdd(x, xo, b.at(w, row), sign * c.at(w, row), o, oo, n);
      }
    }
  }
}
