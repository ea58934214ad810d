package io.lossmith.core.engine;

import io.lossmith.core.Shape;
import io.lossmith.core.ShapeException;
import io.lossmith.core.graph.Node;
import io.lossmith.core.graph.Nodes;
import io.lossmith.core.op.Alias;
import io.lossmith.core.op.ArgSort;
import io.lossmith.core.op.AveragePool;
import io.lossmith.core.op.AveragePoolTransposed;
import io.lossmith.core.op.AxisFold;
import io.lossmith.core.op.Binary;
import io.lossmith.core.op.Convolution;
import io.lossmith.core.op.ConvolutionInputGradient;
import io.lossmith.core.op.ConvolutionWeightGradient;
import io.lossmith.core.op.CumulativeSum;
import io.lossmith.core.op.DistanceTransform;
import io.lossmith.core.op.Fold;
import io.lossmith.core.op.Gather;
import io.lossmith.core.op.IsAmongGreatest;
import io.lossmith.core.op.Leaf;
import io.lossmith.core.op.MatrixMultiply;
import io.lossmith.core.op.MaxPoolPick;
import io.lossmith.core.op.MaxPoolScatter;
import io.lossmith.core.op.Move;
import io.lossmith.core.op.RankedSum;
import io.lossmith.core.op.Resize;
import io.lossmith.core.op.ResizeTransposed;
import io.lossmith.core.op.ScatterAdd;
import io.lossmith.core.op.Unary;
import io.lossmith.core.op.WholeArrayOp;
import io.lossmith.core.op.Window;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Picks an operation and operands at random; null where they do not suit each other. */
final class RandomOperations {
  private static final int[][] BASES = {
    {2, 3, 4, 5}, {1, 3, 6, 2}, {2, 1, 5, 4}, {2, 3, 7}, {3, 4, 1}, {5, 3}, {1, 9}, {17}, {}
  };

  private final Random random;
  private final List<Node> nodes;
  private final Map<Node, double[]> values;
  private final Map<Node, Boolean> whole = new IdentityHashMap<>();

  RandomOperations(Random random, List<Node> nodes, Map<Node, double[]> values) {
    this.random = random;
    this.nodes = nodes;
    this.values = values;
  }

  /** Returns some leaves whose shapes go together, and puts the shapes of inputs into the list. */
  List<Node> leaves(List<Shape> inputs) {
    int[] base = BASES[random.nextInt(BASES.length)];
    List<Node> leaves = new ArrayList<>();
    for (int i = 1 + random.nextInt(4); i > 0; i--) {
      int[] sizes = inputs.isEmpty() ? base : smaller(base);
      leaves.add(Nodes.input(inputs.size(), sizes));
      inputs.add(Shape.of(sizes));
    }
    Shape data = Shape.of(smaller(base));
    float[] values = new float[data.count()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (random.nextInt(32) - 16 + 0.5f) / 8;
    }
    leaves.add(Node.leaf(new Leaf.Data(values, random.nextBoolean()), data));
    leaves.add(Nodes.scalar((random.nextInt(16) - 8) / 4.0));
    leaves.add(Nodes.scalar(random.nextInt(4) - 1));
    if (base.length > 0) {
      int axis = random.nextInt(base.length);
      leaves.add(Nodes.iota(base.length, axis, base[axis]));
    }
    return leaves;
  }

  private int[] smaller(int[] base) {
    int from = random.nextInt(4) == 0 ? random.nextInt(base.length + 1) : 0;
    return Arrays.stream(base, from, base.length)
        .map(size -> random.nextInt(3) == 0 ? 1 : size)
        .toArray();
  }

  @Nullable Node next() {
    try {
      return switch (random.nextInt(14)) {
        case 12, 13 -> idiom(some(), some());
        case 0, 1 -> unary(some());
        case 2, 3, 4, 5 -> binary(some(), some());
        case 6 -> where(some(), some(), some());
        case 7, 8 -> reduction(some());
        case 9, 10 -> move(some());
        default -> random.nextInt(3) == 0 ? wrapped(some()) : opaque(some());
      };
    } catch (ShapeException e) {
      return null; // these operands do not go together: others will
    }
  }

