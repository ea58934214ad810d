package io.lossmith.core.plan;

import io.lossmith.core.graph.Node;
import io.lossmith.core.op.AxisFold;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Puts the roots of a level into loops: those over the same axes share one. Roots with local folds
 * come first and say which axes are inner.
 */
final class Grouping {
  private final LevelSchedule schedule;
  private final List<LoopBuilder> loops = new ArrayList<>();

  Grouping(LevelSchedule schedule) {
    this.schedule = schedule;
  }

  /**
   * Groups the roots.
   *
   * @return a node that must be in memory before one of them can be computed, or null
   */
  @Nullable Node group(List<PendingRoot> roots) {
    Map<PendingRoot, LoopBuilder> alone = new LinkedHashMap<>();
    for (PendingRoot root : roots) {
      int[] map = new int[root.space().rank()];
      IterationSpace space = IterationSpace.of(root.space(), map);
      LoopBuilder loop = new LoopBuilder(schedule, root.level(), space);
      if (!loop.add(root, map)) {
        return loop.misfit();
      }
      alone.put(root, loop);
    }
    List<PendingRoot> order = new ArrayList<>(roots);
    order.sort((a, b) -> Boolean.compare(hasInner(alone.get(b)), hasInner(alone.get(a))));
    for (PendingRoot root : order) {
      LoopBuilder own = alone.get(root);
      if (loops.stream().noneMatch(loop -> joins(root, own, loop))) {
        loops.add(own);
      }
    }
    return null;
  }

  List<Step> steps() {
    return loops.stream().<Step>map(LoopNormalizer::finish).toList();
  }

  private static boolean hasInner(LoopBuilder loop) {
    return loop.space().hasInner();
  }

  private static boolean joins(PendingRoot root, LoopBuilder own, LoopBuilder loop) {
    IterationSpace space = loop.space();
    if (hasInner(own) && !own.space().sizes(true).equals(space.sizes(true))) {
      return false;
    }
    int[] map = space.place(root.space());
    return map != null && sharesColumn(root, map, loop) && loop.add(root, map);
  }

  /** A loop is cut along one axis, which all of its folds must fold. */
  private static boolean sharesColumn(PendingRoot root, int[] map, LoopBuilder loop) {
    if (!root.folds()) {
      return true;
    }
    List<boolean[]> folds = new ArrayList<>();
    loop.roots().stream().filter(r -> r.fold() != null).forEach(r -> folds.add(r.folded()));
    boolean[] folded = new boolean[loop.space().rank()];
    for (int axis : ((AxisFold) root.node().op()).axes()) {
      if (map[axis] >= 0) {
        folded[map[axis]] = true;
      }
    }
    folds.add(folded);
    return LoopAxes.hasColumn(loop.space(), folds);
  }
}
