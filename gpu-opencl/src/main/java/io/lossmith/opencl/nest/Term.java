package io.lossmith.opencl.nest;

import io.lossmith.core.op.Fold;
import io.lossmith.core.op.Op;
import java.util.List;

/** A value within a nest. Compared by identity: what is used twice is one term. */
public sealed interface Term {
  /** Tells whether the value differs along an axis of the iteration space. */
  boolean variesOver(int axis);

  /** Returns what it is computed from. */
  List<Term> operands();

  /** Returns an elementwise operation over an iteration space of so many axes. */
  static Term operation(Op op, List<Term> operands, int rank) {
    boolean[] varies = new boolean[rank];
    for (Term operand : operands) {
      for (int axis = 0; axis < rank; axis++) {
        varies[axis] |= operand.variesOver(axis);
      }
    }
    return new Operation(op, List.copyOf(operands), varies);
  }

  /** Returns a fold over axes that are unrolled. */
  static Term folded(Fold fold, Term operand, boolean[] axes) {
    boolean[] varies = new boolean[axes.length];
    for (int axis = 0; axis < axes.length; axis++) {
      varies[axis] = operand.variesOver(axis) && !axes[axis];
    }
    return new Folded(fold, operand, axes.clone(), varies);
  }

  /** A number known when the kernel is written. */
  record Number(float value) implements Term {
    @Override
    public boolean variesOver(int axis) {
      return false;
    }

    @Override
    public List<Term> operands() {
      return List.of();
    }
  }

  /** What is read. */
  record Load(StridedAccess access) implements Term {
    @Override
    public boolean variesOver(int axis) {
      return access.variesOver(axis);
    }

    @Override
    public List<Term> operands() {
      return List.of();
    }
  }

  /** An elementwise operation. */
  record Operation(Op op, List<Term> operands, boolean[] varies) implements Term {
    @Override
    public boolean variesOver(int axis) {
      return axis < varies.length && varies[axis];
    }
  }

  /** A fold over unrolled axes, also over those along which the operand does not vary. */
  record Folded(Fold fold, Term operand, boolean[] axes, boolean[] varies) implements Term {
    @Override
    public boolean variesOver(int axis) {
      return axis < varies.length && varies[axis];
    }

    boolean folds(int axis) {
      return axis < axes.length && axes[axis];
    }

    @Override
    public List<Term> operands() {
      return List.of(operand);
    }
  }
}
