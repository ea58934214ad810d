package io.lossmith.core.plan;

import io.lossmith.core.Shape;
import io.lossmith.core.graph.Node;
import io.lossmith.core.op.AxisFold;
import io.lossmith.core.op.ElementwiseOp;
import io.lossmith.core.op.Identity;
import io.lossmith.core.op.Leaf;
import io.lossmith.core.op.Move;
import io.lossmith.core.op.WholeArrayOp;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decides which nodes are written to memory, and why. Everything else is recomputed inside each
 * loop that needs it, which is cheaper than reading it back.
 */
final class Materialization {
  private final PlanLimits limits;
  private final Buffers buffers;
  private final Map<Node, Integer> outputs;
  private final Map<Node, Reason> forced;
  private final Map<Node, Reason> reasons = new IdentityHashMap<>();
  private final Map<Node, View> views = new IdentityHashMap<>();
  private final Map<Node, Integer> chains = new IdentityHashMap<>();
  private final Set<Node> afterLocalFold = Collections.newSetFromMap(new IdentityHashMap<>());

  /**
   * @param nodes all nodes, operands before those that use them
   * @param outputs nodes that are computed right into an output, with its number
   * @param forced nodes to write although nothing here asks for it
   */
  Materialization(
      List<Node> nodes,
      PlanLimits limits,
      Buffers buffers,
      Map<Node, Integer> outputs,
      Map<Node, Reason> forced) {
    this.limits = limits;
    this.buffers = buffers;
    this.outputs = outputs;
    this.forced = forced;
    outputs.keySet().forEach(node -> reasons.put(node, Reason.OUTPUT));
    // Users come first on this way, so that a node knows what is asked of it.
    for (int i = nodes.size() - 1; i >= 0; i--) {
      demand(nodes.get(i));
    }
    nodes.forEach(this::decide);
  }

  /** Returns why a node is written to memory, or null if it is not. */
  @Nullable Reason reason(Node node) {
    return reasons.get(node);
  }

  /** Returns how to read the node from memory, or null if it must be computed in place. */
  @Nullable View view(Node node) {
    return views.get(node);
  }

  /** Tells whether a fold is done in place: its axes fit, and there are enough results. */
  boolean isLocal(Node node) {
    Shape from = node.operand(0).shape();
    long results = node.shape().count();
    long folded = results == 0 ? 0 : from.count() / results;
    int last = from.rank() - 1;
    while (last >= 0 && from.get(last) == 1) {
      last--;
    }
    boolean keepsContiguous = last < 0 || !((AxisFold) node.op()).axes().contains(last);
    return folded > 0
        && folded <= limits.largestLocalFold()
        && results >= limits.fewestLocalResults()
        && (keepsContiguous || results >= limits.manyResults());
  }

  private boolean isLocalFold(Node node) {
    return node.op() instanceof AxisFold && isLocal(node);
  }

  /** What must be in memory whatever its operands turn out to be. */
  private void demand(Node node) {
    Reason own = demanded(node);
    if (own != null && reasons.get(node) != Reason.OUTPUT) {
      reasons.put(node, own); // says more than what a user asked for before
    }
    for (Node operand : node.operands()) {
      if (NodeTraits.isComputed(operand) && isMuchSmaller(operand, node)) {
        reasons.putIfAbsent(operand, Reason.MUCH_SMALLER);
      }
    }
  }

  private @Nullable Reason demanded(Node node) {
    if (forced.containsKey(node)) {
      return forced.get(node);
    }
    if (node.op() instanceof WholeArrayOp) {
      return Reason.WHOLE_ARRAY_RESULT;
    }
    if (node.op() instanceof Move.Placing) {
      return Reason.JOINED_PARTS;
    }
    return node.op() instanceof AxisFold && !isLocal(node) ? Reason.GLOBAL_FOLD : null;
  }

  private boolean isMuchSmaller(Node operand, Node user) {
    return user.op() instanceof ElementwiseOp
        && operand.shape().count() <= limits.small()
        && (long) operand.shape().count() * limits.muchSmaller() <= user.shape().count();
  }

  private void decide(Node node) {
    if (node.op() instanceof Leaf) {
      View leaf = buffers.leaf(node);
      if (leaf != null) {
        views.put(node, leaf);
      }
      return;
    }
    if (node.op() instanceof WholeArrayOp) {
      node.operands().forEach(this::wholeInMemory);
    }
    View view = node.op() instanceof Move.Picking move ? moved(node, move) : null;
    if (node.op() instanceof Identity) {
      view = views.get(node.operand(0));
    }
    boolean hangsOnLocalFold = isLocalFold(node);
    int chain = 1;
    for (Node operand : node.operands()) {
      if (!views.containsKey(operand)) {
        chain = Math.max(chain, 1 + chains.getOrDefault(operand, 0));
        hangsOnLocalFold |= afterLocalFold.contains(operand);
      }
    }
    if (hangsOnLocalFold && reasons.get(node) == Reason.MUCH_SMALLER) {
      reasons.remove(node); // better computed in the pass of the local fold than one pass earlier
    }
    if (chain > limits.longestChain()) {
      reasons.putIfAbsent(node, Reason.CHAIN_TOO_LONG);
    }
    if (reasons.containsKey(node)) {
      store(node);
    } else if (view != null) {
      views.put(node, view);
    } else {
      chains.put(node, chain);
      if (hangsOnLocalFold) {
        afterLocalFold.add(node);
      }
    }
  }

  private void store(Node node) {
    Integer output = outputs.get(node);
    Reason reason = reasons.get(node);
    Buffer buffer =
        output == null
            ? buffers.temporary(node.shape(), reason)
            : buffers.output(output, node.shape());
    views.put(node, View.of(buffer));
  }

  /** Finds a view for a move, storing its operand where nothing else helps. */
  private @Nullable View moved(Node node, Move.Picking move) {
    Node operand = node.operand(0);
    View from = views.get(operand);
    if (from == null) {
      if (operand.op() instanceof Leaf.Scalar || OperandAxes.of(node) != null) {
        return null;
      }
      from = storeLate(operand, Reason.NO_STRIDES);
    }
    View view = from.moved(move);
    if (view == null) {
      // The operand is itself a move that strides can express only alone: lay it out once.
      view = storeLate(operand, Reason.NO_STRIDES).moved(move);
    }
    return view;
  }

  /** Makes sure that an opaque operation finds the node as one dense array. */
  private void wholeInMemory(Node node) {
    View view = views.get(node);
    if (view == null || !view.isWhole()) {
      storeLate(node, Reason.WHOLE_ARRAY_OPERAND);
    }
  }

  /** Stores a node that was to be computed in place, or read through a view. */
  private View storeLate(Node node, Reason reason) {
    chains.remove(node);
    afterLocalFold.remove(node);
    reasons.put(node, reason);
    View view = View.of(buffers.temporary(node.shape(), reason));
    views.put(node, view);
    return view;
  }
}
