package io.lossmith.core.graph;

import io.lossmith.core.Shape;
import io.lossmith.core.op.AxisFold;
import io.lossmith.core.op.Binary;
import io.lossmith.core.op.Fold;
import io.lossmith.core.op.Move;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Folds over less: without axes that hold one element, repetitions, moves, and common factors. */
final class FoldRules {
  private FoldRules() {}

  static @Nullable Node rewrite(Node node, Rewriter make) {
    if (!(node.op() instanceof AxisFold fold)) {
      return null;
    }
    Node x = node.operand(0);
    List<Integer> axes = fold.axes().stream().filter(axis -> x.shape().get(axis) != 1).toList();
    if (axes.isEmpty()) {
      return x;
    }
    if (axes.size() < fold.axes().size()) {
      return make.node(node, new AxisFold(fold.fold(), axes), x);
    }
    if (x.shape().count() == 0) {
      return null; // folds of nothing keep to themselves
    }
    if (x.op() instanceof Move.Broadcast) {
      return repeated(node, fold, x, make);
    }
    if (x.op() instanceof AxisFold inner) {
      return folded(node, fold, x, inner, make);
    }
    if (x.op() instanceof Move) {
      return moved(node, fold, x, make);
    }
    return fold.fold() == Fold.SUM ? factored(node, fold, x, make) : null;
  }

  /** A sum of n equal elements is one of them times n; the largest of them is one of them. */
  private static @Nullable Node repeated(Node node, AxisFold fold, Node x, Rewriter make) {
    List<Integer> kept =
        fold.axes().stream().filter(axis -> !MoveRules.isRepeated(x, axis)).toList();
    if (kept.size() == fold.axes().size()) {
      return null;
    }
    double times = 1;
    for (int axis : fold.axes()) {
      times *= kept.contains(axis) ? 1 : x.shape().get(axis);
    }
    Node result = x.operand(0);
    if (!kept.isEmpty()) {
      int[] sizes = new int[x.shape().rank()];
      Arrays.fill(sizes, 1);
      int lead = sizes.length - result.shape().rank();
      System.arraycopy(result.shape().toArray(), 0, sizes, lead, result.shape().rank());
      result = make.node(node, new Move.Reshape(Shape.of(sizes)), result);
      result = make.node(node, new AxisFold(fold.fold(), kept), result);
    }
    if (fold.fold() == Fold.SUM) {
      result = make.node(node, Binary.MULTIPLY, result, make.scalar(times));
    }
    return make.fitted(node, result); // axes that the fold leaves may be repeated still
  }

  /** A sum of sums is one sum, unless the inner one is needed as well. */
  private static @Nullable Node folded(
      Node node, AxisFold fold, Node x, AxisFold inner, Rewriter make) {
    if (inner.fold() != fold.fold() || !make.readOnce(x)) {
      return null;
    }
    TreeSet<Integer> axes = new TreeSet<>(fold.axes());
    axes.addAll(inner.axes());
    return make.node(node, new AxisFold(fold.fold(), List.copyOf(axes)), x.operand(0));
  }

  /** The order of elements means nothing to a fold: fold first, and move what is left. */
  private static @Nullable Node moved(Node node, AxisFold fold, Node x, Rewriter make) {
    Node from = x.operand(0);
    if (x.op() instanceof Move.Permute permute) {
      List<Integer> axes = fold.axes().stream().map(permute.axes()::get).sorted().toList();
      return make.node(node, permute, make.node(node, new AxisFold(fold.fold(), axes), from));
    }
    if (x.op() instanceof Move.Flip flip) {
      List<Integer> left =
          flip.axes().stream().filter(axis -> !fold.axes().contains(axis)).toList();
      return left.size() == flip.axes().size()
          ? null
          : make.node(node, fold, make.node(x, new Move.Flip(left), from));
    }
    if (x.op() instanceof Move.Reshape) {
      List<Integer> axes = sourceAxes(from.shape(), x.shape(), fold.axes());
      return axes == null
          ? null
          : make.fitted(node, make.node(node, new AxisFold(fold.fold(), axes), from));
    }
    return null;
  }

  /**
   * Returns the axes of {@code from} that hold the same elements as some axes of {@code to}, a
   * reshape of it; null where they do not split that way.
   */
  static @Nullable List<Integer> sourceAxes(Shape from, Shape to, List<Integer> axes) {
    List<Integer> found = new ArrayList<>();
    int i = 0;
    int j = 0;
    while (i < from.rank() && j < to.rank()) {
      int firstFrom = i;
      int firstTo = j;
      long left = from.get(i++);
      long right = to.get(j++);
      while (left != right) { // the shortest run of axes on both sides with as many elements
        if (left < right) {
          left *= from.get(i++);
        } else {
          right *= to.get(j++);
        }
      }
      int folded = 0;
      int kept = 0;
      for (int axis = firstTo; axis < j; axis++) {
        if (to.get(axis) > 1) {
          folded += axes.contains(axis) ? 1 : 0;
          kept += axes.contains(axis) ? 0 : 1;
        }
      }
      if (folded > 0 && kept > 0) {
        return null;
      }
      for (int axis = firstFrom; axis < i && folded > 0; axis++) {
        found.add(axis);
      }
    }
    return found;
  }

  /** Σ s·x is s·Σ x where s is the same along the fold and s·x is not needed itself. */
  private static @Nullable Node factored(Node node, AxisFold fold, Node x, Rewriter make) {
    InvariantFactor factor = make.readOnce(x) ? InvariantFactor.of(x, fold.axes(), make) : null;
    if (factor == null) {
      return null;
    }
    Node sum = make.node(node, fold, factor.rest());
    Node by = factor.by();
    return by == null ? make.node(node, factor.op(), sum) : make.node(node, factor.op(), sum, by);
  }
}
