package io.lossmith.autodiff;

import io.lossmith.core.ShapeException;
import io.lossmith.core.graph.Node;
import io.lossmith.core.op.ArgSort;
import io.lossmith.core.op.CumulativeSum;
import io.lossmith.core.op.Fold;
import io.lossmith.core.op.Gather;
import io.lossmith.core.op.IsAmongGreatest;
import io.lossmith.core.op.Move;
import io.lossmith.core.op.RankedSum;
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
    if (length < 0) {
      throw new ShapeException("scatterAdd: length is " + length + ", must be at least 0");
    }
    return Tensor.make(
        new ScatterAdd(at, length), values, checked("scatterAdd", positions, length));
  }

  static Tensor cumulativeSum(Tensor x, int axis, boolean exclusive, boolean reverse) {
    int at = x.shape().axis("cumulativeSum", axis);
    return Tensor.make(new CumulativeSum(at, exclusive, reverse), x);
  }

  static Tensor rankedSum(Tensor values, int axis, Tensor keys, boolean descending) {
    return Tensor.make(
        new RankedSum(keys.shape().axis("rankedSum", axis), descending, false), keys, values);
  }

  /** Sends the gradient of ranked sums back to the values; ranks know nothing of values. */
  static Tensor transposed(RankedSum sum, Tensor keys, Tensor g) {
    Tensor sums = g.slice(0, 0, 1).reshape(keys.shape().toArray());
    RankedSum transposed = new RankedSum(sum.axis(), sum.descending(), !sum.reverse());
    Tensor back = Tensor.make(transposed, keys, sums);
    return back.slice(0, 0, 1).reshape(keys.shape().toArray());
  }

  static Tensor isAmongGreatest(Tensor x, int axis, Tensor k) {
    int at = x.shape().axis("isAmongGreatest", axis);
    int[] sizes = x.shape().with(at, 1).toArray();
    return Tensor.make(new IsAmongGreatest(at), x, k.broadcastTo(sizes));
  }

  /**
   * Returns where the largest or smallest stands: the least of the positions that hold it. A fold
   * that met NaN is NaN and equals nothing; then the NaNs are what is looked for.
   */
  static Tensor argExtreme(String who, Fold fold, Tensor x, int axis) {
    int at = x.shape().axis(who, axis);
    int length = x.shape().get(at);
    if (length < 1 || length > ArgSort.LONGEST) {
      throw new ShapeException(
          who
              + ": axis "
              + at
              + " of a tensor "
              + x.shape()
              + " has "
              + length
              + " elements; must have 1 to "
              + ArgSort.LONGEST);
    }
    Tensor found = x.equalTo(Folding.keep(who, fold, x, at)).maximum(x.notEqualTo(x));
    Tensor positions = Creation.iota(length, at, x.shape().rank());
    return Tensor.where(found, positions, length).min(at);
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
