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
 * Finds folds that had better wait: a later loop goes through the same arrays anyway. Each is
 * otherwise computed as soon as it can be, which may be a pass of its own.
 */
final class Delays {
  /** Arrays of fewer elements cost next to nothing to go through. */
  private static final int LARGE = 16384;

  private final List<Planned> jobs;
  private final Storage storage;

  /** A job and the level of a plan that it belongs to. */
  record Planned(Job job, int level) {}

  private Delays(List<Planned> jobs, Storage storage) {
    this.jobs = jobs;
    this.storage = storage;
  }

  /** Returns the folds, each with the level that it had better wait for. */
  static Map<Node, Integer> of(List<Planned> jobs, Storage storage) {
    Delays delays = new Delays(jobs, storage);
    Map<Node, Integer> found = new IdentityHashMap<>();
    for (Planned planned : jobs) {
      Job job = planned.job();
      if (job.folds() && job.space().count() >= LARGE) {
        int level = delays.better(planned);
        if (level > planned.level()) {
          found.put(job.node(), level);
        }
      }
    }
    return found;
  }

  /** Returns the first level, its own or later, whose jobs read what this fold reads. */
  private int better(Planned fold) {
    Set<Buffer> read = reads(fold);
    return jobs.stream()
        .filter(other -> other != fold && other.level() >= fold.level())
        .filter(other -> other.job().space().equals(fold.job().space()))
        .filter(other -> !Collections.disjoint(reads(other), read))
        .filter(other -> !needs(other.job().node(), fold.job().node()))
        .mapToInt(Planned::level)
        .min()
        .orElse(fold.level());
  }

  /** Returns the large arrays that are gone through. */
  private Set<Buffer> reads(Planned planned) {
    Set<Buffer> found = Collections.newSetFromMap(new IdentityHashMap<>());
    Set<Node> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    ArrayDeque<Node> open = new ArrayDeque<>(planned.job().node().operands());
    while (!open.isEmpty()) {
      Node node = open.pop();
      View view = storage.view(node, planned.level());
      if (view != null) {
        if (view.buffer().shape().count() >= LARGE) {
          found.add(view.buffer());
        }
      } else if (!(node.op() instanceof Leaf) && seen.add(node)) {
        open.addAll(Planner.read(node));
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
