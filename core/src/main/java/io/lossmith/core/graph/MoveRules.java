package io.lossmith.core.graph;

import io.lossmith.core.Shape;
import io.lossmith.core.op.Move;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Moves that undo each other, do nothing, or are two halves of one. */
final class MoveRules implements Move.Cases<@Nullable Node> {
  private final Node node;
  private final Node x;
  private final Rewriter make;

  private MoveRules(Node node, Rewriter make) {
    this.node = node;
    this.x = node.operand(0);
    this.make = make;
  }

  static @Nullable Node rewrite(Node node, Rewriter make) {
    return node.op() instanceof Move move && !node.operands().isEmpty()
        ? move.match(new MoveRules(node, make))
        : null;
  }

  @Override
  public @Nullable Node reshape(Move.Reshape reshape) {
    return ShapeRules.reshape(node, reshape, make);
  }

  @Override
  public @Nullable Node broadcast(Move.Broadcast broadcast) {
    return ShapeRules.broadcast(node, broadcast, make);
  }

  /** Two permutations are one; one that only moves axes of size 1 is a reshape, or nothing. */
  @Override
  public @Nullable Node permute(Move.Permute permute) {
    List<Integer> axes = permute.axes();
    List<Integer> longAxes = axes.stream().filter(axis -> x.shape().get(axis) != 1).toList();
    if (IntStream.range(1, longAxes.size()).allMatch(i -> longAxes.get(i - 1) < longAxes.get(i))) {
      return x.shape().equals(node.shape())
          ? x
          : make.node(node, new Move.Reshape(node.shape()), x);
    }
    if (x.op() instanceof Move.Permute inner) {
      List<Integer> both = axes.stream().map(inner.axes()::get).toList();
      return make.node(node, new Move.Permute(both), x.operand(0));
    }
    return null;
  }

  /** Flipping twice is nothing, and so is flipping an axis of size 1 or one that is repeated. */
  @Override
  public @Nullable Node flip(Move.Flip flip) {
    List<Integer> axes = flip.axes().stream().filter(axis -> !isRepeated(x, axis)).toList();
    if (axes.isEmpty()) {
      return x;
    }
    if (x.op() instanceof Move.Flip inner) {
      List<Integer> odd =
          IntStream.range(0, x.shape().rank())
              .boxed()
              .filter(axis -> axes.contains(axis) != inner.axes().contains(axis))
              .toList();
      return odd.isEmpty() ? x.operand(0) : make.node(node, new Move.Flip(odd), x.operand(0));
    }
    return axes.size() < flip.axes().size() ? make.node(node, new Move.Flip(axes), x) : null;
  }

  /** A box of a box is one; a box of what was padded is often one of what it was before. */
  @Override
  public @Nullable Node slice(Move.Slice slice) {
    if (x.shape().equals(node.shape())) {
      return x;
    }
    List<Integer> starts = slice.starts();
    if (x.op() instanceof Move.Slice inner) {
      return make.node(
          node, new Move.Slice(sum(starts, inner.starts(), 1), node.shape()), x.operand(0));
    }
    if (x.op() instanceof Move.Pad pad) {
      List<Integer> own = sum(starts, pad.before(), -1);
      return isInside(own, node.shape(), x.operand(0).shape())
          ? make.node(node, new Move.Slice(own, node.shape()), x.operand(0))
          : null;
    }
    return x.op() instanceof Move.Broadcast && x.operand(0).shape().count() == 1
        ? make.node(node, new Move.Broadcast(node.shape()), x.operand(0))
        : null;
  }

  private static boolean isInside(List<Integer> starts, Shape box, Shape around) {
    return IntStream.range(0, starts.size())
        .allMatch(i -> starts.get(i) >= 0 && starts.get(i) + box.get(i) <= around.get(i));
  }

  /** Padding twice is padding once; one operand that fills the result is the result. */
  @Override
  public @Nullable Node placing(Move.Placing placing) {
    if (node.operands().size() == 1 && x.shape().equals(node.shape())) {
      return x;
    }
    if (placing instanceof Move.Pad pad && x.op() instanceof Move.Pad inner) {
      Move.Pad both =
          new Move.Pad(sum(pad.before(), inner.before(), 1), sum(pad.after(), inner.after(), 1));
      return make.node(node, both, x.operand(0));
    }
    return null;
  }

  /** Tells whether all elements along an axis are the same because they are one, repeated. */
  static boolean isRepeated(Node node, int axis) {
    if (node.shape().get(axis) == 1) {
      return true;
    }
    if (!(node.op() instanceof Move.Broadcast)) {
      return false;
    }
    Shape source = node.operand(0).shape();
    int own = axis - (node.shape().rank() - source.rank());
    return own < 0 || source.get(own) == 1;
  }

  private static List<Integer> sum(List<Integer> a, List<Integer> b, int sign) {
    List<Integer> sum = new ArrayList<>();
    for (int i = 0; i < a.size(); i++) {
      sum.add(a.get(i) + sign * b.get(i));
    }
    return sum;
  }
}
