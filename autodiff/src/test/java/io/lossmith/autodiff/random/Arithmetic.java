package io.lossmith.autodiff.random;

import io.lossmith.autodiff.Tensor;
import java.util.List;
import java.util.function.BinaryOperator;

/** Arithmetic of two tensors that broadcast. */
final class Arithmetic {
  static final List<Operation> ROWS =
      List.of(
          of("x + y", Tensor::plus),
          of("x − y", Tensor::minus),
          of("y − x", (x, y) -> y.minus(x)),
          of("x y", Tensor::times),
          of("x² y", (x, y) -> x.square().times(y)),
          of("x / (|y| + .5)", (x, y) -> x.div(y.abs().plus(.5))),
          of("y / (x² + 1)", (x, y) -> y.div(x.square().plus(1))),
          of("x / sum of |y| + 1", (x, y) -> x.div(y.abs().sum().plus(1))),
          of("(|x| + .1)^tanh y", (x, y) -> x.abs().plus(.1).pow(y.tanh())),
          of("exp(tanh x − tanh y)", (x, y) -> x.tanh().minus(y.tanh()).exp()),
          of("softplus x − x y", (x, y) -> x.softplus().minus(x.times(y))),
          of("x − y + mean of y", (x, y) -> x.minus(y).plus(y.mean())),
          of("(x + y) (x − y)", (x, y) -> x.plus(y).times(x.minus(y))));

  private Arithmetic() {}

  /** Makes a row of two tensors: the step's and any other that it broadcasts with. */
  static Operation of(String name, BinaryOperator<Tensor> f) {
    return Operation.of(
        name,
        s -> {
          Tensor y = s.other();
          return s.hasRoom(s.x(), y) ? f.apply(s.x(), y) : s.x();
        });
  }
}