  /** Later nodes more often: graphs get deep, not only wide. */
  private Node some() {
    int back = (int) (Math.abs(random.nextGaussian()) * (2 + nodes.size() / 4.0));
    return nodes.get(Math.max(0, nodes.size() - 1 - back));
  }

  private @Nullable Node unary(Node x) {
    Unary op = Unary.values()[random.nextInt(Unary.values().length)];
    boolean fits =
        switch (op) {
          case SQRT, LOG -> all(x, v -> v > 0.1);
          case RECIPROCAL -> all(x, v -> Math.abs(v) > 0.5);
          case LOG1P -> all(x, v -> v > -0.5);
          case SIGN -> all(x, v -> Math.abs(v) > 0.01);
          case FLOOR -> all(x, v -> Math.abs(v - Math.rint(v)) > 0.01);
          case RINT -> all(x, v -> Math.abs(v - Math.floor(v) - 0.5) > 0.01);
          default -> true;
        };
    return fits ? Nodes.of(op, x) : null;
  }

  private interface Demand {
    boolean holds(double value);
  }

  private boolean all(Node node, Demand demand) {
    return Arrays.stream(values.get(node)).allMatch(demand::holds);
  }

  private @Nullable Node binary(Node a, Node b) {
    Binary op = Binary.values()[random.nextInt(Binary.values().length)];
    Node result = Nodes.of(op, a, b);
    if (result.shape().count() > 2000) {
      return null;
    }
    return switch (op) {
      case DIVIDE -> all(b, v -> Math.abs(v) > 0.5) ? result : null;
      case POWER -> all(a, v -> v > 0.1) && all(b, v -> Math.abs(v) < 4) ? result : null;
      default -> !op.isComparison() || whole(a) && whole(b) ? result : null;
    };
  }

  private @Nullable Node where(Node condition, Node chosen, Node otherwise) {
    return whole(condition) || all(condition, v -> Math.abs(v) > 0.01)
        ? Nodes.where(condition, chosen, otherwise)
        : null;
  }

  /** Whole numbers made of whole numbers: comparisons of others could depend on the last bit. */
  private boolean whole(Node node) {
    Boolean known = whole.get(node);
    boolean is = known != null ? known : isWhole(node);
    whole.put(node, is);
    return is;
  }

  private boolean isWhole(Node node) {
    return all(node, v -> v == Math.rint(v))
        && (!(node.op() instanceof Unary)
            || node.op() == Unary.NEGATE
            || node.op() == Unary.ABS
            || node.op() == Unary.SQUARE
            || node.op() == Unary.RELU)
        && !(node.op() instanceof WholeArrayOp)
        && node.op() != Binary.DIVIDE
        && node.op() != Binary.POWER
        && node.operands().stream().allMatch(values::containsKey)
        && node.operands().stream().allMatch(this::whole);
  }

  private Node reduction(Node x) {
    Fold fold = Fold.values()[random.nextInt(Fold.values().length)];
    List<Integer> axes =
        IntStream.range(0, x.shape().rank()).filter(axis -> random.nextBoolean()).boxed().toList();
    return Nodes.of(new AxisFold(fold, axes), x);
  }

  private @Nullable Node move(Node x) {
    int rank = x.shape().rank();
    List<Integer> axes = new ArrayList<>(IntStream.range(0, rank).boxed().toList());
    Collections.shuffle(axes, random);
    return switch (random.nextInt(7)) {
      case 0 -> reshape(x);
      case 1 -> Nodes.of(new Move.Permute(List.copyOf(axes)), x);
      case 2 ->
          Nodes.of(
              new Move.Flip(axes.subList(0, random.nextInt(rank + 1)).stream().sorted().toList()),
              x);
      case 3 -> slice(x);
      case 4 -> x.shape().count() > 500 ? null : Nodes.pad(x, few(rank), few(rank));
      case 5 -> rank == 0 ? null : Nodes.concat(random.nextInt(rank), x, some());
      default -> Nodes.of(new Move.Broadcast(nodes.get(0).shape()), x);
    };
  }

