package io.lossmith.core.op;

/** Where a graph begins: values that are there before it runs. */
public sealed interface Leaf extends Op {
  /** The array handed to each run at this position. */
  record Input(int index) implements Leaf {
    @Override
    public String label() {
      return "input " + index;
    }
  }

  /**
   * An array known when the graph was built, told apart by identity. Where {@code changing} is true
   * its owner may write to it between runs (a parameter), so its content is read at each run and
   * never kept elsewhere.
   */
  record Data(float[] values, boolean changing) implements Leaf {
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
    public String label() {
      return value == Math.rint(value) && Math.abs(value) < 1e9
          ? Long.toString((long) value)
          : Float.toString((float) value);
    }
  }

  /** Each element is its own position along an axis; all other axes have size 1. */
  record Iota(int axis) implements Leaf {
    @Override
    public String label() {
      return "iota " + axis;
    }
  }
}
