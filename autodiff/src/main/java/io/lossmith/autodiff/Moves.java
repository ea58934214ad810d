package io.lossmith.autodiff;

import io.lossmith.core.Shape;
import io.lossmith.core.ShapeException;
import io.lossmith.core.op.Move;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Builds moves: what changes where elements stand. */
final class Moves {
  private Moves() {}

  /** Leaves a tensor that has the shape alone. */
  static Tensor reshaped(Tensor x, Shape shape) {
    return x.shape().equals(shape) ? x : Tensor.make(new Move.Reshape(shape), x);
  }

  static Tensor reshape(Tensor x, int... sizes) {
    int[] filled = sizes.clone();
    int open = -1;
    long known = 1;
    for (int i = 0; i < sizes.length; i++) {
      if (sizes[i] == -1 && open < 0) {
        open = i;
      } else if (sizes[i] < 0) {
        throw new ShapeException(
            "reshape: "
                + Arrays.toString(sizes)
                + " has "
                + sizes[i]
                + " at "
                + i
                + "; sizes must be at least 0, one may be -1");
      } else {
        known *= sizes[i];
      }
    }
    if (open >= 0) {
      if (known == 0 || x.shape().count() % known != 0) {
        throw new ShapeException(
            "reshape: "
                + x.shape()
                + " has "
                + x.shape().count()
                + " elements, which the sizes "
                + Arrays.toString(sizes)
                + " cannot hold; the -1 must stand for a whole number");
      }
      filled[open] = (int) (x.shape().count() / known);
    }
    return reshaped(x, Shape.of(filled));
  }

  static Tensor squeeze(Tensor x, int... axes) {
    int[] given = axes.length == 0 ? ones(x.shape()) : axes;
    if (given.length == 0) {
      return x;
    }
    int[] counted = x.shape().axes("squeeze", given);
    for (int axis : counted) {
      if (x.shape().get(axis) != 1) {
        throw new ShapeException(
            "squeeze: axis " + axis + " of a tensor " + x.shape() + " must have size 1");
      }
    }
    return reshaped(x, x.shape().without(counted));
  }

  private static int[] ones(Shape shape) {
    return java.util.stream.IntStream.range(0, shape.rank())
        .filter(axis -> shape.get(axis) == 1)
        .toArray();
  }

  static Tensor unsqueeze(Tensor x, int axis) {
    int at = widened("unsqueeze", x.shape(), axis);
    List<Integer> sizes = new ArrayList<>(boxed(x.shape().toArray()));
    sizes.add(at, 1);
    return reshaped(x, shape(sizes));
  }

  /** Returns where a new axis stands, counted from 0. */
  static int widened(String who, Shape shape, int axis) {
    int rank = shape.rank() + 1;
    int at = axis < 0 ? axis + rank : axis;
    if (at < 0 || at >= rank) {
      throw new ShapeException(
          who
              + ": axis "
              + axis
              + " of a tensor "
              + shape
              + "; the new axis must stand at 0.."
              + (rank - 1)
              + " or "
              + -rank
              + "..-1");
    }
    return at;
  }

  static Tensor flatten(Tensor x, int fromAxis) {
    int from = x.shape().rank() == 0 ? 0 : x.shape().axis("flatten", fromAxis);
    int[] sizes = Arrays.copyOf(x.shape().toArray(), from + 1);
    sizes[from] = 1;
    for (int axis = from; axis < x.shape().rank(); axis++) {
      sizes[from] *= x.shape().get(axis);
    }
    return reshaped(x, Shape.of(sizes));
  }

  static Tensor permute(Tensor x, int... axes) {
    Shape shape = x.shape();
    int[] counted = Arrays.stream(axes).map(a -> shape.axis("permute", a)).toArray();
    boolean same = counted.length == shape.rank();
    for (int i = 0; i < counted.length; i++) {
      same &= counted[i] == i;
    }
    return same ? x : Tensor.make(new Move.Permute(boxed(counted)), x);
  }

