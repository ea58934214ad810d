package io.lossmith.core.op;

/**
 * Chooses element by element: the second operand where the first is not 0 (NaN counts as not 0),
 * the third elsewhere. Values not chosen cannot leak through, not even NaN.
 */
public enum Where implements ElementwiseOp {
  /** The only way to choose. */
  WHERE;

  /** Computes one element. */
  public double apply(double condition, double chosen, double otherwise) {
    return condition != 0 ? chosen : otherwise;
  }

  @Override
  public double element(double[] operands) {
    return apply(operands[0], operands[1], operands[2]);
  }

  @Override
  public Rounding rounding() {
    return Rounding.EXACT;
  }

  @Override
  public <R> R match(Cases<R> cases) {
    return cases.where(this);
  }

  @Override
  public String label() {
    return "where";
  }
}
