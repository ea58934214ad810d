package io.lossmith.core.op;

import io.lossmith.core.Shape;
import java.util.List;

/** Operations that change where elements stand, never their values. */
public sealed interface Move extends Op {
  /** The same elements in the same order under another shape. */
  record Reshape(Shape shape) implements Move {
    @Override
    public String label() {
      return "reshape";
    }
  }

  /** Axis i of the result is axis {@code axes.get(i)} of the operand. */
  record Permute(List<Integer> axes) implements Move {
    @Override
    public String label() {
      return "permute " + axes;
    }
  }

  /** Axes of size 1 (and missing leading ones) are repeated up to the shape. */
  record Broadcast(Shape shape) implements Move {
    @Override
    public String label() {
      return "broadcast";
    }
  }

  /** A box: {@code sizes} elements of each axis from {@code starts} on. */
  record Slice(List<Integer> starts, Shape sizes) implements Move {
    @Override
    public String label() {
      return "slice " + starts;
    }
  }

  /** Zeros added before and after each axis. */
  record Pad(List<Integer> before, List<Integer> after) implements Move {
    @Override
    public String label() {
      return "pad " + before + " " + after;
    }
  }

  /** The order along the axes reversed. */
  record Flip(List<Integer> axes) implements Move {
    @Override
    public String label() {
      return "flip " + axes;
    }
  }

  /** Any number of operands one after the other along an axis. */
  record Concat(int axis) implements Move {
    @Override
    public String label() {
      return "concat " + axis;
    }
  }
}
