package io.lossmith.core.graph;

import static io.lossmith.core.graph.Nodes.add;
import static io.lossmith.core.graph.Nodes.broadcast;
import static io.lossmith.core.graph.Nodes.div;
import static io.lossmith.core.graph.Nodes.equal;
import static io.lossmith.core.graph.Nodes.exp;
import static io.lossmith.core.graph.Nodes.input;
import static io.lossmith.core.graph.Nodes.iota;
import static io.lossmith.core.graph.Nodes.log;
import static io.lossmith.core.graph.Nodes.max;
import static io.lossmith.core.graph.Nodes.mul;
import static io.lossmith.core.graph.Nodes.neg;
import static io.lossmith.core.graph.Nodes.of;
import static io.lossmith.core.graph.Nodes.reshape;
import static io.lossmith.core.graph.Nodes.scalar;
import static io.lossmith.core.graph.Nodes.sigmoid;
import static io.lossmith.core.graph.Nodes.sub;
import static io.lossmith.core.graph.Nodes.sum;
import static io.lossmith.core.graph.Nodes.where;
import static org.assertj.core.api.Assertions.assertThat;

import io.lossmith.core.Shape;
import io.lossmith.core.op.Move;
import io.lossmith.core.op.Unary;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Gradients as rules that know nothing of each other write them: what is left must be the formula.
 */
class SimplifiedGradientTests {
  private static final int[] SHAPE = {2, 3, 5, 7};
  private static final int COUNT = 210;

  private final Node x = input(0, SHAPE);
  private final Node t = input(1, SHAPE);

  private static Graph simplified(Shape target, Node... outputs) {
    List<Shape> inputs = List.of(Shape.of(SHAPE), target);
    return Simplifier.simplify(Graph.of(inputs, List.of(outputs)));
  }

  private static long full(Graph graph) {
    return graph.nodes().stream()
        .filter(n -> n.shape().count() == COUNT && !n.operands().isEmpty())
        .count();
  }

  private static void assertNoBroadcasts(Graph graph) {
    assertThat(graph.nodes()).noneMatch(n -> n.op() instanceof Move.Broadcast);
  }

  /** mean(softplus(x) − x·t): the gradient is (sigmoid(x) − t)/n in three operations. */
  @Test
  void binaryCrossEntropyWithLogits() {
    Node value = sub(of(Unary.SOFTPLUS, x), mul(x, t));
    Node loss = mul(reshape(sum(value)), scalar(1.0 / COUNT));
    Node g = broadcast(reshape(mul(broadcast(scalar(1)), scalar(1.0 / COUNT)), 1, 1, 1, 1), SHAPE);
    Node gradient = add(mul(g, sigmoid(x)), mul(neg(g), t));
    Graph simple = simplified(t.shape(), loss, gradient);
    assertNoBroadcasts(simple);
    // softplus, x·t, the difference; sigmoid, the difference, the product.
    assertThat(full(simple)).isEqualTo(6);
    assertThat(simple.nodes().stream().filter(n -> n.op() == Unary.NEGATE)).isEmpty();
  }

  /** 1 − mean((2I + 1)/(P + T + 1)) of sigmoid. */
  @Test
  void dice() {
    Node p = sigmoid(x);
    Node hit = reshape(sum(mul(p, t), 2, 3), 2, 3);
    Node all = add(reshape(sum(p, 2, 3), 2, 3), reshape(sum(t, 2, 3), 2, 3));
    Node over = add(mul(hit, scalar(2)), scalar(1));
    Node under = add(all, scalar(1));
    Node loss = add(neg(mul(reshape(sum(div(over, under))), scalar(1 / 6.0))), scalar(1));
    Node g = broadcast(reshape(mul(neg(scalar(1)), scalar(1 / 6.0)), 1, 1), 2, 3);
    Node toHit = reshape(mul(div(g, under), scalar(2)), 2, 3, 1, 1);
    Node toAll = reshape(neg(mul(div(g, under), div(over, under))), 2, 3, 1, 1);
    Node toP = add(mul(broadcast(toHit, SHAPE), t), broadcast(toAll, SHAPE));
    Node gradient = mul(toP, mul(p, sub(scalar(1), p)));
    Graph simple = simplified(t.shape(), loss, gradient);
    assertNoBroadcasts(simple);
    // sigmoid, p·t; toHit·t, + toAll; 1 − p, p·(1 − p), the product.
    assertThat(full(simple)).isEqualTo(7);
    assertThat(simple.nodes().size()).isLessThan(37);
  }

  /** Mean of log Σ eˣ − x at the label; the softmax is computed once, the class compared once. */
  @Test
  void softmaxCrossEntropy() {
    Node labels = input(1, 2, 1, 5, 7);
    Node hot = equal(labels, iota(4, 1, 3));
    Node top = max(x, 1);
    Node logits = sub(x, broadcast(top, SHAPE));
    Node logSum = log(sum(exp(logits), 1));
    Node nll = neg(sum(where(hot, sub(logits, logSum), scalar(0)), 1));
    Node loss = mul(reshape(sum(nll)), scalar(1 / 70.0));
    Node g = broadcast(reshape(scalar(1 / 70.0), 1, 1, 1, 1), 2, 1, 5, 7);
    Node toLog = where(hot, broadcast(neg(g), SHAPE), scalar(0));
    Node share = div(broadcast(neg(sum(toLog, 1)), SHAPE), sum(exp(sub(x, top)), 1));
    Node gradient = add(toLog, mul(share, exp(sub(x, top))));
    Graph simple = simplified(labels.shape(), loss, gradient);
    assertThat(simple.nodes().stream().filter(n -> n.op() == Unary.EXP)).hasSize(1);
    assertThat(simple.nodes().stream().filter(n -> n.op().label().equals("equal"))).hasSize(1);
    assertNoBroadcasts(simple);
    // equal, x − top, − logSum, where; e, where, product, sum.
    assertThat(full(simple)).isEqualTo(8);
  }
}
