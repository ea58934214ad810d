package io.lossmith.autodiff.random;

import static io.lossmith.autodiff.random.Operation.row;

import io.lossmith.autodiff.Tensor;
import java.util.List;

/** Whole arrays along an axis: running sums, orders, positions, matrix products. */
final class Sequences {
  static final List<Operation> ROWS =
      List.of(
          row("cumulativeSum", s -> s.x().cumulativeSum(s.axis()).times(.2)),
          row("cumulativeSum", s -> s.x().cumulativeSum(s.axis(), s.toss(), s.toss()).times(.2)),
          row("sort", s -> s.x().sort(s.axis(), s.toss())),
          row(
              "gather in the order of t",
              Step::isLikeInputs,
              s -> s.x().gather(s.axis(), s.given().t().argSort(s.axis(), s.toss()))),
          row("gather at computed places", Step::isLikeInputs, Sequences::computedPlaces),
          row("gather at three places", Sequences::threePlaces),
          row(
              "scatterAdd by label",
              Step::isLikeInputs,
              s -> s.x().scatterAdd(s.axis(), s.given().label(), 4).times(.3)),
          row(
              "rankedSum by t",
              Step::isLikeInputs,
              s -> s.x().rankedSum(s.axis(), s.given().t(), s.toss()).times(.1)),
          row("rankedSum by itself", s -> s.x().rankedSum(s.axis(), s.x(), s.toss()).times(.1)),
          row("Lovász", Step::isLikeInputs, Sequences::lovasz),
          row(
              "among greatest t",
              Step::isLikeInputs,
              s -> s.given().t().isAmongGreatest(s.axis(), Tensor.scalar(2)).times(s.x())),
          row(
              "among greatest x",
              s -> s.x().isAmongGreatest(s.axis(), Tensor.scalar(1 + s.below(3))).times(s.x())),
          row(
              "median",
              s -> s.x().sort(s.axis(), false).slice(s.axis(), s.size() / 2, s.size() / 2 + 1)),
          row("Gram matrix", Sequences::gram),
          row("times its transpose", s -> s.rank() > 1, Sequences::timesTranspose),
          row("times one transpose", s -> s.rank() > 2, Sequences::timesOne),
          row("pivots", s -> s.rank() > 1 && s.sizes()[s.rank() - 2] < 6, Sequences::pivots),
          row("attention", s -> s.rank() > 1, Sequences::attention));

  private Sequences() {}

  private static Tensor computedPlaces(Step s) {
    Tensor places = s.given().t().times(s.size()).floor();
    return s.x().gather(s.axis(), places);
  }

  private static Tensor threePlaces(Step s) {
    int last = s.size() - 1;
    Tensor places = Tensor.of(new float[] {0, last, s.size() > 2 ? 1 : 0}, 3).reshape(s.line(3));
    int[] sizes = s.sizes();
    sizes[s.axis()] = 3;
    return s.x().gather(s.axis(), places.broadcastTo(sizes));
  }

  /**
   * Errors of a hinge, each weighted by how the Jaccard loss grows where it stands in the order.
   */
  private static Tensor lovasz(Step s) {
    Tensor t = s.given().t().greaterThan(.5);
    Tensor errors = s.x().times(t.times(2).minus(1)).unaryMinus().plus(1);
    Tensor hit = t.rankedSum(s.axis(), errors, true);
    return errors.relu().times(hit.div(t.sumKeep(s.axis()).plus(1)).stopGradient()).sum(-1);
  }

  private static Tensor gram(Step s) {
    Tensor m = s.x().reshape(-1, s.sizes()[s.rank() - 1]);
    int rows = m.shape().get(0);
    return s.hasRoom(m.unsqueeze(1), m) && rows < 200 ? m.matmul(m.permute(1, 0)).times(.1) : s.x();
  }

  private static Tensor timesTranspose(Step s) {
    return s.hasRoom(s.sizes()[s.rank() - 2]) ? s.x().matmul(s.x().transpose()).times(.1) : s.x();
  }

  private static Tensor timesOne(Step s) {
    Tensor one = s.x();
    while (one.shape().rank() > 2) {
      one = one.get(0);
    }
    return s.hasRoom(one.size(0)) ? s.x().matmul(one.transpose()).times(.1) : s.x();
  }

  private static Tensor pivots(Step s) {
    Tensor x = s.x().tanh();
    return x.matmul(x.transpose()).plus(Tensor.eye(x.size(-2))).pivots().log();
  }

  private static Tensor attention(Step s) {
    if (!s.hasRoom(s.sizes()[s.rank() - 2])) {
      return s.x();
    }
    return s.x().matmul(s.x().transpose()).times(.1).softmax(-1).matmul(s.x());
  }
}
