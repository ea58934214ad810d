package io.lossmith.core.plan;

import io.lossmith.core.Shape;
import io.lossmith.core.graph.Node;
import io.lossmith.core.op.AxisFold;
import io.lossmith.core.op.Identity;
import io.lossmith.core.op.Leaf;
import io.lossmith.core.op.Move;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Turns nodes into the values of one loop. Going down from a root, the axes of each node are mapped
 * to axes of the loop; moves that only add, drop or repeat axes of size 1 change the map and
 * nothing else. Equal nodes under equal maps become one value, and so do equal operations ({@link
 * ValueNumbering}).
 *
 * <p>Where a node cannot be computed in this loop, it is the {@link #misfit}, and what depends on
 * it is null all the way up: nothing is added.
 */
final class LoopBuilder {
  private record Key(Node node, List<Integer> map) {}

  private final LevelSchedule schedule;
  private final int level;
  private final IterationSpace space;
  private final Map<Key, LoopValue> made = new HashMap<>();
  private final ValueNumbering values;
  private final List<LoopOutput> roots = new ArrayList<>();
  private int[] rootMap = new int[0];
  private @Nullable Node misfit;

  /**
   * @param level when the loop runs: it reads what is written before
   */
  LoopBuilder(LevelSchedule schedule, int level, IterationSpace space) {
    this.schedule = schedule;
    this.level = level;
    this.space = space;
    this.values = new ValueNumbering(space);
  }

  IterationSpace space() {
    return space;
  }

  List<LoopOutput> roots() {
    return roots;
  }

  /** Returns the node that must be in memory before the root added last can be, or null. */
  @Nullable Node misfit() {
    return misfit;
  }

  /**
   * Adds a root whose axes {@code map} places in the space.
   *
   * @return whether it fits; otherwise the loop is as before, but for values that nobody needs
   */
  boolean add(PendingRoot root, int[] map) {
    misfit = null;
    rootMap = map;
    LoopOutput added = root.folds() ? fold(root, map) : store(root, map);
    if (added != null) {
      roots.add(added);
    }
    return added != null;
  }

  private @Nullable LoopOutput store(PendingRoot root, int[] map) {
    Node node = root.node();
    View own = schedule.stored(node);
    boolean isItself = own != null && own.buffer() == root.destination().buffer();
    LoopValue value = isItself ? define(node, map) : lower(node, map);
    return value == null
        ? null
        : new LoopOutput(
            value,
            load(root.destination(), map),
            null,
            new boolean[space.rank()],
            root.space().count());
  }

  private @Nullable LoopOutput fold(PendingRoot root, int[] map) {
    AxisFold reduction = (AxisFold) root.node().op();
    LoopValue value = lower(root.node().operand(0), map);
    if (value == null) {
      return null;
    }
    boolean[] folded = new boolean[space.rank()];
    int[] kept = map.clone();
    for (int axis : reduction.axes()) {
      if (map[axis] >= 0) {
        folded[map[axis]] = true;
        kept[axis] = -1;
      }
    }
    LoopValue.Load destination = load(root.destination(), kept);
    return new LoopOutput(value, destination, reduction.fold(), folded, root.space().count());
  }

  private @Nullable LoopValue lower(Node node, int[] map) {
    View view = schedule.view(node, level);
    if (view == null) {
      return define(node, map);
    }
    Key key = new Key(node, Arrays.stream(map).boxed().toList());
    LoopValue known = made.get(key);
    if (known == null) {
      known = values.read(load(view, map), node);
      made.put(key, known);
    }
    return known;
  }

  private LoopValue.Load load(View view, int[] map) {
    int[] strides = new int[space.rank()];
    for (int axis = 0; axis < map.length; axis++) {
      if (map[axis] >= 0) {
        strides[map[axis]] += view.strides()[axis];
      }
    }
    return new LoopValue.Load(view.buffer(), view.offset(), strides);
  }

  /** Computes a node in place, even if it is stored: it may be the root that stores it. */
  private @Nullable LoopValue define(Node node, int[] map) {
    if (node.op() instanceof Leaf.Scalar scalar) {
      return values.number(scalar.value());
    }
    if (node.op() instanceof Leaf) {
      return lower(node, map);
    }
    Key key = new Key(node, Arrays.stream(map).boxed().toList());
    // A root that is stored under this very map must not be taken for a load of itself.
    boolean isInPlace = schedule.view(node, level) == null;
    LoopValue known = isInPlace ? made.get(key) : null;
    if (known == null) {
      known = compute(node, map);
      if (known != null && isInPlace) {
        made.put(key, known);
      }
    }
    return known;
  }

  private @Nullable LoopValue compute(Node node, int[] map) {
    if (node.op() instanceof Identity) {
      return lower(node.operand(0), map);
    }
    if (node.op() instanceof Move move) {
      return moved(node, move, map);
    }
    if (node.op() instanceof AxisFold reduction) {
      return foldInside(node, reduction, map);
    }
    List<LoopValue> operands = new ArrayList<>();
    for (Node operand : node.operands()) {
      LoopValue value =
          lower(operand, mapped(OperandAxes.repeated(operand.shape(), node.shape()), map));
      if (value == null) {
        return null;
      }
      operands.add(value);
    }
    return values.combine(node.op(), operands, node);
  }

  private @Nullable LoopValue doesNotFit(Node node) {
    misfit = node;
    return null;
  }

  /** A move at the root of a loop, or one that loops see through. */
  private @Nullable LoopValue moved(Node node, Move move, int[] map) {
    Node operand = node.operand(0);
    View from = schedule.view(operand, level);
    if (from != null) {
      View view = from.moved(move);
      return view == null ? doesNotFit(operand) : values.read(load(view, map), node);
    }
    if (operand.op() instanceof Leaf.Scalar) {
      return lower(operand, new int[0]);
    }
    int[] axes = OperandAxes.of(node);
    return axes == null ? doesNotFit(operand) : lower(operand, mapped(axes, map));
  }

  /** Returns the map of an operand, given the axes that its own are in what {@code map} is of. */
  private static int[] mapped(int[] axes, int[] map) {
    return Arrays.stream(axes).map(axis -> axis < 0 ? -1 : map[axis]).toArray();
  }

  /** A local fold: its axes become the inner ones of the space, or are those that there are. */
  private @Nullable LoopValue foldInside(Node node, AxisFold reduction, int[] map) {
    Node operand = node.operand(0);
    Shape from = operand.shape();
    boolean mustExist = space.hasInner();
    int[] inside = map.clone();
    int folded = 1;
    int last = -1;
    for (int axis = 0; axis < from.rank(); axis++) {
      if (!reduction.axes().contains(axis) || from.get(axis) == 1) {
        continue;
      }
      inside[axis] = innerAxis(from.get(axis), inside, mustExist);
      // Sums go along axes in the operand's order in every loop, so that they are rounded alike.
      if (inside[axis] <= last) {
        return doesNotFit(node);
      }
      last = inside[axis];
      folded *= from.get(axis);
    }
    if (folded != 1 && (folded != product(space.sizes(true)) || !space.ownsAllOrNone(rootMap))) {
      return doesNotFit(node);
    }
    LoopValue value = lower(operand, inside);
    return value == null || folded == 1 ? value : values.folded(node, reduction, value, folded);
  }

  /**
   * Finds the axis of the space for a folded axis: an inner one, one that nobody uses, or a new
   * one.
   *
   * @return −1 if there is none and must be
   */
  private int innerAxis(int size, int[] used, boolean mustExist) {
    for (int axis = 0; axis < space.rank(); axis++) {
      int candidate = axis;
      boolean free = Arrays.stream(used).noneMatch(a -> a == candidate);
      if (free && space.size(axis) == size && (space.isInner(axis) || !mustExist)) {
        space.makeInner(axis);
        return axis;
      }
    }
    return mustExist ? -1 : space.add(size, true);
  }

  private static int product(List<Integer> sizes) {
    return sizes.stream().reduce(1, (a, b) -> a * b);
  }
}
