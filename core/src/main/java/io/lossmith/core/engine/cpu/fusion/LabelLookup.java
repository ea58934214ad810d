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
 * Σ over rows of where(label = number, x, 0): what is in the row of each place's label. x may be a
 * difference from something that all rows share.
 */
final class LabelLookup implements Fusion {
  @Override
  public @Nullable ChosenInstruction match(LoopValue sum, Uses uses, Layout layout) {
    LoopValue where = Operands.summedRows(sum);
    LoopValue x = where == null ? null : LabelMatch.onlyAtLabel(where, uses, layout);
    if (x == null) {
      return null;
    }
    LabelMatch match = LabelMatch.of(where.operands().get(0), layout);
    boolean lessened = isLessened(x, layout);
    LoopValue a = lessened ? x.operands().get(0) : x;
    LoopValue less = lessened ? x.operands().get(1) : null;
    return ChosenInstruction.of(sum)
        .covering(where)
        .reading(a, match.label(), match.number(), less)
        .early()
        .by(
            r ->
                new Lookup(
                    r.of(a),
                    less == null ? null : r.of(less),
                    r.of(match.label()),
                    r.of(match.number()),
                    r.rows(),
                    r.of(sum)));
  }

  private static boolean isLessened(LoopValue x, Layout layout) {
    return x.op() == Binary.SUBTRACT
        && layout.onTile(x.operands().get(0))
        && layout.isShared(x.operands().get(1));
  }

  /**
   * @param less what is taken away, one element for each place, or null
   * @param number one element for each row
   */
  record Lookup(
      Register a, @Nullable Register less, Register label, Register number, int rows, Register out)
      implements Instruction {
    @Override
    public void run(Kernels kernels, TileWorker w) {
      kernels
          .labels()
          .lookup(
              w.labels().of(label, number, rows),
              label.array(w),
              label.offset(w, 0),
              a.arrays(w),
              a.offset(w, 0),
              a.rowStride(),
              less == null ? null : less.array(w),
              less == null ? 0 : less.offset(w, 0),
              out.array(w),
              out.offset(w, 0),
              w.places());
    }
  }
}
