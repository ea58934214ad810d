package io.lossmith.opencl.nest;

import io.lossmith.core.op.Fold;
import io.lossmith.opencl.nest.Lowering.Rooted;
import io.lossmith.opencl.nest.Nest.Out;
import io.lossmith.opencl.nest.Nest.Role;
import io.lossmith.opencl.nest.Partials.Rows;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Turns folds over a loop's iteration space into nests. A fold of few elements is written out, one
 * of some hundreds is a loop within each item. A large one is taken in steps: items of many
 * work-groups leave a partial result each, and those are folded so many at a time ({@link
 * Partials}), always in the same order.
 */
final class LoweredFolds {
  /** A longer loop within an item takes longer than another pass. */
  static final int LONGEST_SERIAL = 512;

  /** Folds over different axes share a nest only if each work-group finds as much to fold. */
  private static final int WORTH_SHARING = 1024;

  private static final int MOST_TILES = 16;

  /** Sums of so few need not know what they lost. */
  private static final int MOST_ROUNDS = 16;

  /**
   * Terms, times tiles, that are written out. Longer code needs so many registers that compilers
   * for graphics processors run fewer items at a time: see docs/opencl.md.
   */
  private static final int LONGEST_CODE = 200;

  /** In a loop less is written out: what is folded so far takes registers, too. */
  private static final int LONGEST_LOOP = 60;

  private final NestSpace space;
  private final Target target;
  private final int mostTiles;
  private final int mostRounds;
  private final List<Nest> nests = new ArrayList<>();

  /**
   * @param isShort whether there may be some tiles for each item, or but one
   */
  LoweredFolds(NestSpace space, Target target, boolean isShort) {
    this.space = space;
    this.target = target;
    this.mostTiles = isShort ? MOST_TILES : 1;
    this.mostRounds = target.loops() ? MOST_ROUNDS : 1;
  }

  /** Returns the nests of all roots of a loop, each after those whose results it reads. */
  List<Nest> nests(List<Rooted> roots) {
    List<Rooted> flat = roots.stream().map(this::foldUnrolled).toList();
    List<List<Rooted>> alike = alike(flat);
    boolean[] common = common(flat);
    boolean together = alike.size() == 1;
    if (!together && space.product(common) >= WORTH_SHARING) {
      together = flat.stream().allMatch(r -> outer(r, common) <= LONGEST_SERIAL);
    }
    if (together) {
      lower(flat, common);
    } else {
      alike.forEach(some -> lower(some, common(some)));
    }
    return nests;
  }

  /** What is folded along axes that are written out is folded there, at each place. */
  private Rooted foldUnrolled(Rooted root) {
    Fold fold = root.fold();
    if (fold == null) {
      return root;
    }
    boolean[] written = new boolean[space.rank()];
    boolean[] rest = root.folded().clone();
    boolean any = false;
    for (int axis = 0; axis < written.length; axis++) {
      written[axis] = root.folded()[axis] && space.unrolled()[axis];
      rest[axis] &= !written[axis];
      any |= written[axis];
    }
    return any
        ? new Rooted(Term.folded(fold, root.value(), written), root.destination(), fold, rest)
        : root;
  }

  /** Groups roots that fold the same axes; stores go with the first of them. */
  private static List<List<Rooted>> alike(List<Rooted> roots) {
    List<List<Rooted>> groups = new ArrayList<>();
    for (Rooted root : roots) {
      if (root.fold() != null && find(groups, root) == null) {
        groups.add(new ArrayList<>(List.of(root)));
      } else if (root.fold() != null) {
        find(groups, root).add(root);
      }
    }
    roots.stream().filter(root -> root.fold() == null).forEach(groups.get(0)::add);
    return groups;
  }

  private static List<Rooted> find(List<List<Rooted>> groups, Rooted root) {
    for (List<Rooted> group : groups) {
      if (Arrays.equals(group.get(0).folded(), root.folded())) {
        return group;
      }
    }
    return null;
  }

  /** Returns the axes that all folds fold. */
  private boolean[] common(List<Rooted> roots) {
    boolean[] common = new boolean[space.rank()];
    Arrays.fill(common, true);
    for (Rooted root : roots) {
      for (int axis = 0; axis < common.length; axis++) {
        common[axis] &= root.fold() == null || root.folded()[axis];
      }
    }
    return common;
  }

  /** Returns how many results of work-groups a root folds along axes that others keep. */
  private long outer(Rooted root, boolean[] common) {
    boolean[] others = root.folded().clone();
    for (int axis = 0; axis < others.length; axis++) {
      others[axis] &= !common[axis];
    }
    return space.product(others);
  }

  private void lower(List<Rooted> roots, boolean[] common) {
    long folded = space.product(common);
    List<Rooted> together = isLong(folded) ? folds(roots) : roots;
    Nest written = written(together, common, folded);
    if (written != null) {
      nests.add(written);
      if (together.size() < roots.size()) {
        nests.add(Lowering.straight(space, Lowering.outs(stores(roots))));
      }
    } else if (folded <= LONGEST_SERIAL) {
      nests.add(Lowering.serial(space, common, Lowering.outs(roots)));
    } else {
      partial(roots, common);
    }
  }

