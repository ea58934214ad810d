package io.lossmith.core.plan;

import io.lossmith.core.Shape;
import io.lossmith.core.graph.Node;
import io.lossmith.core.op.Binary;
import io.lossmith.core.op.Fold;
import io.lossmith.core.op.Leaf;
import io.lossmith.core.op.Move;
import io.lossmith.core.op.Op;
import io.lossmith.core.op.Reduction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Turns nodes into the values of one loop. Going down from a root, the axes of each node are mapped
 * to axes of the frame; moves that only add, drop or repeat axes of size 1 change the map and
 * nothing else. Equal nodes under equal maps become one value.
 */
final class LoopBuilder {
  /** A node must be written to memory before this loop can be built. */
  static final class Unfit extends RuntimeException {
    private static final long serialVersionUID = 1L;
    final transient Node node;

    Unfit(Node node) {
      super(node.toString(), null, false, false);
      this.node = node;
    }
  }

  private record Key(Node node, List<Integer> map) {}

  private final Storage storage;
  private final int level;
  private final Frame frame;
  private final Map<Key, Value> made = new HashMap<>();
  private final Map<Object, Value> alike = new HashMap<>();
  private final Map<Double, Value> numbers = new HashMap<>();
  private final List<Root> roots = new ArrayList<>();

  /**
   * @param level when the loop runs: it reads what is written before
   */
  LoopBuilder(Storage storage, int level, Frame frame) {
    this.storage = storage;
    this.level = level;
    this.frame = frame;
  }

  Frame frame() {
    return frame;
  }

  List<Root> roots() {
    return roots;
  }

  /** Adds a root that stores a node's value; {@code map} places the node's axes on the frame. */
  void store(Node node, int[] map, View destination) {
    boolean isItself = destination.buffer() == storage.buffer(node);
    Value value = isItself ? define(node, map) : lower(node, map);
    roots.add(new Root(value, load(destination, map), null, new boolean[frame.rank()]));
  }

  /** Adds a root that folds the operand of a reduction; {@code map} places the operand's axes. */
  void fold(Node node, int[] map, View destination) {
    Reduction reduction = (Reduction) node.op();
    Value value = lower(node.operand(0), map);
    boolean[] folded = new boolean[frame.rank()];
    int[] kept = map.clone();
    for (int axis : reduction.axes()) {
      if (map[axis] >= 0) {
        folded[map[axis]] = true;
        kept[axis] = -1;
      }
    }
    roots.add(new Root(value, load(destination, kept), reduction.fold(), folded));
  }

  private Value lower(Node node, int[] map) {
    View view = storage.view(node, level);
    if (view == null) {
      return define(node, map);
    }
    Key key = new Key(node, Arrays.stream(map).boxed().toList());
    Value known = made.get(key);
    if (known == null) {
      known = read(load(view, map), node);
      made.put(key, known);
    }
    return known;
  }

  /** Different nodes may read the same elements: a reshape of labels and the labels. */
  private Value read(Value.Load load, Node node) {
    boolean[] varies = new boolean[frame.rank()];
    List<Integer> walk = new ArrayList<>(List.of(load.buffer().id(), load.offset()));
    for (int axis = 0; axis < varies.length; axis++) {
      varies[axis] = load.strides()[axis] != 0;
      if (varies[axis]) {
        walk.add(axis);
        walk.add(load.strides()[axis]);
      }
    }
    return alike.computeIfAbsent(
        walk, w -> new Value(new Leaf.Input(load.buffer().id()), List.of(), load, node, varies));
  }

  private Value.Load load(View view, int[] map) {
    int[] strides = new int[frame.rank()];
    for (int axis = 0; axis < map.length; axis++) {
      if (map[axis] >= 0) {
        strides[map[axis]] += view.strides()[axis];
      }
    }
    return new Value.Load(view.buffer(), view.offset(), strides);
  }

  /** Computes a node in place, even if it is stored: it may be the root that stores it. */
  private Value define(Node node, int[] map) {
    if (node.op() instanceof Leaf.Scalar scalar) {
      return number(scalar.value());
    }
    if (node.op() instanceof Leaf) {
      return lower(node, map);
    }
    Key key = new Key(node, Arrays.stream(map).boxed().toList());
    // A root that is stored under this very map must not be taken for a load of itself.
    Value known = storage.view(node, level) == null ? made.get(key) : null;
    if (known == null) {
      known = compute(node, map);
      if (storage.view(node, level) == null) {
        made.put(key, known);
      }
    }
    return known;
  }

  private Value compute(Node node, int[] map) {
    if (Storage.isIdentity(node)) {
      return lower(node.operand(0), map);
    }
    if (node.op() instanceof Move move) {
      return moved(node, move, map);
    }
    if (node.op() instanceof Reduction reduction) {
      return foldRows(node, reduction, map);
    }
    List<Value> operands = new ArrayList<>();
    for (Node operand : node.operands()) {
      operands.add(lower(operand, aligned(operand.shape(), node.shape(), map)));
    }
    return combine(node.op(), operands, node);
  }

