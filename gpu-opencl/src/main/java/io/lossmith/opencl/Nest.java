package io.lossmith.opencl;

import io.lossmith.core.op.Fold;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One loop nest of a kernel: straight-line code at each place of a frame. Work-groups of {@link
 * #LANES} items walk along the lane axes together, so that neighbours read neighbours.
 *
 * @param sizes the length of each axis of the frame
 * @param roles how each axis is walked
 * @param lanes the lane axes, the one walked fastest first
 * @param tiles how many tiles of the folded space one item takes
 * @param outs what the nest leaves behind
 */
record Nest(int[] sizes, Role[] roles, int[] lanes, int tiles, List<Out> outs) {
  /** Items of a work-group: every device takes so many. */
  static final int LANES = 256;

  /** How an axis is walked. */
  enum Role {
    /** One index for each work-group. */
    OUTER,
    /** One index for each item of a work-group. */
    LANE,
    /** Written out in the code, index by index. */
    UNROLLED,
    /** A loop within each item. */
    SERIAL,
    /** Folded: shared out among work-groups, and some tiles of it for each. */
    FOLDED
  }

  /**
   * A value that is stored, or folded over the serial axes, or over the folded and lane axes.
   *
   * @param value what is stored or folded
   * @param destination where it goes; a partial fold leaves one number for each item
   * @param fold how it is folded, or null if it is stored at each place
   */
  record Out(Term value, Access destination, @Nullable Fold fold) {}

  /** Tells whether folds leave one partial result for each item. */
  boolean isPartial() {
    return !has(Role.SERIAL) && outs.stream().anyMatch(out -> out.fold() != null);
  }

  boolean has(Role role) {
    return Arrays.asList(roles).contains(role);
  }

  /** Returns the axes of one role, in their order. */
  int[] axes(Role role) {
    int[] found = new int[sizes.length];
    int n = 0;
    for (int axis = 0; axis < sizes.length; axis++) {
      if (roles[axis] == role) {
        found[n++] = axis;
      }
    }
    return Arrays.copyOf(found, n);
  }

  /** Returns how many places the axes of one role have. */
  long product(Role role) {
    long product = 1;
    for (int axis : axes(role)) {
      product *= sizes[axis];
    }
    return product;
  }

  /** Returns how many tiles of {@link #LANES} the lane axes have. */
  long tilesOfLanes() {
    return (product(Role.LANE) + LANES - 1) / LANES;
  }

  /** Returns how many work-groups share out the folded space. */
  long groupsOfFold() {
    return groupsOfFold(product(Role.FOLDED) * tilesOfLanes(), tiles);
  }

  /** Returns how many work-groups so many tiles need, each taking some. */
  static long groupsOfFold(long all, int tiles) {
    long groups = (all + tiles - 1) / tiles;
    // Partial results are folded 256 at a time, so many groups come in multiples of that.
    return groups <= LoweredFolds.LONGEST_SERIAL ? groups : (groups + LANES - 1) / LANES * LANES;
  }

  /** Returns how many work-groups there are. */
  long groups() {
    return product(Role.OUTER) * (isPartial() ? groupsOfFold() : tilesOfLanes());
  }

  /** Returns how many places its items take together, some of them more than once. */
  long places() {
    return groups() * LANES * tiles;
  }

  /** Returns the regions that are read, always in the same order: kernels must be alike. */
  Set<Region> reads() {
    Set<Region> found = new LinkedHashSet<>();
    for (Term term : Terms.of(outs)) {
      if (term instanceof Term.Load load) {
        found.add(load.access().region());
      }
    }
    return found;
  }

  /** Returns the regions that are written. */
  Set<Region> writes() {
    Set<Region> found = new LinkedHashSet<>();
    outs.forEach(out -> found.add(out.destination().region()));
    return found;
  }
}
