package io.lossmith.opencl.nest;

import io.lossmith.core.op.Fold;
import io.lossmith.opencl.nest.Lowering.Rooted;
import io.lossmith.opencl.nest.Nest.Out;
import java.util.Arrays;
import java.util.List;

/**
 * Partial results of all folds of one kind that a nest takes: rows of them, which further nests
 * make shorter together, in an order that depends on their length alone.
 *
 * @param fold how they are joined
 * @param rows how many there are
 * @param each how many partial results each row has
 * @param region where they lie
 * @param areBeside whether the first of all rows lie side by side, then the second, which suits
 *     short rows: items then read side by side whatever row is theirs; or else one row after the
 *     other
 * @param loops whether items fold them in loops, or what they fold is written out
 * @param target says how much may be written out
 */
record Partials(
    Fold fold,
    int rows,
    int each,
    MemoryRegion region,
    boolean areBeside,
    boolean loops,
    Target target) {
  /** As many keep a program with one large fold in a kernel that PoCL makes vector code of. */
  private static final int MOST_STEPS = 3;

  /**
   * A root's rows: one for each place along the axes that are kept.
   *
   * @param first the number of the first of them
   * @param sizes of the axes that are kept; 1 for the others
   */
  record Rows(int first, int[] sizes) {
    int count() {
      long count = 1;
      for (int size : sizes) {
        count *= size;
      }
      return ElementCount.require(count);
    }

    /** Returns how many of these rows a root folds together. */
    long folded(Rooted root) {
      long product = 1;
      for (int axis = 0; axis < sizes.length; axis++) {
        product *= root.folded()[axis] ? sizes[axis] : 1;
      }
      return product;
    }
  }

  /** Returns rows one after the other. */
  static Partials of(Fold fold, int rows, long each, boolean loops, Target target) {
    MemoryRegion region = MemoryRegion.scratch(rows * each);
    return new Partials(fold, rows, ElementCount.require(each), region, false, loops, target);
  }

  /** Returns how far apart the same places of two rows are. */
  private int apart() {
    return areBeside ? 1 : each;
  }

  /** Returns how far apart two places of a row are. */
  private int step() {
    return areBeside ? rows : 1;
  }

  /** Returns where the first of each row lies. */
  StridedAccess place(Rows some) {
    int[] sizes = some.sizes();
    int[] strides = new int[sizes.length];
    int stride = apart();
    for (int axis = sizes.length - 1; axis >= 0; axis--) {
      strides[axis] = sizes[axis] == 1 ? 0 : stride;
      stride *= sizes[axis];
    }
    return new StridedAccess(region, some.first() * apart(), strides);
  }

  /**
   * Joins so many of each row that what is left is few.
   *
   * @param together how many rows at most are folded together in the end
   * @param nests gets what does it
   * @return what is left
   */
  Partials shortened(long together, List<Nest> nests) {
    int few = loops ? LoweredFolds.LONGEST_SERIAL : target.mostWritten();
    int most = loops ? few : mostJoined(together);
    Partials rest = this;
    while (rest.each > 1 && rest.each * together > few) {
      rest = rest.joined(rest.divisor(rest.each, most), nests);
    }
    return rest;
  }

  /**
   * Returns how many are written out at a time: few, if so rows get short in some steps and without
   * a loop, for what is written out takes longer to compile than another step.
   */
  private int mostJoined(long together) {
    int most = Target.FEW;
    while (most < target.mostWritten() && steps(together, most) > MOST_STEPS) {
      most *= 2;
    }
    return most;
  }

  /** Returns how often rows are joined, or more than is good where that takes a loop. */
  private int steps(long together, int most) {
    int steps = 0;
    for (int row = each; row > 1 && row * together > target.mostWritten(); steps++) {
      int length = divisor(row, most);
      if (length > target.mostWritten()) {
        return MOST_STEPS + 1;
      }
      row /= length;
    }
    return steps;
  }

  /** Returns how many of a row of some length are folded at a time; they leave no rest. */
  private int divisor(int row, int most) {
    if (loops) {
      return row > LoweredFolds.LONGEST_SERIAL ? Nest.LANES : row;
    }
    int length = Math.min(row, most);
    while (length > 1 && row % length != 0) {
      length--;
    }
    return length > 1 ? length : row;
  }

  /** Folds so many at a time, those that lie as far apart as there will be, item beside item. */
  private Partials joined(int length, List<Nest> nests) {
    int left = each / length;
    boolean willBeShort = left / divisor(left, target.mostWritten()) < Nest.LANES;
    MemoryRegion to = MemoryRegion.scratch((long) rows * left);
    Partials fewer = new Partials(fold, rows, left, to, areBeside || willBeShort, loops, target);
    int[] sizes = {rows, length, left};
    boolean[] folded = {false, true, false};
    int[] strides = {apart(), left * step(), step()};
    int[] places = {fewer.apart(), 0, fewer.step()};
    if (areBeside) {
      sizes = new int[] {length, left * rows};
      folded = new boolean[] {true, false};
      strides = new int[] {left * rows, 1};
      places = new int[] {0, 1};
    }
    nests.add(
        fold(
            sizes,
            folded,
            new StridedAccess(region, 0, strides),
            new StridedAccess(to, 0, places)));
    return fewer;
  }

  /** Returns the nest that makes a root's results of what is left of its rows. */
  Nest results(Rooted root, Rows some) {
    int rank = some.sizes().length;
    int[] sizes = Arrays.copyOf(some.sizes(), rank + 1);
    sizes[rank] = each;
    boolean[] folded = Arrays.copyOf(root.folded(), rank + 1);
    folded[rank] = true;
    StridedAccess rowsOf = place(some);
    int[] strides = Arrays.copyOf(rowsOf.strides(), rank + 1);
    strides[rank] = step();
    return fold(
        sizes,
        folded,
        new StridedAccess(region, rowsOf.offset(), strides),
        root.destination().withRank(rank + 1));
  }

  private Nest fold(int[] sizes, boolean[] folded, StridedAccess from, StridedAccess to) {
    int rank = sizes.length;
    NestSpace space = new NestSpace(sizes, new boolean[rank], rank - 1);
    Term value = new Term.Load(from);
    if (loops || space.product(folded) > target.mostWritten()) {
      return Lowering.serial(space, folded, List.of(new Out(value, to, fold)));
    }
    Term all = Term.folded(fold, value, folded);
    return Lowering.straight(space.unrolling(folded), List.of(new Out(all, to, null)));
  }
}
