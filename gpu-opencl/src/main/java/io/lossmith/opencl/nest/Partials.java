package io.lossmith.opencl.nest;

import io.lossmith.opencl.nest.Lowering.Rooted;
import io.lossmith.opencl.nest.Nest.Out;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Partial results of a fold: some for each place along the axes that are kept, which are folded in
 * further nests, in an order that depends on their number alone.
 *
 * @param sizes of the axes that are kept; 1 for the others
 * @param each how many there are for each place
 * @param region where they lie, those of a place side by side
 */
record Partials(int[] sizes, int each, MemoryRegion region) {
  static Partials of(NestSpace space, boolean[] kept, long groups) {
    return of(space.only(kept).sizes(), groups * Nest.LANES);
  }

  private static Partials of(int[] sizes, long each) {
    long count = each;
    for (int size : sizes) {
      count *= size;
    }
    return new Partials(sizes, ElementCount.require(each), MemoryRegion.scratch(count));
  }

  /** Returns where the first of each place lies. */
  StridedAccess place() {
    return new StridedAccess(region, 0, strides());
  }

  private int[] strides() {
    int[] strides = new int[sizes.length];
    int stride = each;
    for (int axis = sizes.length - 1; axis >= 0; axis--) {
      strides[axis] = sizes[axis] == 1 ? 0 : stride;
      stride *= sizes[axis];
    }
    return strides;
  }

  /** Returns the nests that make a root's results of them. */
  List<Nest> joined(Rooted root) {
    List<Nest> nests = new ArrayList<>();
    Partials rest = this;
    while (rest.each > LoweredFolds.LONGEST_SERIAL) {
      rest = rest.shortened(Nest.LANES, root, nests);
    }
    if (rest.each > 1 && rest.each * rest.folded(root) > LoweredFolds.LONGEST_SERIAL) {
      rest = rest.shortened(rest.each, root, nests);
    }
    boolean[] folded = Arrays.copyOf(root.folded(), sizes.length + 2);
    folded[sizes.length] = true;
    nests.add(rest.join(rest.each, folded, root.destination(), root));
    return nests;
  }

  /** Returns how many places a root folds together. */
  private long folded(Rooted root) {
    long product = 1;
    for (int axis = 0; axis < sizes.length; axis++) {
      product *= root.folded()[axis] ? sizes[axis] : 1;
    }
    return product;
  }

  /** Folds so many at a time. */
  private Partials shortened(int length, Rooted root, List<Nest> nests) {
    Partials fewer = of(sizes, each / length);
    boolean[] folded = new boolean[sizes.length + 2];
    folded[sizes.length] = true;
    int[] strides = Arrays.copyOf(fewer.strides(), sizes.length + 2);
    strides[sizes.length + 1] = 1;
    nests.add(join(length, folded, new StridedAccess(fewer.region, 0, strides), root));
    return fewer;
  }

  /** The two axes after the kept ones: what each item folds, and the items side by side. */
  private Nest join(int length, boolean[] folded, StridedAccess destination, Rooted root) {
    int rank = sizes.length + 2;
    int[] all = Arrays.copyOf(sizes, rank);
    all[rank - 2] = length;
    all[rank - 1] = each / length;
    int[] strides = Arrays.copyOf(strides(), rank);
    strides[rank - 2] = each / length;
    strides[rank - 1] = 1;
    Term value = new Term.Load(new StridedAccess(region, 0, strides));
    NestSpace space = new NestSpace(all, new boolean[rank], rank - 1);
    return Lowering.serial(
        space, folded, List.of(new Out(value, destination.withRank(rank), root.fold())));
  }
}
