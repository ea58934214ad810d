package io.lossmith.core.op;

import io.lossmith.core.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** Where a graph begins: values that are there before it runs. */
public sealed interface Leaf extends Op {
  /**
   * Returns the values in double; what it returns may be one of the inputs.
   *
   * @param shape of the leaf
   */
  double[] values(double[][] inputs, Shape shape);

  /** Tells whether the values are the same in every run. */
  boolean isConstant();

  /** Returns what one of the cases says of this leaf. */
  <R> R match(Cases<R> cases);

  @Override
  default <R> R match(Op.Cases<R> cases) {
    return cases.leaf(this);
  }

  @Override
  default Shape shape(List<Shape> operands) {
    throw new IllegalArgumentException(label() + ": a leaf has no operands");
  }

  @Override
  default void evaluate(double[][] operands, List<Shape> shapes, double[] result) {
    throw new IllegalArgumentException(label() + ": a leaf has no operands");
  }

  /** An answer for each kind of leaf: the compiler asks for one where a kind is new. */
  interface Cases<R> {
    /** Answers for {@link Input}. */
    R input(Input leaf);

    /** Answers for {@link Data}. */
    R data(Data leaf);

    /** Answers for {@link Scalar}. */
    R scalar(Scalar leaf);

    /** Answers for {@link Iota}. */
    R iota(Iota leaf);
  }

  /** The array handed to each run at this position. */
  record Input(int index) implements Leaf {
    @Override
    public double[] values(double[][] inputs, Shape shape) {
      return inputs[index];
    }

    @Override
    public boolean isConstant() {
      return false;
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.input(this);
    }

    @Override
    public String label() {
      return "input " + index;
    }
  }

  /**
   * An array known when the graph was built, compared by identity. Where {@code changing} is true
   * its owner may write to it between runs (a parameter), so its content is read at each run and
   * never kept elsewhere.
   */
  record Data(float[] values, boolean changing) implements Leaf {
    /** Refuses null. */
    public Data {
      Objects.requireNonNull(values, "values");
    }

    @Override
    public double[] values(double[][] inputs, Shape shape) {
      double[] out = new double[shape.count()];
      Arrays.setAll(out, i -> values[i]);
      return out;
    }

    @Override
    public boolean isConstant() {
      return !changing;
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.data(this);
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Data && ((Data) other).values == values;
    }

    @Override
    public int hashCode() {
      return System.identityHashCode(values);
    }

    @Override
    public String label() {
      return changing ? "parameter" : "data";
    }
  }

  /** One number, shape {@code []}. */
  record Scalar(double value) implements Leaf {
    @Override
    public double[] values(double[][] inputs, Shape shape) {
      return new double[] {(float) value};
    }

    @Override
    public boolean isConstant() {
      return true;
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.scalar(this);
    }

    @Override
    public String label() {
      return value == Math.rint(value) && Math.abs(value) < 1e9
          ? Long.toString((long) value)
          : Float.toString((float) value);
    }
  }

  /** Each element is its own position along an axis; all other axes have size 1. */
  record Iota(int axis) implements Leaf {
    @Override
    public double[] values(double[][] inputs, Shape shape) {
      double[] positions = new double[shape.count()];
      Arrays.setAll(positions, i -> i);
      return positions;
    }

    @Override
    public boolean isConstant() {
      return true;
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.iota(this);
    }

    @Override
    public String label() {
      return "iota " + axis;
    }
  }
}
