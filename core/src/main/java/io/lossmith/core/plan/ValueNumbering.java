package io.lossmith.core.plan;

import io.lossmith.core.graph.Node;
import io.lossmith.core.op.AxisFold;
import io.lossmith.core.op.Binary;
import io.lossmith.core.op.Fold;
import io.lossmith.core.op.Leaf;
import io.lossmith.core.op.Op;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes the values of one loop, each once: equal operations on equal values are one value. */
final class ValueNumbering {
  private final IterationSpace space;
  private final Map<Object, LoopValue> alike = new HashMap<>();
  private final Map<Double, LoopValue> numbers = new HashMap<>();

  /**
   * @param space that of the loop, which may still grow
   */
  ValueNumbering(IterationSpace space) {
    this.space = space;
  }

  /**
   * Returns what is read; different nodes may read the same: a reshape of labels and the labels.
   */
  LoopValue read(LoopValue.Load load, Node node) {
    boolean[] varies = new boolean[space.rank()];
    List<Integer> walk = new ArrayList<>(List.of(load.buffer().id(), load.offset()));
    for (int axis = 0; axis < varies.length; axis++) {
      varies[axis] = load.strides()[axis] != 0;
      if (varies[axis]) {
        walk.add(axis);
        walk.add(load.strides()[axis]);
      }
    }
    Leaf.Input leaf = new Leaf.Input(load.buffer().id());
    return alike.computeIfAbsent(
        walk, w -> new LoopValue(leaf, List.of(), load, node, varies, null));
  }

  /** Returns an operation on values. */
  LoopValue combine(Op op, List<LoopValue> operands, @Nullable Node node) {
    boolean[] varies = new boolean[space.rank()];
    for (int axis = 0; axis < varies.length; axis++) {
      for (LoopValue operand : operands) {
        varies[axis] |= operand.variesOver(axis);
      }
    }
    List<Object> key = new ArrayList<>(operands);
    key.add(op);
    return alike.computeIfAbsent(
        key, k -> new LoopValue(op, List.copyOf(operands), null, node, varies, null));
  }

  /** Returns a number. */
  LoopValue number(double value) {
    return numbers.computeIfAbsent(
        value,
        v ->
            new LoopValue(
                new Leaf.Scalar(v), List.of(), null, null, new boolean[space.rank()], null));
  }

  /**
   * Returns a fold along the inner axes of the space; of what does not vary there it is none.
   *
   * @param count how many elements it folds at each place
   */
  LoopValue folded(Node node, AxisFold reduction, LoopValue value, int count) {
    boolean[] varies = new boolean[space.rank()];
    boolean[] inner = new boolean[space.rank()];
    boolean variesInside = false;
    for (int axis = 0; axis < varies.length; axis++) {
      inner[axis] = space.isInner(axis);
      varies[axis] = value.variesOver(axis) && !inner[axis];
      variesInside |= value.variesOver(axis) && inner[axis];
    }
    if (!variesInside) {
      return reduction.fold() == Fold.SUM
          ? combine(Binary.MULTIPLY, List.of(value, number(count)), node)
          : value;
    }
    return alike.computeIfAbsent(
        List.of(value, reduction.fold()),
        k -> new LoopValue(node.op(), List.of(value), null, node, varies, inner));
  }
}
