package io.lossmith.core.engine.cpu.fusion;

import io.lossmith.core.engine.cpu.kernel.Kernels;
import io.lossmith.core.engine.cpu.tile.ChosenInstruction;
import io.lossmith.core.engine.cpu.tile.Fusion;
import io.lossmith.core.engine.cpu.tile.Instruction;
import io.lossmith.core.engine.cpu.tile.Layout;
import io.lossmith.core.engine.cpu.tile.Register;
import io.lossmith.core.engine.cpu.tile.TileWorker;
import io.lossmith.core.engine.cpu.tile.Uses;
import io.lossmith.core.op.Binary;
import io.lossmith.core.plan.LoopValue;
import org.jspecify.annotations.Nullable;

/**
 * p · (d − Σ d · p), where d = g − Σ g · p, the sums over rows: how a softmax hands on a gradient.
 */
final class SoftmaxGradient implements Fusion {
  @Override
  public @Nullable ChosenInstruction match(LoopValue value, Uses uses, Layout layout) {
    if (value.op() != Binary.MULTIPLY) {
      return null;
    }
    for (LoopValue p : value.operands()) {
      Less rest = Less.of(Operands.beside(p, value), p, 1, uses);
      Less first = rest == null ? null : Less.of(rest.from, p, 2, uses);
      if (first != null && layout.onTile(p) && layout.onTile(first.from)) {
        LoopValue g = first.from;
        return ChosenInstruction.of(value)
            .beside(first.sum)
            .beside(rest.sum)
            .covering(first.difference, first.product, rest.difference, rest.product)
            .reading(g, p)
            .overwriting()
            .by(
                r ->
                    new Run(
                        r.of(g), r.of(p), r.of(first.sum), r.of(rest.sum), r.of(value), r.rows()));
      }
    }
    return null;
  }

  /** from − Σ from · p. */
  private record Less(LoopValue difference, LoopValue from, LoopValue sum, LoopValue product) {
    /**
     * Returns the parts, or null for a value that is no such difference.
     *
     * @param readers how many the pattern itself has
     */
    static @Nullable Less of(LoopValue difference, LoopValue p, int readers, Uses uses) {
      if (difference.op() != Binary.SUBTRACT || !uses.isFree(difference, readers)) {
        return null;
      }
      LoopValue from = difference.operands().get(0);
      LoopValue sum = difference.operands().get(1);
      LoopValue product = uses.isFree(sum) ? Operands.summedRows(sum) : null;
      return product == null
              || product.op() != Binary.MULTIPLY
              || !uses.isFree(product)
              || !product.operands().contains(p)
              || Operands.beside(p, product) != from
          ? null
          : new Less(difference, from, sum, product);
    }
  }

  record Run(Register g, Register p, Register mean, Register rest, Register out, int rows)
      implements Instruction {
    @Override
    public void run(Kernels kernels, TileWorker w) {
      kernels
          .folds()
          .softmaxGradient(
              g.arrays(w),
              g.offset(w, 0),
              g.rowStride(),
              p.arrays(w),
              p.offset(w, 0),
              p.rowStride(),
              mean.array(w),
              mean.offset(w, 0),
              rest.array(w),
              rest.offset(w, 0),
              out.arrays(w),
              out.offset(w, 0),
              out.rowStride(),
              rows,
              w.places());
    }
  }
}