  /** Returns the nest that folds few without a loop, or null where they are many or it is long. */
  private @Nullable Nest written(List<Rooted> roots, boolean[] common, long folded) {
    if (folded == 0 || count(folded) > target.mostWritten()) {
      return null;
    }
    Nest nest = Lowering.straight(space.unrolling(common), unrolled(roots));
    return !isLong(folded) || target.fits().test(nest) ? nest : null;
  }

  /** Returns how many times a value that is folded stands in the code. */
  private long count(long folded) {
    return folded * space.product(space.unrolled());
  }

  /** Tells whether so many values make long code, which should have nothing in it but the fold. */
  private boolean isLong(long folded) {
    return count(folded) > Target.FEW;
  }

  private static List<Rooted> folds(List<Rooted> roots) {
    return roots.stream().filter(root -> root.fold() != null).toList();
  }

  private static List<Rooted> stores(List<Rooted> roots) {
    return roots.stream().filter(root -> root.fold() == null).toList();
  }

  private static List<Out> unrolled(List<Rooted> roots) {
    return roots.stream()
        .map(
            r ->
                r.fold() == null
                    ? new Out(r.value(), r.destination(), null)
                    : new Out(Term.folded(r.fold(), r.value(), r.folded()), r.destination(), null))
        .toList();
  }

  private void partial(List<Rooted> roots, boolean[] common) {
    int[] lanes = space.lanes(common);
    Role[] roles = space.roles(lanes, common, Role.FOLDED);
    Nest shape = share(roots, new Nest(space.sizes(), roles, lanes, 1, 1, List.of()));
    long each = shape.groupsOfFold() * Nest.LANES;
    boolean loops = target.loopsOver(space.places());
    Map<Fold, Integer> counts = new EnumMap<>(Fold.class);
    Map<Rooted, Rows> rows = new LinkedHashMap<>();
    for (Rooted root : roots) {
      if (root.fold() != null) {
        Rows own = new Rows(counts.getOrDefault(root.fold(), 0), kept(root, common));
        rows.put(root, own);
        counts.merge(root.fold(), own.count(), Math::addExact);
      }
    }
    Map<Fold, Partials> partials = new EnumMap<>(Fold.class);
    counts.forEach((fold, n) -> partials.put(fold, Partials.of(fold, n, each, loops, target)));
    List<Out> outs = new ArrayList<>();
    for (Rooted root : roots) {
      Rows own = rows.get(root);
      StridedAccess to = own == null ? root.destination() : partials.get(root.fold()).place(own);
      outs.add(new Out(root.value(), to, root.fold()));
    }
    nests.add(new Nest(space.sizes(), roles, lanes, shape.tiles(), shape.rounds(), outs));
    partials.replaceAll((fold, all) -> all.shortened(together(rows, fold), nests));
    rows.forEach((root, own) -> nests.add(partials.get(root.fold()).results(root, own)));
  }

  /** Returns the sizes of the axes along which a root has partial results of its own, else 1. */
  private int[] kept(Rooted root, boolean[] common) {
    boolean[] kept = space.none();
    for (int axis = 0; axis < kept.length; axis++) {
      kept[axis] = !common[axis] && space.sizes()[axis] > 1;
      // Axes written out and folded there have left one result.
      kept[axis] &= !(space.unrolled()[axis] && root.destination().strides()[axis] == 0);
    }
    return space.only(kept).sizes();
  }

  /** Returns how many rows of partial results one root of a kind at most folds together. */
  private static long together(Map<Rooted, Rows> rows, Fold fold) {
    long most = 1;
    for (Map.Entry<Rooted, Rows> entry : rows.entrySet()) {
      if (entry.getKey().fold() == fold) {
        most = Math.max(most, entry.getValue().folded(entry.getKey()));
      }
    }
    return most;
  }

  /**
   * More tiles for each item make fewer partial results; fewer keep more of the device busy. As
   * many are written out as registers reach; more are gone through in rounds, where that pays.
   */
  private Nest share(List<Rooted> roots, Nest shape) {
    long length = new Expansion(space.sizes(), shape.roles()).length(Lowering.outs(roots));
    long all = shape.product(Role.OUTER) * shape.product(Role.FOLDED) * shape.tilesOfLanes();
    int longest = mostRounds > 1 ? LONGEST_LOOP : LONGEST_CODE;
    Nest most = shape;
    Nest regular = shape;
    for (int tiles = 2;
        tiles <= mostTiles && tiles * length <= longest && all / tiles >= 4L * target.units();
        tiles *= 2) {
      most = shape.sharing(tiles, 1);
      regular = most.isRegular() ? most : regular;
    }
    if (!regular.isRegular()) {
      return most;
    }
    int tiles = regular.tiles();
    for (int rounds = 2;
        rounds <= mostRounds && all / ((long) tiles * rounds) >= 4L * target.units();
        rounds *= 2) {
      Nest more = shape.sharing(tiles, rounds);
      regular = more.isRegular() ? more : regular;
    }
    return regular;
  }
}
