package io.lossmith.autodiff.random;

import io.lossmith.autodiff.Tensor;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * A row of the table: something that users do with a tensor.
 *
 * @param name what reports call it
 * @param fits whether it can be done with the tensor of a step
 * @param build does it; an operation on shapes that do not go together after all is left out
 */
record Operation(String name, Predicate<Step> fits, Function<Step, Tensor> build) {
  /** Makes a row for any tensor. */
  static Operation row(String name, Function<Step, Tensor> build) {
    return new Operation(name, step -> true, build);
  }

  /** Makes a row for tensors of some kind. */
  static Operation row(String name, Predicate<Step> fits, Function<Step, Tensor> build) {
    return new Operation(name, fits, build);
  }
}
