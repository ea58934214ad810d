package io.lossmith.core.op;

import io.lossmith.core.Elements;
import io.lossmith.core.Shape;
import io.lossmith.core.ShapeException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;

/** Operations that change where elements stand, never their values. */
public sealed interface Move extends Op {
  /**
   * Tells whether the result holds all elements of the operand and no others; some may be repeated.
   */
  boolean keepsAll();

  /** Returns what one of the cases says of this move. */
  <R> R match(Cases<R> cases);

  @Override
  default <R> R match(Op.Cases<R> cases) {
    return cases.move(this);
  }

  /** An answer for each kind of move: the compiler asks for one where a kind is new. */
  interface Cases<R> {
    /** Answers for {@link Reshape}. */
    R reshape(Reshape move);

    /** Answers for {@link Permute}. */
    R permute(Permute move);

    /** Answers for {@link Broadcast}. */
    R broadcast(Broadcast move);

    /** Answers for {@link Slice}. */
    R slice(Slice move);

    /** Answers for {@link Flip}. */
    R flip(Flip move);

    /** Answers for {@link Pad} and {@link Concat}. */
    R placing(Placing move);
  }

  /** Moves after which each element is one of the operand's: another way of walking through it. */
  sealed interface Picking extends Move permits Reshape, Permute, Broadcast, Slice, Flip {}

  /** Moves that put each operand, as a box, into a larger result; elements between are 0. */
  sealed interface Placing extends Move permits Pad, Concat {
    /** Returns where the box of an operand begins, along each axis of the result. */
    List<Integer> start(int operand, List<Shape> operands);

    /** Tells whether the boxes fill the result. */
    boolean fills();

    @Override
    default boolean keepsAll() {
      return false;
    }

    @Override
    default <R> R match(Cases<R> cases) {
      return cases.placing(this);
    }

    @Override
    default void evaluate(double[][] operands, List<Shape> shapes, double[] result) {
      Shape to = shape(shapes);
      for (int i = 0; i < operands.length; i++) {
        Offsets.boxed(shapes.get(i), to, start(i, shapes)).store(operands[i], result);
      }
    }
  }

  /** The same elements in the same order under another shape. */
  record Reshape(Shape shape) implements Picking {
    /** Refuses null. */
    public Reshape {
      Objects.requireNonNull(shape, "shape");
    }

    @Override
    public String label() {
      return "reshape";
    }

    @Override
    public Shape shape(List<Shape> operands) {
      Shape from = operands.get(0);
      if (from.count() != shape.count()) {
        throw new ShapeException(
            "reshape: "
                + from
                + " has "
                + from.count()
                + " elements, "
                + shape
                + " has "
                + shape.count()
                + "; they must be equal");
      }
      return shape;
    }

    @Override
    public boolean keepsAll() {
      return true;
    }

    @Override
    public void evaluate(double[][] operands, List<Shape> shapes, double[] result) {
      System.arraycopy(operands[0], 0, result, 0, result.length);
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.reshape(this);
    }
  }

  /** Axis i of the result is axis {@code axes.get(i)} of the operand. */
  record Permute(List<Integer> axes) implements Picking {
    /** Refuses null. */
    public Permute {
      axes = Elements.copyOf(axes, "axes");
    }

    @Override
    public String label() {
      return "permute " + axes;
    }

    @Override
    public Shape shape(List<Shape> operands) {
      Shape from = operands.get(0);
      if (axes.size() != from.rank() || axes.stream().distinct().count() != axes.size()) {
        throw new ShapeException(
            "permute: axes " + axes + " of a tensor " + from + "; each axis must stand once");
      }
      return Shape.of(axes.stream().mapToInt(a -> from.get(from.axis("permute", a))).toArray());
    }

    @Override
    public boolean keepsAll() {
      return true;
    }

    @Override
    public void evaluate(double[][] operands, List<Shape> shapes, double[] result) {
      Offsets.permuted(shape(shapes), shapes.get(0), axes).load(operands[0], result);
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.permute(this);
    }
  }

  /** Axes of size 1 (and missing leading ones) are repeated up to the shape. */
  record Broadcast(Shape shape) implements Picking {
    /** Refuses null. */
    public Broadcast {
      Objects.requireNonNull(shape, "shape");
    }

    @Override
    public String label() {
      return "broadcast";
    }

