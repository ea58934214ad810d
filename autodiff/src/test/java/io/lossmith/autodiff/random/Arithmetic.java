package io.lossmith.autodiff.random;

import io.lossmith.autodiff.TableFunctions;
import io.lossmith.autodiff.Tensor;
import java.util.List;
import java.util.function.BinaryOperator;

/** Arithmetic of two tensors that broadcast. */
final class Arithmetic {
  static final List<Operation> ROWS =
      List.of(
          Operation.row("any of the table with another", Arithmetic::ofTable),
          row("x + y", Tensor::plus),
          row("x − y", Tensor::minus),
          row("y − x", (x, y) -> y.minus(x)),
          row("x y", Tensor::times),
          row("x² y", (x, y) -> x.square().times(y)),
          row("x / (|y| + .5)", (x, y) -> x.div(y.abs().plus(.5))),
          row("y / (x² + 1)", (x, y) -> y.div(x.square().plus(1))),
          row("x / sum of |y| + 1", (x, y) -> x.div(y.abs().sum().plus(1))),
          row("(|x| + .1)^tanh y", (x, y) -> x.abs().plus(.1).pow(y.tanh())),
          row("exp(tanh x − tanh y)", (x, y) -> x.tanh().minus(y.tanh()).exp()),
          row("softplus x − x y", (x, y) -> x.softplus().minus(x.times(y))),
          row("x − y + mean of y", (x, y) -> x.minus(y).plus(y.mean())),
          row("(x + y) (x − y)", (x, y) -> x.plus(y).times(x.minus(y))));

  private Arithmetic() {}

  private static Tensor ofTable(Step s) {
    Tensor y = s.other();
    int row = s.below(TableFunctions.ofTwo());
    return s.hasRoom(s.x(), y) ? TableFunctions.apply(row, s.x(), y) : s.x();
  }

  /** Makes a row of two tensors: the step's and any other that it broadcasts with. */
  static Operation row(String name, BinaryOperator<Tensor> f) {
    return Operation.row(
        name,
        s -> {
          Tensor y = s.other();
          return s.hasRoom(s.x(), y) ? f.apply(s.x(), y) : s.x();
        });
  }
}
