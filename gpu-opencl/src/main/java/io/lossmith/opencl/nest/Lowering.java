package io.lossmith.opencl.nest;

import io.lossmith.core.engine.EngineException;
import io.lossmith.core.graph.Graph;
import io.lossmith.core.graph.Node;
import io.lossmith.core.op.Fold;
import io.lossmith.core.op.Leaf;
import io.lossmith.core.plan.Buffer;
import io.lossmith.core.plan.LoopAxes;
import io.lossmith.core.plan.LoopOutput;
import io.lossmith.core.plan.LoopValue;
import io.lossmith.core.plan.Step;
import io.lossmith.opencl.nest.Nest.Out;
import io.lossmith.opencl.nest.Nest.Role;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Turns the loops of a plan into nests. Few rows are written out in the code, which drivers for
 * processors need in order to use vector units; of many rows each local fold becomes a nest of its
 * own, and rows are an axis like any other from there on.
 */
public final class Lowering {
  private static final int MOST_ROWS = 32;

  /** Places of an axis that no local fold folds, but along which much stays the same. */
  private static final int MOST_HELD = 64;

  /** Terms along rows, times rows, that may be written out. */
  private static final int LONGEST_CODE = 320;

  private final Target target;
  private final Set<float[]> changing = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Map<Buffer, MemoryRegion> regions = new IdentityHashMap<>();
  private final List<Nest> nests = new ArrayList<>();
  private final Map<Nest, Step> steps = new IdentityHashMap<>();

  /** A root of a loop, in terms. */
  record Rooted(Term value, StridedAccess destination, @Nullable Fold fold, boolean[] folded) {}

  /**
   * @param graph what is planned
   */
  public Lowering(Graph graph, Target target) {
    this.target = target;
    for (Node node : graph.nodes()) {
      if (node.op() instanceof Leaf.Data data && data.changing()) {
        changing.add(data.values());
      }
    }
  }

  /** Returns the region of a buffer, always the same. */
  public MemoryRegion region(Buffer buffer) {
    return regions.computeIfAbsent(
        buffer, b -> MemoryRegion.of(b, b.data() != null && !changing.contains(b.data())));
  }

  /** Returns the nests of a loop, each after those whose results it reads. */
  public List<Nest> nests(Step.Loop loop) {
    for (Length length : Length.values()) {
      List<Nest> found = nests(loop, length);
      if (found.stream().allMatch(target.fits())) {
        found.forEach(nest -> steps.put(nest, loop));
        return found;
      }
    }
    throw new EngineException(
        "opencl: a pass of the program over "
            + Arrays.toString(loop.sizes())
            + " is too long for one kernel, must be shorter; use the engine cpu");
  }

  /** How much is written out, the most first. */
  private enum Length {
    /** Few rows, and some tiles for each item. */
    ROWS_AND_TILES,
    /** Few rows. */
    ROWS,
    /** Nothing. */
    PLACES,
    /** Nothing, and each root has nests of its own. */
    ROOTS
  }

  private List<Nest> nests(Step.Loop loop, Length length) {
    nests.clear();
    Map<LoopValue, Term> terms = LoopTerms.of(loop, this::access);
    List<Rooted> roots = new ArrayList<>();
    for (LoopOutput root : loop.roots()) {
      Term value = terms.get(root.value());
      roots.add(new Rooted(value, access(root.destination()), root.fold(), root.folded()));
    }
    LoopAxes axes = LoopAxes.of(loop, MOST_HELD);
    boolean[] rows = axes.held();
    NestSpace space = new NestSpace(loop.sizes(), rows, axes.column());
    boolean isWritten = length == Length.ROWS_AND_TILES || length == Length.ROWS;
    if (space.product(rows) > 1 && !(isWritten && isShort(space, roots))) {
      space = new NestSpace(loop.sizes(), new boolean[rows.length], axes.column());
      roots = serialised(space, rows, roots);
    }
    boolean hasTiles = length == Length.ROWS_AND_TILES;
    if (length == Length.ROOTS) {
      for (Rooted root : roots) {
        lower(space, List.of(root), hasTiles);
      }
    } else {
      lower(space, roots, hasTiles);
    }
    return List.copyOf(nests);
  }

