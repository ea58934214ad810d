package io.lossmith.losses;

import io.lossmith.autodiff.Tensor;
import java.io.Serial;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A loss whose formula needs the third input. */
record FormulaLoss(MaskedFormula formula) implements Loss {
  FormulaLoss {
    Objects.requireNonNull(formula, "formula");
  }

  @Serial private static final long serialVersionUID = 1L;

  @Override
  public Tensor apply(Tensor prediction, Tensor target) {
    return apply(prediction, target, null);
  }

  @Override
  public Tensor apply(Tensor prediction, Tensor target, @Nullable Tensor mask) {
    if (mask == null) {
      throw new IllegalArgumentException(
          "loss: mask is missing, must be given to a loss made by Loss.withMask; call"
              + " apply(prediction, target, mask), or give a compiled loss a mask");
    }
    return formula.apply(prediction, target, mask);
  }
}