  /** What a simplifier looks for, and would seldom meet at random. */
  private @Nullable Node idiom(Node x, Node y) {
    int rank = x.shape().rank();
    Node number = Nodes.scalar(random.nextInt(4) - 1.5);
    List<Integer> all = IntStream.range(0, rank).boxed().toList();
    return switch (random.nextInt(10)) {
      case 0 -> x.shape().count() > 500 ? null : slice(Nodes.pad(x, few(rank), few(rank)));
      case 1 -> Nodes.flip(Nodes.flip(x, few(all)), few(all));
      case 2 -> slice(slice(x));
      case 3 -> reduction(reshape(x));
      case 4 -> reduction(Nodes.mul(Nodes.mul(x, reduction(x)), number));
      case 5 -> Nodes.add(Nodes.mul(x, number), Nodes.mul(Nodes.neg(number), y));
      case 6 -> Nodes.sub(Nodes.mul(x, number), Nodes.mul(y, number));
      case 7 -> reduction(Nodes.of(new Move.Broadcast(nodes.get(0).shape()), x));
      case 8 -> Nodes.mul(Nodes.neg(Nodes.sub(x, y)), number);
      default -> reshape(Nodes.of(random.nextBoolean() ? Binary.ADD : Binary.MAXIMUM, x, y));
    };
  }

  private Integer[] few(List<Integer> axes) {
    return axes.stream().filter(axis -> random.nextBoolean()).toArray(Integer[]::new);
  }

  private Node reshape(Node x) {
    int[] sizes = x.shape().toArray();
    List<Integer> changed = new ArrayList<>();
    for (int size : sizes) {
      if (random.nextInt(3) == 0) {
        changed.add(1);
      }
      boolean joins = !changed.isEmpty() && random.nextInt(3) == 0;
      if (joins) {
        int last = changed.size() - 1;
        changed.set(last, changed.get(last) * size);
      } else if (size != 1 || random.nextBoolean()) {
        changed.add(size);
      }
    }
    return Nodes.reshape(x, changed.stream().mapToInt(i -> i).toArray());
  }

  private Node slice(Node x) {
    List<Integer> starts = new ArrayList<>();
    int[] sizes = x.shape().toArray();
    for (int axis = 0; axis < sizes.length; axis++) {
      int start = random.nextInt(Math.max(1, sizes[axis]));
      starts.add(start);
      sizes[axis] = sizes[axis] == 0 ? 0 : 1 + random.nextInt(sizes[axis] - start);
    }
    return Nodes.of(new Move.Slice(starts, Shape.of(sizes)), x);
  }

  private List<Integer> few(int rank) {
    return IntStream.range(0, rank).map(i -> random.nextInt(3) / 2).boxed().toList();
  }

  private Node wrapped(Node x) {
    return random.nextBoolean()
        ? Nodes.of(new Alias("meaning"), x)
        : Nodes.check("random graph", x, -1000, 1000);
  }

  private @Nullable Node opaque(Node x) {
    int rank = x.shape().rank() - 2;
    if (random.nextInt(4) == 0 && rank >= 0) {
      int[] swapped = IntStream.range(0, rank + 2).toArray();
      List<Integer> axes = new ArrayList<>(Arrays.stream(swapped).boxed().toList());
      Collections.swap(axes, rank, rank + 1);
      return Nodes.of(new MatrixMultiply(), x, Nodes.of(new Move.Permute(axes), x));
    }
    if (rank < 1 || x.shape().count() == 0) {
      return null;
    }
    if (random.nextInt(4) == 0) {
      return ordered(x);
    }
    Window window =
        Nodes.window(rank, 1 + random.nextInt(3), 1 + random.nextInt(2), random.nextInt(2));
    List<Integer> twice =
        IntStream.range(2, rank + 2).map(axis -> 2 * x.shape().get(axis) - 1).boxed().toList();
    return switch (random.nextInt(7)) {
      case 0 -> convolution(x, window);
      case 1 -> Nodes.of(new MaxPoolPick(window), x, x);
      case 2 -> scatter(x, window);
      case 3 -> Nodes.of(new AveragePool(window), x);
      case 4 -> Nodes.of(new Resize(mode(), twice), x);
      case 5 -> distance();
      default -> transposed(x, window, twice);
    };
  }

