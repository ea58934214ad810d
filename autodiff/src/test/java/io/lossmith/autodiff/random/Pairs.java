package io.lossmith.autodiff.random;

import io.lossmith.autodiff.Tensor;
import java.util.List;
import java.util.function.UnaryOperator;

/** Each element against each other, and folds that alternate between axes. */
final class Pairs {
  static final List<Operation> ROWS =
      List.of(
          pairs("log-sum-exp", x -> x, (x, axis) -> x.logSumExp(axis)),
          pairs("log-sum-exp", x -> x, (x, axis) -> x.logSumExp(axis)),
          pairs("mean of square", Tensor::square, (x, axis) -> x.mean(axis)),
          pairs("sum of tanh", Tensor::tanh, (x, axis) -> x.sum(axis).times(.2)),
          pairs("mean of distance", Pairs::distance, (x, axis) -> x.mean(axis)),
          pairs("least square", Tensor::square, (x, axis) -> x.min(axis)),
          pairs("sum of softplus", Tensor::softplus, (x, axis) -> x.sum(axis).times(.1)),
          pairs("how many are less", x -> x.lessThan(0), (x, axis) -> x.mean(axis)),
          pairs("all", x -> x, (x, axis) -> x),
          Operation.row("Sinkhorn half", s -> s.hasRoom(s.size()), Pairs::sinkhornHalf),
          Operation.row("Sinkhorn", s -> s.hasRoom(s.size()), Pairs::sinkhorn),
          Operation.row("log-sum-exp along each axis", s -> s.rank() > 1, Pairs::alternating),
          Operation.row("doubly normalised", s -> s.rank() > 1, Pairs::doublyNormalised),
          Operation.row("kernel with other", Pairs::kernel));

  /** Takes a fold of x over an axis. */
  private interface Folding {
    Tensor apply(Tensor x, int axis);
  }

  private Pairs() {}

  /** Makes a row of x as a column against x as a row, changed and folded over either. */
  private static Operation pairs(String name, UnaryOperator<Tensor> f, Folding fold) {
    return Operation.row(
        "pairs, " + name,
        s -> {
          int rank = s.rank();
          int to = s.below(rank + 1);
          Tensor a = s.x().unsqueeze(rank);
          Tensor b = s.x().unsqueeze(to);
          return s.hasRoom(a, b) ? fold.apply(f.apply(a.minus(b)), s.toss() ? rank : to) : s.x();
        });
  }

  private static Tensor distance(Tensor x) {
    return x.square().plus(.1).sqrt();
  }

  /** Returns costs [n, n] that grow with the distance of two places. */
  private static Tensor costs(int n) {
    return Tensor.iota(n).unsqueeze(1).minus(Tensor.iota(n)).abs().times(.2);
  }

  private static Tensor sinkhornHalf(Step s) {
    int rank = s.rank();
    Tensor x = s.x().permute(Moving.swapped(rank, s.axis(), rank - 1));
    Tensor k = costs(s.size());
    return s.toss()
        ? x.unsqueeze(rank - 1).minus(k).logSumExp(rank)
        : x.unsqueeze(rank).minus(k).logSumExp(rank - 1);
  }

  private static Tensor sinkhorn(Step s) {
    int rank = s.rank();
    Tensor x = s.x().permute(Moving.swapped(rank, s.axis(), rank - 1));
    Tensor k = costs(s.size());
    for (int i = 2 + s.below(3); i > 0; i--) {
      boolean over = i % 2 == 0;
      x = x.unsqueeze(over ? rank - 1 : rank).minus(k).logSumExp(over ? rank : rank - 1);
      x = i == 1 ? x : x.unaryMinus();
    }
    return x;
  }

  private static Tensor alternating(Step s) {
    Tensor x = s.x();
    for (int axis = 0; axis < s.rank(); axis++) {
      x = x.minus(x.logSumExp(axis).unsqueeze(axis));
    }
    return x;
  }

  private static Tensor doublyNormalised(Step s) {
    Tensor x = s.x().tanh().exp();
    for (int i = 0; i < 2; i++) {
      x = x.div(x.sumKeep(0));
      x = x.div(x.sumKeep(s.rank() - 1));
    }
    return x;
  }

  private static Tensor kernel(Step s) {
    Tensor y = s.other();
    Tensor a = s.x().flatten(0).unsqueeze(1);
    Tensor b = y.reshape(-1);
    return s.hasRoom(a, b) ? a.minus(b).square().unaryMinus().exp().mean(1) : s.x();
  }
}
