package io.lossmith.opencl.nest;

import io.lossmith.core.op.Fold;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One loop nest of a kernel: straight-line code at each place of an iteration space. Work-groups of
 * {@link #LANES} items walk along the lane axes together, so that neighbours read neighbours.
 *
 * @param sizes the length of each axis of the iteration space
 * @param roles how each axis is walked
 * @param lanes the lane axes, the one walked fastest first
 * @param tiles how many tiles of the folded space are written out for an item
 * @param rounds how many times an item does that, each time further on; more than once only if the
 *     nest {@linkplain #isRegular is regular}
 * @param outs what the nest writes
 */
public record Nest(int[] sizes, Role[] roles, int[] lanes, int tiles, int rounds, List<Out> outs) {
  /** Items of a work-group: every device takes so many. */
  public static final int LANES = 256;

  /** So many places take longer than it takes to launch a pass. */
  public static final int LARGE = 1 << 16;

  /** How an axis is walked. */
  public enum Role {
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
  public record Out(Term value, StridedAccess destination, @Nullable Fold fold) {}

  /** Tells whether folds leave one partial result for each item. */
  public boolean isPartial() {
    return !has(Role.SERIAL) && outs.stream().anyMatch(out -> out.fold() != null);
  }

  /** Tells whether an item does something more than once. */
  public boolean loops() {
    return rounds > 1 || has(Role.SERIAL);
  }

  public boolean has(Role role) {
    return Arrays.asList(roles).contains(role);
  }

  /** Returns the axes of one role, in their order. */
  public int[] axes(Role role) {
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
  public long product(Role role) {
    long product = 1;
    for (int axis : axes(role)) {
      product *= sizes[axis];
    }
    return product;
  }

  /** Returns how many tiles of {@link #LANES} the lane axes have. */
  public long tilesOfLanes() {
    return (product(Role.LANE) + LANES - 1) / LANES;
  }

  /** Returns how many work-groups share out the folded space. */
  public long groupsOfFold() {
    return groupsOfFold(product(Role.FOLDED) * tilesOfLanes(), tiles * rounds);
  }

  /**
   * Tells whether, as a partial fold, all items have full tiles side by side, and none has none.
   */
  public boolean isRegular() {
    return product(Role.FOLDED) == 1
        && lanes.length == 1
        && groupsOfFold() * tiles * rounds * LANES == product(Role.LANE);
  }

  /** Returns this nest with another share for each item. */
  Nest sharing(int newTiles, int newRounds) {
    return new Nest(sizes, roles, lanes, newTiles, newRounds, outs);
  }

  /** Returns how many work-groups so many tiles need, each taking some. */
  static long groupsOfFold(long all, int tiles) {
    long groups = (all + tiles - 1) / tiles;
    // Partial results are folded many at a time, so many groups come in multiples of 256.
    return groups <= LoweredFolds.LONGEST_SERIAL ? groups : (groups + LANES - 1) / LANES * LANES;
  }

  /** Returns how many work-groups there are. */
  public long groups() {
    return product(Role.OUTER) * (isPartial() ? groupsOfFold() : tilesOfLanes());
  }

  /** Returns how many places its items take together, some of them more than once. */
  public long places() {
    return groups() * LANES * tiles * rounds;
  }

  /** Returns the regions that are read, always in the same order: kernels must be alike. */
  public Set<MemoryRegion> reads() {
    Set<MemoryRegion> found = new LinkedHashSet<>();
    for (Term term : LoopTerms.of(outs)) {
      if (term instanceof Term.Load load) {
        found.add(load.access().region());
      }
    }
    return found;
  }

  /** Returns the regions that are written. */
  public Set<MemoryRegion> writes() {
    Set<MemoryRegion> found = new LinkedHashSet<>();
    outs.forEach(out -> found.add(out.destination().region()));
    return found;
  }
}
