package io.lossmith.autodiff;

import io.lossmith.core.graph.Node;
import io.lossmith.core.op.Binary;
import io.lossmith.core.op.ElementwiseOp;
import io.lossmith.core.op.Identity;
import io.lossmith.core.op.Leaf;
import io.lossmith.core.op.Move;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Set;

/** Looks for a comparison with class numbers in what a value is computed of, element by element. */
final class LabelSearch {
  private LabelSearch() {}

  /** Tells whether labels choose among a value's numbers; what {@code past} is made of is left. */
  static boolean chooses(Tensor value, Tensor past) {
    Set<Node> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    seen.add(past.node());
    Deque<Node> open = new ArrayDeque<>();
    open.add(value.node());
    while (!open.isEmpty()) {
      Node node = open.pop();
      if (seen.add(node) && isElementwise(node)) {
        if (node.op() == Binary.EQUAL && node.operands().stream().anyMatch(LabelSearch::counts)) {
          return true;
        }
        open.addAll(node.operands());
      }
    }
    return false;
  }

  private static boolean counts(Node node) {
    return node.op() instanceof Leaf.Iota || node.op() instanceof Move && counts(node.operand(0));
  }

  private static boolean isElementwise(Node node) {
    return node.op() instanceof ElementwiseOp
        || node.op() instanceof Identity
        || node.op() instanceof Move;
  }
}
