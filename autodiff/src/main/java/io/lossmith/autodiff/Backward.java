package io.lossmith.autodiff;

import io.lossmith.core.Shape;
import io.lossmith.core.graph.Graph;
import io.lossmith.core.graph.Node;
import io.lossmith.core.op.Alias;
import io.lossmith.core.op.Binary;
import io.lossmith.core.op.Move;
import io.lossmith.core.op.Op;
import io.lossmith.core.op.Where;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The walk from an output back to inputs, along what depends on them only. */
final class Backward {
  private final List<Tensor> inputs;
  private final List<List<Node>> targets;
  private final Map<Node, Boolean> dependent = new IdentityHashMap<>();
  private final Map<Node, Tensor> gradients = new IdentityHashMap<>();

  Backward(List<Tensor> inputs) {
    this.inputs = inputs;
    this.targets = inputs.stream().map(Tensor::nodes).toList();
    targets.forEach(nodes -> nodes.forEach(node -> dependent.put(node, true)));
  }

  List<Tensor> from(Tensor output) {
    List<Node> order = Graph.of(List.of(), List.of(output.node())).nodes();
    for (Node node : order) {
      dependent.putIfAbsent(node, depends(node));
    }
    gradients.put(output.node(), Making.scalar(1));
    for (int i = order.size() - 1; i >= 0; i--) {
      Node node = order.get(i);
      Tensor g = gradients.get(node);
      if (g != null && dependent.get(node)) {
        Trace.at(node.where(), () -> flow(node, g));
      }
    }
    List<Tensor> results = new ArrayList<>();
    for (int i = 0; i < inputs.size(); i++) {
      results.add(result(targets.get(i), inputs.get(i).shape()));
    }
    return results;
  }

  private boolean depends(Node node) {
    for (int i = 0; i < node.operands().size(); i++) {
      if (GradientRules.passes(node.op(), i) && dependent.get(node.operand(i))) {
        return true;
      }
    }
    return lost(node);
  }

  /** Tells whether a node was read and may have depended on an input, other than itself, before. */
  private boolean lost(Node node) {
    if (!(node.op() instanceof Alias alias && alias.meaning() instanceof Evaluated evaluated)) {
      return false;
    }
    List<Node> others =
        targets.stream().filter(nodes -> !nodes.contains(node)).flatMap(List::stream).toList();
    return evaluated.mayDependOn(Evaluated.sources(others));
  }

  private @Nullable Void flow(Node node, Tensor g) {
    if (node.op() instanceof Alias alias && alias.meaning() instanceof Rule rule) {
      List<Tensor> all = rule.apply(g, new Tensor(node));
      for (int i = 0; i < all.size(); i++) {
        add(node, i + 1, all.get(i));
      }
      return null;
    }
    if (lost(node)) {
      throw new IllegalStateException(
          "gradients: a tensor "
              + node.shape()
              + " has been read and has let go of what it was computed from; take gradients before"
              + " reading values, or mark it a constant by stopGradient()");
    }
    for (int i = 0; i < node.operands().size(); i++) {
      if (GradientRules.passes(node.op(), i) && dependent.get(node.operand(i))) {
        add(node, i, GradientRules.toOperand(node, i, g));
      }
    }
    return null;
  }

  private void add(Node node, int operand, Tensor gradient) {
    Node to = node.operand(operand);
    if (dependent.get(to)) {
      Op op = node.op();
      boolean broadcasts =
          op instanceof Binary || op instanceof Where || op instanceof Move.Broadcast;
      Tensor own = broadcasts ? undone(gradient, node.shape(), to.shape()) : gradient;
      gradients.merge(to, own, Lean::plus);
    }
  }

  private Tensor result(List<Node> nodes, Shape shape) {
    @Nullable Tensor sum = null;
    for (Node node : nodes) {
      Tensor g = gradients.get(node);
      sum = g == null ? sum : sum == null ? g : Lean.plus(sum, g);
    }
    return sum == null ? Making.full(0, shape) : Moves.broadcastTo(sum, shape);
  }

  /**
   * Undoes the broadcast of an operand: sums over the axes along which it was repeated. Where the
   * gradient is the same along such an axis, its sum is a product.
   */
  private static Tensor undone(Tensor g, Shape from, Shape to) {
    int offset = from.rank() - g.shape().rank();
    int shift = from.rank() - to.rank();
    double copies = 1;
    List<Integer> axes = new ArrayList<>();
    for (int axis = 0; axis < from.rank(); axis++) {
      boolean repeated = from.get(axis) != 1 && (axis < shift || to.get(axis - shift) == 1);
      if (repeated && axis >= offset && g.shape().get(axis - offset) != 1) {
        axes.add(axis - offset);
      } else if (repeated) {
        copies *= from.get(axis);
      }
    }
    int[] summed = axes.stream().mapToInt(Integer::intValue).toArray();
    Tensor sum = Lean.times(summed.length == 0 ? g : g.sumKeep(summed), copies);
    int extra = sum.shape().rank() - to.rank();
    return extra <= 0 ? sum : Moves.reshaped(sum, leadingDropped(sum.shape(), extra));
  }

  private static Shape leadingDropped(Shape shape, int extra) {
    int[] axes = new int[extra];
    for (int i = 0; i < extra; i++) {
      axes[i] = i;
    }
    return shape.without(axes);
  }
}
