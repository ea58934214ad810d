package io.lossmith.opencl.nest;

import io.lossmith.core.op.Fold;
import io.lossmith.core.op.Op;
import java.util.List;

/** A value of straight-line code. Compared by identity: what is used twice is one code. */
public sealed interface Code {
  /** Returns what it is computed from. */
  List<Code> operands();

  static Code number(float value) {
    return new Number(value);
  }

  static Code load(StridedAccess access, int offset, int tile) {
    return new Load(access, offset, tile);
  }

  static Code operation(Op op, List<Code> operands) {
    return new Operation(op, operands);
  }

  static Code join(Fold fold, Code left, Code right) {
    return new Join(fold, List.of(left, right));
  }

  /** A number. */
  record Number(float value) implements Code {
    @Override
    public List<Code> operands() {
      return List.of();
    }
  }

  /**
   * What is read.
   *
   * @param offset of the access at an index along the unrolled axes
   * @param tile which of the item's tiles is meant
   */
  record Load(StridedAccess access, int offset, int tile) implements Code {
    @Override
    public List<Code> operands() {
      return List.of();
    }
  }

  /** An elementwise operation. */
  record Operation(Op op, List<Code> operands) implements Code {}

  /** Two partial folds made one. */
  record Join(Fold fold, List<Code> operands) implements Code {}

  /** A value where the item's place is within a tile, and what changes no fold elsewhere. */
  record Within(int tile, Fold fold, List<Code> operands) implements Code {}
}