    @Override
    public Shape shape(List<Shape> operands) {
      Shape from = operands.get(0);
      if (!Shape.broadcast("broadcast", from, shape).equals(shape)) {
        throw new ShapeException(
            "broadcast: " + from + " to " + shape + "; only sizes of 1 can be repeated");
      }
      return shape;
    }

    @Override
    public boolean keepsAll() {
      return true;
    }

    @Override
    public void evaluate(double[][] operands, List<Shape> shapes, double[] result) {
      Offsets.broadcast(shape, shapes.get(0)).load(operands[0], result);
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.broadcast(this);
    }
  }

  /** A box: {@code sizes} elements of each axis from {@code starts} on. */
  record Slice(List<Integer> starts, Shape sizes) implements Picking {
    /** Refuses null. */
    public Slice {
      starts = Elements.copyOf(starts, "starts");
      Objects.requireNonNull(sizes, "sizes");
    }

    @Override
    public String label() {
      return "slice " + starts;
    }

    @Override
    public Shape shape(List<Shape> operands) {
      Shape from = operands.get(0);
      for (int i = 0; i < from.rank(); i++) {
        int start = starts.get(i);
        int end = start + sizes.get(i);
        if (start < 0 || end > from.get(i)) {
          throw new ShapeException(
              "slice: elements "
                  + start
                  + ".."
                  + (end - 1)
                  + " of axis "
                  + i
                  + " of a tensor "
                  + from
                  + "; the axis has 0.."
                  + (from.get(i) - 1));
        }
      }
      return sizes;
    }

    @Override
    public boolean keepsAll() {
      return false;
    }

    @Override
    public void evaluate(double[][] operands, List<Shape> shapes, double[] result) {
      Offsets.boxed(sizes, shapes.get(0), starts).load(operands[0], result);
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.slice(this);
    }
  }

  /** The order along the axes reversed. */
  record Flip(List<Integer> axes) implements Picking {
    /** Refuses null. */
    public Flip {
      axes = Elements.copyOf(axes, "axes");
    }

    @Override
    public String label() {
      return "flip " + axes;
    }

    @Override
    public Shape shape(List<Shape> operands) {
      return operands.get(0);
    }

    @Override
    public boolean keepsAll() {
      return true;
    }

    @Override
    public void evaluate(double[][] operands, List<Shape> shapes, double[] result) {
      Offsets.flipped(shapes.get(0), axes).load(operands[0], result);
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.flip(this);
    }
  }

  /** Zeros added before and after each axis. */
  record Pad(List<Integer> before, List<Integer> after) implements Placing {
    /** Refuses null. */
    public Pad {
      before = Elements.copyOf(before, "before");
      after = Elements.copyOf(after, "after");
    }

    @Override
    public String label() {
      return "pad " + before + " " + after;
    }

    @Override
    public Shape shape(List<Shape> operands) {
      int[] sizes = operands.get(0).toArray();
      for (int i = 0; i < sizes.length; i++) {
        long size = (long) sizes[i] + before.get(i) + after.get(i);
        if (size > Integer.MAX_VALUE) {
          throw new ShapeException(
              label()
                  + ": axis "
                  + i
                  + " of a tensor "
                  + operands.get(0)
                  + " would have "
                  + size
                  + " elements, must be fewer");
        }
        sizes[i] = (int) size;
      }
      return Shape.of(sizes);
    }

    @Override
    public List<Integer> start(int operand, List<Shape> operands) {
      return before;
    }

    @Override
    public boolean fills() {
      return false;
    }
  }

  /** Any number of operands one after the other along an axis. */
  record Concat(int axis) implements Placing {
    @Override
    public String label() {
      return "concat " + axis;
    }

    @Override
    public Shape shape(List<Shape> operands) {
      int length = 0;
      for (Shape operand : operands) {
        int at = operand.axis("concat", axis);
        length += operand.get(at);
        if (!operand.folded(at).equals(operands.get(0).folded(at))) {
          throw new ShapeException(
              "concat: shapes "
                  + operands.get(0)
                  + " and "
                  + operand
                  + " may differ in axis "
                  + axis
                  + " only");
        }
      }
      return operands.get(0).with(axis, length);
    }

    @Override
    public List<Integer> start(int operand, List<Shape> operands) {
      int before = operands.subList(0, operand).stream().mapToInt(x -> x.get(axis)).sum();
      List<Integer> start = new ArrayList<>(Collections.nCopies(operands.get(0).rank(), 0));
      start.set(axis, before);
      return start;
    }

    @Override
    public boolean fills() {
      return true;
    }
  }
}
