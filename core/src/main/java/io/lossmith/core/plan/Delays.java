package io.lossmith.core.plan;

import io.lossmith.core.Shape;
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

  /**
   * What one level of a plan computes.
   *
   * @param node a node stored, or a fold over its operand
   */
  record Planned(Node node, boolean folds, int level) {
    Shape space() {
      return folds ? node.operand(0).shape() : node.shape();
    }
  }

  private Delays(List<Planned> jobs, Storage storage) {
    this.jobs = jobs;
    this.storage = storage;
  }

  /** Returns the folds, each with the level that it had better wait for. */
  static Map<Node, Integer> of(List<Planned> jobs, Storage storage) {
    Delays delays = new Delays(jobs, storage);
    Map<Node, Integer> found = new IdentityHashMap<>();
    for (Planned job : jobs) {
      int level = job.folds() && job.space().count() >= LARGE ? delays.better(job) : job.level();
      if (level > job.level()) {
        found.put(job.node(), level);
      }
    }
    return found;
  }

  /** Returns the first level, its own or later, whose jobs read what this one reads. */
  private int better(Planned fold) {
    Set<Buffer> read = reads(fold);
    return jobs.stream()
        .filter(job -> job != fold && job.level() >= fold.level())
        .filter(job -> job.space().equals(fold.space()))
        .filter(job -> !Collections.disjoint(reads(job), read))
        .filter(job -> !needs(job.node(), fold.node()))
        .mapToInt(Planned::level)
        .min()
        .orElse(fold.level());
  }

  /** Returns the large arrays that a job goes through. */
  private Set<Buffer> reads(Planned job) {
    Set<Buffer> found = Collections.newSetFromMap(new IdentityHashMap<>());
    Set<Node> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    ArrayDeque<Node> open = new ArrayDeque<>(job.node().operands());
    while (!open.isEmpty()) {
      Node node = open.pop();
      View view = storage.view(node, job.level());
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