  /** Returns the step of the plan that a nest belongs to. */
  public Step step(Nest nest) {
    Step step = steps.get(nest);
    if (step == null) {
      throw new IllegalStateException("opencl: a nest belongs to no step");
    }
    return step;
  }

  /** Returns the nest that fills an array with zeros. */
  public Nest clear(Step.Clear clear) {
    MemoryRegion region = region(clear.result());
    NestSpace space = new NestSpace(new int[] {region.count()}, new boolean[1], 0);
    StridedAccess all = new StridedAccess(region, 0, new int[] {1});
    Nest nest = straight(space, List.of(new Out(new Term.Number(0), all, null)));
    steps.put(nest, clear);
    return nest;
  }

  private StridedAccess access(LoopValue.Load load) {
    return new StridedAccess(region(load.buffer()), load.offset(), load.strides());
  }

  private static boolean isShort(NestSpace space, List<Rooted> roots) {
    long rows = space.product(space.unrolled());
    long varying =
        terms(roots).stream()
            .filter(term -> !(term instanceof Term.Number))
            .filter(term -> varies(term, space.unrolled()))
            .count();
    return rows <= MOST_ROWS && rows * varying <= LONGEST_CODE;
  }

  static boolean varies(Term term, boolean[] axes) {
    for (int axis = 0; axis < axes.length; axis++) {
      if (axes[axis] && term.variesOver(axis)) {
        return true;
      }
    }
    return false;
  }

  private static List<Term> terms(List<Rooted> roots) {
    return LoopTerms.of(
        roots.stream().map(r -> new Out(r.value(), r.destination(), null)).toList());
  }

  /** Gives each local fold a nest of its own, and has the others read what it stores. */
  private List<Rooted> serialised(NestSpace space, boolean[] rows, List<Rooted> roots) {
    Map<Term, Term> made =
        LoopTerms.rewrite(
            terms(roots),
            space.rank(),
            term -> term instanceof Term.Folded folded ? serialFold(space, rows, folded) : null);
    return roots.stream()
        .map(r -> new Rooted(made.get(r.value()), r.destination(), r.fold(), r.folded()))
        .toList();
  }

  private Term serialFold(NestSpace space, boolean[] rows, Term.Folded folded) {
    boolean[] kept = new boolean[space.rank()];
    boolean[] walked = rows.clone();
    for (int axis = 0; axis < kept.length; axis++) {
      kept[axis] = folded.variesOver(axis);
      walked[axis] |= kept[axis];
    }
    MemoryRegion region = MemoryRegion.scratch(space.product(kept));
    StridedAccess place = new StridedAccess(region, 0, space.dense(kept));
    List<Out> outs = List.of(new Out(folded.operand(), place, folded.fold()));
    nests.add(serial(space.only(walked), rows, outs));
    return new Term.Load(place);
  }

  private void lower(NestSpace space, List<Rooted> roots, boolean hasTiles) {
    if (roots.stream().allMatch(root -> root.fold() == null)) {
      nests.add(straight(space, outs(roots)));
    } else {
      nests.addAll(new LoweredFolds(space, target, hasTiles).nests(roots));
    }
  }

  static List<Out> outs(List<Rooted> roots) {
    return roots.stream().map(r -> new Out(r.value(), r.destination(), r.fold())).toList();
  }

  /** Returns a nest that stores at each place. */
  static Nest straight(NestSpace space, List<Out> outs) {
    int[] lanes = space.lanes(space.rest(space.none()));
    Role[] roles = space.roles(lanes, space.none(), Role.OUTER);
    return new Nest(space.sizes(), roles, lanes, 1, 1, outs);
  }

  /** Returns a nest in which each item folds along these axes. */
  static Nest serial(NestSpace space, boolean[] folded, List<Out> outs) {
    int[] lanes = space.lanes(space.rest(folded));
    Role[] roles = space.roles(lanes, folded, Role.SERIAL);
    return new Nest(space.sizes(), roles, lanes, 1, 1, outs);
  }
}
