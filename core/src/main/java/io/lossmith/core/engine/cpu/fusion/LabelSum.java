package io.lossmith.core.engine.cpu.fusion;

import io.lossmith.core.engine.cpu.kernel.Kernels;
import io.lossmith.core.engine.cpu.kernel.LabelTable;
import io.lossmith.core.engine.cpu.tile.ChosenInstruction;
import io.lossmith.core.engine.cpu.tile.Fusion;
import io.lossmith.core.engine.cpu.tile.Instruction;
import io.lossmith.core.engine.cpu.tile.Layout;
import io.lossmith.core.engine.cpu.tile.Register;
import io.lossmith.core.engine.cpu.tile.TileWorker;
import io.lossmith.core.engine.cpu.tile.Uses;
import io.lossmith.core.op.Binary;
import io.lossmith.core.op.Fold;
import io.lossmith.core.plan.LoopOutput;
import io.lossmith.core.plan.LoopValue;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * For each row, Σ over places of where(label = number, x, 0), or of label = number: how many labels
 * are the row's. What is only summed need not be multiplied out before: where x is a product with
 * something that all rows share, and only such sums and Σ x itself read it, they read its factors.
 */
final class LabelSum implements Fusion {
  @Override
  public @Nullable ChosenInstruction match(LoopOutput root, Uses uses, Layout layout) {
    if (!isOfRows(root, layout)) {
      return null;
    }
    LabelMatch counted = LabelMatch.of(root.value(), layout);
    if (counted != null) {
      return sum(ChosenInstruction.of(root), root, null, null, counted);
    }
    LoopValue where = root.value();
    LoopValue x = LabelMatch.onlyAtLabel(where, uses, layout);
    if (x == null) {
      return null;
    }
    LabelMatch match = LabelMatch.of(where.operands().get(0), layout);
    if (!isProductOfSums(x, uses, layout)) {
      return sum(ChosenInstruction.of(root).covering(where), root, x, null, match);
    }
    LoopValue a = x.operands().get(0);
    LoopValue times = x.operands().get(1);
    LoopOutput whole = whole(x, uses, layout);
    return whole == null
        ? sum(ChosenInstruction.of(root).covering(where, x), root, a, times, match)
        : both(root, whole, a, times, match);
  }

  private static boolean isOfRows(LoopOutput root, Layout layout) {
    return root.fold() == Fold.SUM && layout.keepsRows(root);
  }

  /** Tells whether x is such a product, and nobody reads it but sums for each row. */
  private static boolean isProductOfSums(LoopValue x, Uses uses, Layout layout) {
    List<LoopValue> factors = x.operands();
    return x.op() == Binary.MULTIPLY
        && layout.onTile(factors.get(0))
        && layout.isShared(factors.get(1))
        && uses.roots().stream().filter(other -> sums(other, x, uses, layout)).count()
            == uses.of(x);
  }

  private static boolean sums(LoopOutput root, LoopValue x, Uses uses, Layout layout) {
    return isOfRows(root, layout)
        && (root.value() == x || LabelMatch.onlyAtLabel(root.value(), uses, layout) == x);
  }

  /** Returns the root that sums x over all places, if no other has taken it along. */
  private static @Nullable LoopOutput whole(LoopValue x, Uses uses, Layout layout) {
    return uses.roots().stream()
        .filter(root -> root.value() == x && isOfRows(root, layout) && !uses.isTaken(root))
        .findFirst()
        .orElse(null);
  }

  private static ChosenInstruction sum(
      ChosenInstruction.Draft draft,
      LoopOutput root,
      @Nullable LoopValue a,
      @Nullable LoopValue times,
      LabelMatch match) {
    return draft
        .reading(a, times, match.label(), match.number())
        .by(
            r ->
                new Sum(
                    a == null ? null : r.of(a),
                    times == null ? null : r.of(times),
                    r.of(match.label()),
                    r.of(match.number()),
                    r.rows(),
                    r.folded(root).place()));
  }

  private static ChosenInstruction both(
      LoopOutput root, LoopOutput whole, LoopValue a, LoopValue times, LabelMatch match) {
    return ChosenInstruction.of(root, whole)
        .covering(root.value(), whole.value())
        .reading(a, times, match.label(), match.number())
        .by(
            r ->
                new Sums(
                    r.of(a),
                    r.of(times),
                    r.of(match.label()),
                    r.of(match.number()),
                    r.rows(),
                    r.folded(whole).place(),
                    r.folded(root).place()));
  }

  /**
   * For each row, the sum of a over the places whose label is the row's number.
   *
   * @param a what is summed; null to count places
   * @param times what it is multiplied by, one element for each place; or null
   * @param place where in the slot the sums go
   */
  record Sum(
      @Nullable Register a,
      @Nullable Register times,
      Register label,
      Register number,
      int rows,
      int place)
      implements Instruction {
    @Override
    public void run(Kernels kernels, TileWorker w) {
      LabelTable table = w.labels().of(label, number, rows);
      float[] labels = label.array(w);
      int lo = label.offset(w, 0);
      if (a == null) {
        kernels.labels().counts(table, labels, lo, w.places(), w.partials(), w.slot() + place);
        return;
      }
      kernels
          .labels()
          .sums(
              table,
              labels,
              lo,
              a.arrays(w),
              a.offset(w, 0),
              a.rowStride(),
              times == null ? null : times.array(w),
              times == null ? 0 : times.offset(w, 0),
              w.places(),
              w.partials(),
              w.slot() + place);
    }
  }

  /**
   * For each row, Σ a · times over all places, and over those whose label is the row's number.
   *
   * @param all where in the slot the former go
   * @param here where the latter go
   */
  record Sums(
      Register a, Register times, Register label, Register number, int rows, int all, int here)
      implements Instruction {
    @Override
    public void run(Kernels kernels, TileWorker w) {
      kernels
          .labels()
          .dots(
              w.labels().of(label, number, rows),
              label.array(w),
              label.offset(w, 0),
              a.arrays(w),
              a.offset(w, 0),
              a.rowStride(),
              times.array(w),
              times.offset(w, 0),
              w.places(),
              w.partials(),
              w.slot() + all,
              w.slot() + here);
    }
  }
}
