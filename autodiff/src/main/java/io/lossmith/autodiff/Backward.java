package io.lossmith.autodiff;

import io.lossmith.core.Shape;
import io.lossmith.core.graph.Graph;
import io.lossmith.core.graph.Node;
import io.lossmith.core.op.Alias;
import io.lossmith.core.op.ElementwiseOp;
import io.lossmith.core.op.Move;
import io.lossmith.core.op.Op;
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
  private final Map<Node, Flow> flows = new IdentityHashMap<>();
  private final Bounds bounds = new Bounds();

  Backward(List<Tensor> inputs) {
    this.inputs = inputs;
    this.targets =
        inputs.stream().map(input -> (List<Node>) new ArrayList<>(input.nodes())).toList();
    targets.forEach(nodes -> nodes.forEach(node -> dependent.put(node, true)));
  }

  List<Tensor> from(Tensor output) {
    List<Node> order = Graph.of(List.of(), List.of(output.node())).nodes();
    order.forEach(this::findMoments);
    for (Node node : order) {
      dependent.putIfAbsent(node, depends(node));
    }
    flows.put(output.node(), Flow.of(Creation.scalar(1)));
    for (int i = order.size() - 1; i >= 0; i--) {
      Node node = order.get(i);
      Flow flow = flows.get(node);
      if (flow != null && dependent.get(node)) {
        Trace.at(node.where(), () -> pass(node, flow));
      }
    }
    List<Tensor> results = new ArrayList<>();
    for (int i = 0; i < inputs.size(); i++) {
      results.add(result(targets.get(i), inputs.get(i).shape()));
    }
    return Tensor.together(List.copyOf(results));
  }

  /** What a parameter held when something was built from it stands for the parameter. */
  private void findMoments(Node node) {
    Parameter parameter = Parameter.Moment.of(node);
    for (int i = 0; parameter != null && i < inputs.size(); i++) {
      if (inputs.get(i) == parameter && !targets.get(i).contains(node)) {
        targets.get(i).add(node);
        dependent.put(node, true);
      }
    }
  }

  private boolean depends(Node node) {
    for (int i = 0; i < node.operands().size(); i++) {
      if (passes(node.op(), i) && dependent.get(node.operand(i))) {
        return true;
      }
    }
    return lost(node);
  }

  private static boolean passes(Op op, int operand) {
    return op instanceof Alias alias
        ? operand > 0 && alias.meaning() instanceof GradientRule
        : GradientRules.of(op, operand) != null;
  }

  /** Tells whether a node was read and may have depended on an input, other than itself, before. */
  private boolean lost(Node node) {
    if (!(node.op() instanceof Alias alias && alias.meaning() instanceof Provenance evaluated)) {
      return false;
    }
    List<Node> others =
        targets.stream().filter(nodes -> !nodes.contains(node)).flatMap(List::stream).toList();
    return evaluated.mayDependOn(Provenance.sources(others));
  }

  private @Nullable Void pass(Node node, Flow flow) {
    if (node.op() instanceof Alias alias && alias.meaning() instanceof GradientRule rule) {
      List<Flow> all = passed(rule, node, flow);
      for (int i = 0; i < all.size(); i++) {
        add(node, i + 1, all.get(i));
      }
      return null;
    }
    if (lost(node)) {
      throw new IllegalStateException(
          "gradients: a tensor "
              + node.shape()
              + " has been read and has released what it was computed from; take gradients before"
              + " reading values, or mark it a constant by stopGradient()");
    }
    for (int i = 0; i < node.operands().size(); i++) {
      Pullback pullback = GradientRules.of(node.op(), i);
      if (pullback != null && dependent.get(node.operand(i))) {
        add(node, i, pullback.apply(node, flow, bounds));
      }
    }
    return null;
  }

  /** A rule of the user's own may mix elements, so it gets zeros where nothing is chosen. */
  private static List<Flow> passed(GradientRule rule, Node node, Flow flow) {
    Tensor result = new Tensor(node);
    if (rule instanceof Composed.Softmax softmax) {
      Flow mixed = flow.mixedAlong(node.shape(), softmax.axis());
      return List.of(mixed.scaled(rule.apply(mixed.gradient(), result).get(0)));
    }
    if (Stopping.isStopped(rule)) {
      return rule.apply(flow.gradient(), result).stream()
          .map(g -> flow.scaled(g).withSteep(true))
          .toList();
    }
    return rule.apply(flow.settled(), result).stream()
        .map(g -> Flow.of(g).withSteep(flow.steep()))
        .toList();
  }

  private void add(Node node, int operand, Flow flow) {
    Node to = node.operand(operand);
    if (dependent.get(to)) {
      Op op = node.op();
      boolean broadcasts =
          op instanceof ElementwiseOp
              || op instanceof Move.Broadcast
              || (op instanceof Alias alias
                  && alias.meaning() instanceof GradientRule rule
                  && Stopping.isStopped(rule));
      Flow own = broadcasts ? flow.undone(node.shape(), to.shape()) : flow;
      flows.merge(to, own, Flow::plus);
    }
  }

  private Tensor result(List<Node> nodes, Shape shape) {
    @Nullable Tensor sum = null;
    for (Node node : nodes) {
      Flow flow = flows.get(node);
      if (flow != null) {
        sum = sum == null ? flow.settled() : FoldingArithmetic.plus(sum, flow.settled());
      }
    }
    return sum == null ? Creation.full(0, shape) : new Tensor(Moves.broadcastTo(sum, shape).node());
  }
}