  static Tensor broadcastTo(Tensor x, Shape shape) {
    Shape common = Shape.broadcast("broadcastTo", x.shape(), shape);
    if (!common.equals(shape)) {
      throw new ShapeException(
          "broadcastTo: " + x.shape() + " to " + shape + "; only sizes of 1 can be repeated");
    }
    return x.shape().equals(shape) ? x : Tensor.make(new Move.Broadcast(shape), x);
  }

  static Tensor slice(Tensor x, int axis, int from, int to) {
    int at = x.shape().axis("slice", axis);
    int size = x.shape().get(at);
    int start = from < 0 ? from + size : from;
    int end = to < 0 ? to + size : to;
    if (start < 0 || end < start || end > size) {
      throw new ShapeException(
          "slice: "
              + from
              + " to "
              + to
              + " (excluded) of axis "
              + at
              + " of a tensor "
              + x.shape()
              + "; must lie within 0.."
              + size
              + " or, counted from the end, "
              + -size
              + "..-1, the second not before the first");
    }
    int[] starts = new int[x.shape().rank()];
    starts[at] = start;
    return box(x, starts, x.shape().with(at, end - start));
  }

  /** Cuts a box out; all of it is the tensor itself. */
  static Tensor box(Tensor x, int[] starts, Shape sizes) {
    return x.shape().equals(sizes) ? x : Tensor.make(new Move.Slice(boxed(starts), sizes), x);
  }

  static Tensor get(Tensor x, int index) {
    Shape shape = x.shape();
    if (shape.rank() == 0) {
      throw new ShapeException("get: a tensor [] has no axes; read it with item()");
    }
    int at = index < 0 ? index + shape.get(0) : index;
    if (at < 0 || at >= shape.get(0)) {
      throw new ShapeException(
          "get: index " + index + " of a tensor " + shape + "; axis 0 has " + shape.get(0));
    }
    return reshaped(slice(x, 0, at, at + 1), shape.without(0));
  }

  static Tensor diff(Tensor x, int axis) {
    int at = x.shape().axis("diff", axis);
    int size = x.shape().get(at);
    if (size < 1) {
      throw new ShapeException(
          "diff: axis " + at + " of a tensor " + x.shape() + " is empty; must have an element");
    }
    return slice(x, at, 1, size).minus(slice(x, at, 0, size - 1));
  }

  static Tensor concat(int axis, Tensor... parts) {
    if (parts.length == 0) {
      throw new ShapeException("concat: no tensors; give at least one");
    }
    int at = parts[0].shape().axis("concat", axis);
    for (Tensor part : parts) {
      boolean fits = part.shape().rank() == parts[0].shape().rank();
      if (!fits || !part.shape().folded(at).equals(parts[0].shape().folded(at))) {
        throw new ShapeException(
            "concat: shapes "
                + parts[0].shape()
                + " and "
                + part.shape()
                + " may differ in axis "
                + at
                + " only");
      }
    }
    return parts.length == 1 ? parts[0] : Tensor.make(new Move.Concat(at), parts);
  }

  static Tensor stack(int axis, Tensor... parts) {
    if (parts.length == 0) {
      throw new ShapeException("stack: no tensors; give at least one");
    }
    for (Tensor part : parts) {
      if (!part.shape().equals(parts[0].shape())) {
        throw new ShapeException(
            "stack: shapes " + parts[0].shape() + " and " + part.shape() + "; must be equal");
      }
    }
    int at = widened("stack", parts[0].shape(), axis);
    return concat(at, Arrays.stream(parts).map(x -> unsqueeze(x, at)).toArray(Tensor[]::new));
  }

  static Tensor flip(Tensor x, int... axes) {
    int[] counted = x.shape().axes("flip", axes);
    return counted.length == 0 ? x : Tensor.make(new Move.Flip(boxed(counted)), x);
  }

  static List<Integer> boxed(int... numbers) {
    return Arrays.stream(numbers).boxed().toList();
  }

  private static Shape shape(List<Integer> sizes) {
    return Shape.of(sizes.stream().mapToInt(Integer::intValue).toArray());
  }
}
