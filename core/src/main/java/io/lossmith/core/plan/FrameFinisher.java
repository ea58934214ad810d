package io.lossmith.core.plan;

import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * Merges the axes of a loop that are walked alike, chooses the one that tiles are cut along, and
 * may choose one that they hold all of.
 */
final class FrameFinisher {
  /** More rows than this leave no room for long stretches of the column. */
  private static final int MOST_ROWS = 64;

  private int[] sizes;
  private boolean[] rows;
  private List<Root> roots;

  private FrameFinisher(LoopBuilder loop) {
    Frame frame = loop.frame();
    sizes = new int[frame.rank()];
    rows = new boolean[frame.rank()];
    for (int axis = 0; axis < sizes.length; axis++) {
      sizes[axis] = frame.size(axis);
      rows[axis] = frame.isRow(axis);
    }
    roots = loop.roots();
    // Axes were added while values were made: give all of them the same number of axes.
    remap(identity(sizes.length), sizes.length);
  }

  static Step.Loop finish(LoopBuilder loop) {
    FrameFinisher finisher = new FrameFinisher(loop);
    finisher.mergeAll();
    return finisher.withRows(finisher.choose());
  }

  /** Tells whether there is an axis that all folds among the roots fold: tiles are cut along it. */
  static boolean hasColumn(LoopBuilder loop, List<boolean[]> folds) {
    for (int axis = 0; axis < loop.frame().rank(); axis++) {
      int candidate = axis;
      if (!loop.frame().isRow(axis)
          && folds.stream().allMatch(f -> candidate < f.length && f[candidate])) {
        return true;
      }
    }
    return false;
  }

  private void mergeAll() {
    for (int i = 0; i < sizes.length; i++) {
      for (int j = 0; j < sizes.length; j++) {
        if (i != j && rows[i] == rows[j] && mergeable(i, j)) {
          merge(i, j);
          mergeAll();
          return;
        }
      }
    }
  }

  /** Axis i goes around axis j without gaps in every load, store and fold. */
  private boolean mergeable(int i, int j) {
    for (Root root : roots) {
      if (root.folded()[i] != root.folded()[j] || !nested(root.destination(), i, j)) {
        return false;
      }
    }
    Step.Loop loop = new Step.Loop(sizes, rows, -1, roots);
    return Values.of(loop).stream().allMatch(v -> v.load() == null || nested(v.load(), i, j));
  }

  private boolean nested(Value.Load load, int i, int j) {
    return load.strides()[i] == load.strides()[j] * sizes[j];
  }

  private void merge(int i, int j) {
    int[] target = new int[sizes.length];
    int next = 0;
    for (int axis = 0; axis < sizes.length; axis++) {
      target[axis] = axis == i ? -1 : next++;
    }
    int[] merged = new int[next];
    boolean[] mergedRows = new boolean[next];
    for (int axis = 0; axis < sizes.length; axis++) {
      if (axis != i) {
        merged[target[axis]] = axis == j ? sizes[i] * sizes[j] : sizes[axis];
        mergedRows[target[axis]] = rows[axis];
      }
    }
    sizes = merged;
    rows = mergedRows;
    remap(target, next);
  }

  private void remap(int[] target, int rank) {
    Map<Value, Value> done = new IdentityHashMap<>();
    Step.Loop loop = new Step.Loop(sizes, rows, -1, roots);
    for (Value value : Values.of(loop)) {
      boolean[] varies = new boolean[rank];
      for (int axis = 0; axis < target.length; axis++) {
        if (target[axis] >= 0) {
          varies[target[axis]] |= value.variesOver(axis);
        }
      }
      List<Value> operands = value.operands().stream().map(done::get).toList();
      Value.Load load = value.load() == null ? null : remap(value.load(), target, rank);
      done.put(value, new Value(value.op(), operands, load, value.node(), varies));
    }
    roots =
        roots.stream()
            .map(
                r -> {
                  boolean[] folded = new boolean[rank];
                  for (int axis = 0; axis < target.length; axis++) {
                    if (target[axis] >= 0 && axis < r.folded().length) {
                      folded[target[axis]] = r.folded()[axis];
                    }
                  }
                  return new Root(
                      done.get(r.value()), remap(r.destination(), target, rank), r.fold(), folded);
                })
            .toList();
  }

  private static Value.Load remap(Value.Load load, int[] target, int rank) {
    int[] strides = new int[rank];
    for (int axis = 0; axis < Math.min(target.length, load.strides().length); axis++) {
      if (target[axis] >= 0) {
        strides[target[axis]] = load.strides()[axis];
      }
    }
    return new Value.Load(load.buffer(), load.offset(), strides);
  }

  private Step.Loop choose() {
    int best = -1;
    double bestScore = -1;
    for (int axis = 0; axis < sizes.length; axis++) {
      int candidate = axis;
      if (rows[axis] || !roots.stream().allMatch(r -> r.fold() == null || r.folded()[candidate])) {
        continue;
      }
      Step.Loop loop = new Step.Loop(sizes, rows, -1, roots);
      long contiguous =
          Values.of(loop).stream()
                  .filter(v -> v.load() != null && v.load().strides()[candidate] == 1)
                  .count()
              + roots.stream().filter(r -> r.destination().strides()[candidate] == 1).count();
      double score = (contiguous + 0.5) * Math.min(sizes[axis], 512);
      if (score > bestScore) {
        bestScore = score;
        best = axis;
      }
    }
    if (best < 0) {
      // Nothing to cut tiles along: a column of one place, and every other axis around it.
      best = sizes.length;
      int rank = sizes.length + 1;
      sizes = Arrays.copyOf(sizes, rank);
      sizes[best] = 1;
      rows = Arrays.copyOf(rows, rank);
      remap(identity(best), rank);
      roots.forEach(r -> r.folded()[rank - 1] = r.fold() != null);
    }
    return new Step.Loop(sizes, rows, best, roots);
  }

  /**
   * Where a tile holds no rows, makes rows of an axis along which some of what is computed stays
   * the same: it is then computed once for all of them, as a coefficient of each pixel is for all
   * classes.
   */
  private Step.Loop withRows(Step.Loop loop) {
    int best = -1;
    long most = 0;
    for (int axis = 0; axis < loop.sizes().length; axis++) {
      long saved = mayBeRows(loop, axis) ? repeated(loop, axis) : 0;
      if (saved > most) {
        most = saved;
        best = axis;
      }
    }
    if (best < 0) {
      return loop;
    }
    boolean[] held = loop.rows().clone();
    held[best] = true;
    return new Step.Loop(loop.sizes(), held, loop.column(), loop.roots());
  }

  private static boolean mayBeRows(Step.Loop loop, int axis) {
    int size = loop.sizes()[axis];
    for (boolean row : loop.rows()) {
      if (row) {
        return false;
      }
    }
    return axis != loop.column()
        && size > 1
        && size <= MOST_ROWS
        && loop.roots().stream().allMatch(root -> root.fold() == null);
  }

  /** Counts the operations on the column that are the same along another axis. */
  private static long repeated(Step.Loop loop, int axis) {
    List<Value> values = Values.of(loop);
    return values.stream()
        .filter(value -> !value.operands().isEmpty())
        .filter(value -> value.variesOver(loop.column()) && !value.variesOver(axis))
        .count();
  }

  private static int[] identity(int rank) {
    int[] target = new int[rank];
    for (int i = 0; i < rank; i++) {
      target[i] = i;
    }
    return target;
  }
}
