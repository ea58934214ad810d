package io.lossmith.core.plan;

import io.lossmith.core.graph.Node;
import io.lossmith.core.op.Leaf;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Sinks folds into later loops that go through the same arrays anyway. Each is otherwise computed
 * as soon as it can be, which may be a pass of its own.
 */
final class FoldSinking {
  private final LevelSchedule schedule;
  private final PlanLimits limits;

  private FoldSinking(LevelSchedule schedule, PlanLimits limits) {
    this.schedule = schedule;
    this.limits = limits;
  }

  /** Returns the folds, each with the level that it should wait for. */
  static Map<Node, Integer> of(LevelSchedule schedule, PlanLimits limits) {
    FoldSinking sinking = new FoldSinking(schedule, limits);
    Map<Node, Integer> found = new IdentityHashMap<>();
    for (PendingRoot root : schedule.roots()) {
      if (root.folds() && root.space().count() >= limits.largeArray()) {
        int level = sinking.better(root);
        if (level > root.level()) {
          found.put(root.node(), level);
        }
      }
    }
    return found;
  }

  /** Returns the first level, its own or later, whose loops read what this fold reads. */
  private int better(PendingRoot fold) {
    Set<Buffer> read = reads(fold);
    return schedule.roots().stream()
        .filter(other -> other != fold && other.level() >= fold.level())
        .filter(other -> other.space().equals(fold.space()))
        .filter(other -> !Collections.disjoint(reads(other), read))
        .filter(other -> !needs(other.node(), fold.node()))
        .mapToInt(PendingRoot::level)
        .min()
        .orElse(fold.level());
  }

  /** Returns the large arrays that are gone through. */
  private Set<Buffer> reads(PendingRoot root) {
    Set<Buffer> found = Collections.newSetFromMap(new IdentityHashMap<>());
    Set<Node> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    ArrayDeque<Node> open = new ArrayDeque<>(root.node().operands());
    while (!open.isEmpty()) {
      Node node = open.pop();
      View view = schedule.view(node, root.level());
      if (view != null) {
        if (view.buffer().shape().count() >= limits.largeArray()) {
          found.add(view.buffer());
        }
      } else if (!(node.op() instanceof Leaf) && seen.add(node)) {
        open.addAll(NodeTraits.read(node));
      }
    }
    return found;
  }

  private static boolean needs(Node user, Node node) {
    Set<Node> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    ArrayDeque<Node> open = new ArrayDeque<>(List.of(user));
    while (!open.isEmpty()) {
      Node next = open.pop();
      if (next == node) {
        return true;
      }
      if (seen.add(next)) {
        open.addAll(next.operands());
      }
    }
    return false;
  }
}
