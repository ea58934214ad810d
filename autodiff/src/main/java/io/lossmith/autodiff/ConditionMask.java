package io.lossmith.autodiff;

import io.lossmith.core.Shape;
import io.lossmith.core.graph.Node;
import io.lossmith.core.op.Move;
import java.util.ArrayList;
import java.util.List;

/**
 * Where a gradient is 0 because a choice was made otherwise: a condition, and whether what is
 * chosen stands where it is not 0 or where it is 0.
 *
 * @param condition broadcasts to the shape of what the gradient belongs to
 * @param when whether elements are chosen where the condition is not 0
 * @param applied whether the gradient is 0 already where nothing is chosen
 */
record ConditionMask(Tensor condition, boolean when, boolean applied) {
  /** How far two conditions are followed to see whether they are the same. */
  private static final int DEPTH = 6;

  /** Returns a gradient where it is chosen, 0 elsewhere. */
  Tensor select(Tensor g) {
    return when ? Tensor.where(condition, g, 0) : Tensor.where(condition, 0, g);
  }

  /** Returns 1 where something is chosen, else 0. */
  Tensor indicator() {
    return when ? condition.notEqualTo(0) : condition.equalTo(0);
  }

  /** Returns a condition without moves that undo each other and repetitions that are implied. */
  static Tensor lean(Tensor condition) {
    Node node = condition.node();
    while (node.op() instanceof Move.Reshape && node.operand(0).op() instanceof Move.Reshape) {
      Node before = node.operand(0).operand(0);
      node =
          before.shape().equals(node.shape()) ? before : Node.of(node.op(), List.of(before), null);
    }
    if (node.op() instanceof Move.Broadcast) {
      node = node.operand(0);
    }
    return node == condition.node() ? condition : new Tensor(node);
  }

  ConditionMask withApplied(boolean changed) {
    return changed == applied ? this : new ConditionMask(condition, when, changed);
  }

  boolean isLike(ConditionMask other) {
    return when == other.when && same(condition.node(), other.condition.node(), DEPTH);
  }

  boolean isOppositeOf(ConditionMask other) {
    return when != other.when && same(condition.node(), other.condition.node(), DEPTH);
  }

  /** Conditions are moved and folded anew on each way back, so they may be equal but not one. */
  private static boolean same(Node a, Node b, int depth) {
    if (a == b) {
      return true;
    }
    if (depth == 0
        || !a.op().equals(b.op())
        || !a.shape().equals(b.shape())
        || a.operands().isEmpty()) {
      return false;
    }
    for (int i = 0; i < a.operands().size(); i++) {
      if (!same(a.operand(i), b.operand(i), depth - 1)) {
        return false;
      }
    }
    return true;
  }

  /** Tells whether it differs along one of the axes of a shape that the condition broadcasts to. */
  boolean varies(Shape whole, List<Integer> axes) {
    int offset = whole.rank() - condition.shape().rank();
    return axes.stream().anyMatch(a -> a >= offset && condition.shape().get(a - offset) != 1);
  }

  /** Returns the mask of what all of these choose; there must be one. */
  static ConditionMask all(List<ConditionMask> masks) {
    ConditionMask first = masks.get(0);
    if (masks.size() == 1) {
      return first;
    }
    Tensor chosen = first.indicator();
    for (ConditionMask mask : masks.subList(1, masks.size())) {
      chosen = chosen.times(mask.indicator());
    }
    return new ConditionMask(chosen, true, true);
  }

  /**
   * Returns masks of elements that were repeated along axes: one of them is chosen where it is
   * chosen anywhere. The axes stay, at size 1.
   */
  static List<ConditionMask> anywhere(List<ConditionMask> masks, Shape whole, List<Integer> axes) {
    List<ConditionMask> kept = new ArrayList<>();
    List<ConditionMask> varying = new ArrayList<>();
    masks.forEach(mask -> (mask.varies(whole, axes) ? varying : kept).add(mask));
    if (!varying.isEmpty()) {
      Tensor chosen = all(varying).indicator();
      int offset = whole.rank() - chosen.shape().rank();
      int[] folded = axes.stream().mapToInt(a -> a - offset).filter(a -> a >= 0).toArray();
      kept.add(new ConditionMask(chosen.maxKeep(folded), true, true));
    }
    return kept;
  }
}
