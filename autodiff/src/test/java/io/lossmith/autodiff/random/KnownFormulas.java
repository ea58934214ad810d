package io.lossmith.autodiff.random;

import io.lossmith.autodiff.Tensor;
import java.util.List;
import java.util.function.Function;

/** The longer ones of the formulas that {@link KnownFormulasTests} lists. */
final class KnownFormulas {
  private KnownFormulas() {}

  static Tensor profileOfOnes() {
    Tensor y = Tensor.ones(6, 4, 20).mean(1).permute(1, 0);
    return y.minus(y.meanKeep(1)).square().sum().plus(y.flip(0).times(y).sum());
  }

  static Tensor profile(List<Tensor> l) {
    Tensor x = l.get(0).mean(1).permute(1, 0);
    Tensor steps = x.slice(0, 1, 20).minus(x.slice(0, 0, 19));
    return x.minus(x.meanKeep(1)).square().mean().plus(steps.square().mean());
  }

  static Tensor dice(List<Tensor> l) {
    return dice(l.get(0), l.get(1), new int[] {0, 2}, 0).square().mean();
  }

  static Tensor dice(Tensor x, Tensor t, int[] overlap, int... sizes) {
    Tensor both = x.times(t).sumKeep(overlap).times(2).plus(1);
    return both.div(x.abs().plus(t).sumKeep(sizes).plus(1));
  }

  static Tensor wideDice(List<Tensor> l) {
    Tensor t = l.get(0);
    Tensor wide = t.unsqueeze(2);
    Tensor ratio = dice(wide, t, new int[] {4}, 0);
    return ratio.mean(1, 2, 3).square().mean().plus(t.sigmoid().mean());
  }

  static Tensor diceOfLogs(List<Tensor> l) {
    Tensor logs = l.get(0).logSumExp(0).logSumExp(0);
    return dice(logs, l.get(1), new int[] {0}, 0, 1).square().mean().plus(logs.sigmoid().mean());
  }

  static Tensor unlikeTheLeast(List<Tensor> l) {
    Tensor both = Tensor.concat(1, l.get(1), l.get(1).times(.5));
    return both.min(0, 1).notEqualTo(l.get(0)).times(l.get(0)).square().mean();
  }

  static Tensor diceDifferences(Tensor p) {
    Tensor ratio = dice(p, p.square(), new int[] {1}, 1, 2);
    return ratio.slice(0, 1, 2).minus(ratio.slice(0, 0, 1)).square().mean();
  }

  static Tensor pairs(Tensor x) {
    Tensor v = x.unsqueeze(3).minus(x.unsqueeze(2)).logSumExp(3);
    return v.unsqueeze(3).minus(v.unsqueeze(0)).logSumExp(3).sum(0).square().mean();
  }

  static Tensor costs(int n) {
    return Tensor.iota(n).unsqueeze(1).minus(Tensor.iota(n)).abs();
  }

  /** Log-sum-exps along rows and columns in turn. */
  static Tensor sinkhorn(Tensor f, int halves) {
    Tensor x = f;
    for (int i = 0; i < halves; i++) {
      x = x.unsqueeze(1 + i % 2).minus(costs(8)).logSumExp(2 - i % 2);
    }
    return x;
  }

  static Tensor pairsOfHalf(Tensor p) {
    Tensor v = p.permute(1, 0).unsqueeze(2).minus(costs(2).times(.2)).logSumExp(1);
    return v.unsqueeze(2).minus(v.unsqueeze(1)).logSumExp(2).square().mean();
  }

  static Tensor squaresOfHalf(Tensor p) {
    Tensor v = p.permute(2, 1, 0).unsqueeze(3).minus(costs(2).times(.2)).logSumExp(2);
    return v.unsqueeze(3).minus(v.unsqueeze(2)).square().mean(3).square().mean();
  }

  static Function<List<Tensor>, Tensor> labels(int classes) {
    return l -> {
      Tensor label = l.get(1).times(classes).floor();
      Tensor w = l.get(3).unsqueeze(1);
      Tensor is = label.equalTo(Tensor.iota(classes).unsqueeze(1));
      return l.get(0).times(Tensor.where(is, w.times(3), w.exp()).minus(l.get(2).sum(0))).sum();
    };
  }
}