  /** Orders are those of a leaf: a rounding could swap others. */
  private Node ordered(Node x) {
    int axis = random.nextInt(x.shape().rank());
    Node key = nodes.get(0);
    if (random.nextBoolean() || !key.shape().equals(x.shape())) {
      return Nodes.of(new CumulativeSum(axis, random.nextBoolean(), random.nextBoolean()), x);
    }
    if (random.nextBoolean()) {
      return ranked(key, x, axis);
    }
    Node order = Nodes.of(new ArgSort(axis, random.nextBoolean()), key);
    return random.nextBoolean()
        ? Nodes.of(new Gather(axis), x, order)
        : Nodes.of(new ScatterAdd(axis, x.shape().get(axis)), x, order);
  }

  private Node ranked(Node key, Node x, int axis) {
    if (random.nextBoolean()) {
      return Nodes.of(new RankedSum(axis, random.nextBoolean(), random.nextBoolean()), key, x);
    }
    Shape one = x.shape().with(axis, 1);
    float[] k = new float[one.count()];
    Arrays.fill(k, random.nextInt(x.shape().get(axis) + 2));
    return Nodes.of(new IsAmongGreatest(axis), key, Nodes.data(one, k));
  }

  private Resize.Mode mode() {
    return Resize.Mode.values()[random.nextInt(Resize.Mode.values().length)];
  }

  private Node convolution(Node x, Window window) {
    int[] sizes = new int[window.rank() + 2];
    sizes[0] = 1 + random.nextInt(3);
    sizes[1] = x.shape().get(1);
    Arrays.fill(sizes, 2, sizes.length, window.size().get(0));
    Shape shape = Shape.of(sizes);
    float[] values = new float[shape.count()];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextInt(9) / 8f - 0.5f;
    }
    Node weight = Nodes.data(shape, values);
    Node result = Nodes.of(new Convolution(window), x, weight);
    return switch (random.nextInt(3)) {
      case 0 -> Nodes.of(new ConvolutionInputGradient(window, x.shape()), result, weight);
      case 1 -> Nodes.of(new ConvolutionWeightGradient(window), x, result);
      default -> result;
    };
  }

  /** The key is a leaf: picks among values that a rounding could swap would be no fair test. */
  private @Nullable Node scatter(Node x, Window window) {
    Node key = nodes.get(0);
    return key.shape().equals(x.shape())
        ? Nodes.of(new MaxPoolScatter(window), key, Nodes.of(new MaxPoolPick(window), key, x))
        : null;
  }

  /** Of a leaf: whether a value is 0 must not depend on a rounding. What is infinite is bounded. */
  private @Nullable Node distance() {
    Node leaf = nodes.get(0);
    int axes = leaf.shape().rank() - 2;
    if (axes < 1 || axes > 3) {
      return null;
    }
    List<Double> spacing = Collections.nCopies(axes, random.nextBoolean() ? 1.0 : 1.25);
    Node distance =
        Nodes.of(new DistanceTransform(spacing), Nodes.of(Binary.LESS, Nodes.scalar(0.25), leaf));
    return Nodes.of(Binary.MINIMUM, distance, Nodes.scalar(20));
  }

  private Node transposed(Node x, Window window, List<Integer> twice) {
    if (random.nextBoolean()) {
      Node pooled = Nodes.of(new AveragePool(window), x);
      return Nodes.of(new AveragePoolTransposed(window, x.shape()), pooled);
    }
    List<Integer> sizes = IntStream.range(2, x.shape().rank()).map(x.shape()::get).boxed().toList();
    Resize.Mode mode = mode();
    return Nodes.of(new ResizeTransposed(mode, sizes), Nodes.of(new Resize(mode, twice), x));
  }
}
