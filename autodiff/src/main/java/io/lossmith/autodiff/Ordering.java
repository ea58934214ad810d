package io.lossmith.autodiff;

import io.lossmith.core.graph.Node;
import io.lossmith.core.op.ArgSort;
import io.lossmith.core.op.CumulativeSum;
import io.lossmith.core.op.Gather;
import io.lossmith.core.op.Move;
import io.lossmith.core.op.ScatterAdd;

/** Builds what sorts, takes by position and runs along an axis. */
final class Ordering {
  private Ordering() {}

  static Tensor argSort(Tensor x, int axis, boolean descending) {
    return Tensor.make(new ArgSort(x.shape().axis("argSort", axis), descending), x);
  }

  static Tensor sort(Tensor x, int axis, boolean descending) {
    int at = x.shape().axis("sort", axis);
    return gather(x, at, argSort(x, at, descending));
  }

  static Tensor gather(Tensor values, int axis, Tensor positions) {
    int at = values.shape().axis("gather", axis);
    return Tensor.make(
        new Gather(at), values, checked("gather", positions, values.shape().get(at)));
  }

  static Tensor scatterAdd(Tensor values, int axis, Tensor positions, int length) {
    int at = values.shape().axis("scatterAdd", axis);
    return Tensor.make(
        new ScatterAdd(at, length), values, checked("scatterAdd", positions, length));
  }

  static Tensor cumulativeSum(Tensor x, int axis, boolean exclusive, boolean reverse) {
    int at = x.shape().axis("cumulativeSum", axis);
    return Tensor.make(new CumulativeSum(at, exclusive, reverse), x);
  }

  private static Tensor checked(String who, Tensor positions, int length) {
    return isOrder(positions.node(), length)
        ? positions
        : positions.checkLabels(who + ": position", length, null);
  }

  /** An order holds the positions of its axis and nothing else. */
  private static boolean isOrder(Node node, int length) {
    Node found = node;
    while (found.op() instanceof Move.Reshape) {
      found = found.operand(0);
    }
    return found.op() instanceof ArgSort sort && found.shape().get(sort.axis()) <= length;
  }
}