  private Value combine(Op op, List<Value> operands, @Nullable Node node) {
    boolean[] varies = new boolean[frame.rank()];
    for (int axis = 0; axis < varies.length; axis++) {
      for (Value operand : operands) {
        varies[axis] |= operand.variesOver(axis);
      }
    }
    List<Object> key = new ArrayList<>(operands);
    key.add(op);
    return alike.computeIfAbsent(
        key, k -> new Value(op, List.copyOf(operands), null, node, varies));
  }

  private Value number(double value) {
    return numbers.computeIfAbsent(
        value,
        v -> new Value(new Leaf.Scalar(v), List.of(), null, null, new boolean[frame.rank()]));
  }

  /** A move at the root of a loop, or one that loops see through. */
  private Value moved(Node node, Move move, int[] map) {
    Node operand = node.operand(0);
    View from = storage.view(operand, level);
    if (from != null) {
      View view = from.moved(move);
      if (view == null) {
        throw new Unfit(operand);
      }
      return read(load(view, map), node);
    }
    if (operand.op() instanceof Leaf.Scalar) {
      return lower(operand, new int[0]);
    }
    if (!Storage.isTransparent(node)) {
      throw new Unfit(operand);
    }
    if (move instanceof Move.Permute permute) {
      return lower(operand, permuted(permute.axes(), map));
    }
    return lower(
        operand,
        move instanceof Move.Broadcast
            ? aligned(operand.shape(), node.shape(), map)
            : squeezed(operand.shape(), map));
  }

  /** Returns the map of an operand whose axes come in the order {@code axes}. */
  private static int[] permuted(List<Integer> axes, int[] map) {
    int[] permuted = new int[map.length];
    for (int axis = 0; axis < map.length; axis++) {
      permuted[axes.get(axis)] = map[axis];
    }
    return permuted;
  }

  /** Returns the map of an operand that broadcasts to the shape that {@code map} belongs to. */
  private static int[] aligned(Shape operand, Shape shape, int[] map) {
    int[] aligned = new int[operand.rank()];
    int missing = shape.rank() - operand.rank();
    for (int axis = 0; axis < aligned.length; axis++) {
      aligned[axis] = operand.get(axis) == 1 ? -1 : map[axis + missing];
    }
    return aligned;
  }

  /** Returns the map of an operand with the same axes but for those of size 1. */
  private static int[] squeezed(Shape operand, int[] map) {
    int[] squeezed = new int[operand.rank()];
    int next = 0;
    for (int axis = 0; axis < squeezed.length; axis++) {
      if (operand.get(axis) == 1) {
        squeezed[axis] = -1;
        continue;
      }
      while (map[next] < 0) {
        next++;
      }
      squeezed[axis] = map[next++];
    }
    return squeezed;
  }

  /** A local fold: its axes become the rows of the frame, or are the rows that there are. */
  private Value foldRows(Node node, Reduction reduction, int[] map) {
    Node operand = node.operand(0);
    Shape from = operand.shape();
    boolean hadRows = frame.hasRows();
    int[] inner = map.clone();
    int rows = 1;
    for (int axis : reduction.axes()) {
      if (from.get(axis) > 1) {
        inner[axis] = row(node, from.get(axis), inner, hadRows);
        rows *= from.get(axis);
      }
    }
    if (rows > 1 && rows != product(frame.sizes(true))) {
      throw new Unfit(node);
    }
    Value value = lower(operand, inner);
    if (rows == 1) {
      return value;
    }
    boolean[] varies = new boolean[frame.rank()];
    boolean overRows = false;
    for (int axis = 0; axis < varies.length; axis++) {
      varies[axis] = value.variesOver(axis) && !frame.isRow(axis);
      overRows |= value.variesOver(axis) && frame.isRow(axis);
    }
    if (!overRows) {
      return reduction.fold() == Fold.SUM
          ? combine(Binary.MULTIPLY, List.of(value, number(rows)), node)
          : value;
    }
    return alike.computeIfAbsent(
        List.of(value, reduction.fold()),
        k -> new Value(node.op(), List.of(value), null, node, varies));
  }

  /** Finds the axis of the frame for a folded axis: a row, an axis nobody uses, or a new one. */
  private int row(Node node, int size, int[] used, boolean mustExist) {
    for (int axis = 0; axis < frame.rank(); axis++) {
      int candidate = axis;
      boolean free = Arrays.stream(used).noneMatch(a -> a == candidate);
      if (free && frame.size(axis) == size && (frame.isRow(axis) || !mustExist)) {
        frame.makeRow(axis);
        return axis;
      }
    }
    if (mustExist) {
      throw new Unfit(node);
    }
    return frame.add(size, true);
  }

  private static int product(List<Integer> sizes) {
    return sizes.stream().reduce(1, (a, b) -> a * b);
  }
}
