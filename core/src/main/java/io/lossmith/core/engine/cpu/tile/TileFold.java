package io.lossmith.core.engine.cpu.tile;

import io.lossmith.core.engine.cpu.kernel.Kernels;
import io.lossmith.core.op.Fold;
import io.lossmith.core.plan.LoopOutput;

/** Instructions that fold a tile into its slot of partial results. */
public abstract class TileFold implements Instruction {
  /**
   * How a root is folded.
   *
   * @param rows how many rows are folded or kept
   * @param place where in the slot the result goes, one number for each kept row
   * @param keepsRows whether each row has a result of its own
   */
  public record Target(Fold fold, int rows, int place, boolean keepsRows) {
    static Target of(LoopOutput root, Layout layout, int place) {
      boolean keepsRows = layout.keepsRows(root);
      boolean varies = layout.hasRows(root.value());
      // A value that is the same in every row is added once for each.
      boolean repeats = layout.foldsRows(root) && root.fold() == Fold.SUM;
      int rows = varies || keepsRows || repeats ? layout.rows() : 1;
      return new Target(root.fold(), rows, place, keepsRows);
    }
  }

  private final Target target;

  protected TileFold(Target target) {
    this.target = target;
  }

  @Override
  public final void run(Kernels kernels, TileWorker w) {
    int slot = w.slot + target.place;
    if (target.keepsRows) {
      for (int row = 0; row < target.rows; row++) {
        w.partials[slot + row] = stretch(kernels, w, row);
      }
      return;
    }
    double folded = stretch(kernels, w, 0);
    for (int row = 1; row < target.rows; row++) {
      folded = target.fold.apply(folded, stretch(kernels, w, row));
    }
    w.partials[slot] = folded;
  }

  /** Returns the fold of one row of the tile. */
  protected abstract double stretch(Kernels kernels, TileWorker w, int row);

  /** Returns the fold of an element that is the same all along a row. */
  protected final double repeated(double element, TileWorker w) {
    return target.fold == Fold.SUM ? element * w.n : element;
  }

  /** Folds the elements themselves. */
  static final class Elements extends TileFold {
    private final Fold fold;
    private final Register a;

    private Elements(Register a, Target target) {
      super(target);
      this.fold = target.fold;
      this.a = a;
    }

    /** Returns the fold of a root's value, as it is. */
    static ChosenInstruction of(LoopOutput root) {
      return ChosenInstruction.of(root)
          .reading(root.value())
          .by(r -> new Elements(r.of(root.value()), r.folded(root)));
    }

    @Override
    protected double stretch(Kernels kernels, TileWorker w, int row) {
      return a.column()
          ? kernels.folds().fold(fold, a.array(w, row), a.offset(w, row), w.n)
          : repeated(a.at(w, row), w);
    }
  }
}
