package io.lossmith.core.plan;

import java.util.List;
import java.util.Objects;

/**
 * How a loop is best walked by an engine that holds some of its axes whole and goes along another
 * in stretches. Advice for engines; a plan does not depend on it.
 *
 * @param held for each axis, whether it is held whole: those that local folds fold, or one along
 *     which some of what is computed stays the same
 * @param column the axis to go along: every fold of the loop folds it, and most arrays are
 *     contiguous along it
 */
public record LoopAxes(boolean[] held, int column) {
  /** Refuses null. */
  public LoopAxes {
    Objects.requireNonNull(held, "held");
  }

  /**
   * Chooses the axes.
   *
   * @param mostHeld the most places of an axis that is held although no local fold folds it
   */
  public static LoopAxes of(Step.Loop loop, int mostHeld) {
    boolean[] inner = loop.inner().clone();
    int column = column(loop, inner);
    for (boolean isInner : inner) {
      if (isInner) {
        return new LoopAxes(inner, column);
      }
    }
    int shared = shared(loop, column, mostHeld);
    if (shared >= 0) {
      inner[shared] = true;
    }
    return new LoopAxes(inner, column);
  }

  /** Tells whether there is an axis that all folds among the roots fold, and no local fold. */
  static boolean hasColumn(IterationSpace space, List<boolean[]> folds) {
    for (int axis = 0; axis < space.rank(); axis++) {
      int candidate = axis;
      if (!space.isInner(axis)
          && folds.stream().allMatch(f -> candidate < f.length && f[candidate])) {
        return true;
      }
    }
    return false;
  }

  private static int column(Step.Loop loop, boolean[] inner) {
    List<LoopValue> values = Values.of(loop);
    int best = loop.sizes().length - 1;
    double bestScore = -1;
    for (int axis = 0; axis < loop.sizes().length; axis++) {
      int candidate = axis;
      if (inner[axis]
          || !loop.roots().stream().allMatch(r -> r.fold() == null || r.folded()[candidate])) {
        continue;
      }
      long contiguous =
          values.stream()
                  .filter(v -> v.load() != null && v.load().strides()[candidate] == 1)
                  .count()
              + loop.roots().stream()
                  .filter(r -> r.destination().strides()[candidate] == 1)
                  .count();
      double score = (contiguous + 0.5) * Math.min(loop.sizes()[axis], 512);
      if (score > bestScore) {
        bestScore = score;
        best = axis;
      }
    }
    return best;
  }

  /**
   * Returns the axis along which most of what is computed stays the same, or −1: it is then
   * computed once for all of its places, as a coefficient of each pixel is for all classes.
   */
  private static int shared(Step.Loop loop, int column, int mostHeld) {
    int best = -1;
    long most = 0;
    boolean folds = loop.roots().stream().anyMatch(root -> root.fold() != null);
    for (int axis = 0; axis < loop.sizes().length && !folds; axis++) {
      int size = loop.sizes()[axis];
      long saved =
          axis != column && size > 1 && size <= mostHeld ? repeated(loop, column, axis) : 0;
      if (saved > most) {
        most = saved;
        best = axis;
      }
    }
    return best;
  }

  /** Counts the operations on the column that are the same along another axis. */
  private static long repeated(Step.Loop loop, int column, int axis) {
    return Values.of(loop).stream()
        .filter(value -> !value.operands().isEmpty())
        .filter(value -> value.variesOver(column) && !value.variesOver(axis))
        .count();
  }
}
