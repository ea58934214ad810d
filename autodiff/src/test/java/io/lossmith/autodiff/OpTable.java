package io.lossmith.autodiff;

import static io.lossmith.autodiff.OpRow.many;
import static io.lossmith.autodiff.OpRow.one;
import static io.lossmith.autodiff.OpRow.s;
import static io.lossmith.autodiff.OpRow.two;

import java.util.ArrayList;
import java.util.List;

/** One row for each operation: how it is written, where it is smooth, and numbers it must give. */
final class OpTable {
  private OpTable() {}

  static List<OpRow> rows() {
    List<OpRow> rows = new ArrayList<>(elementwise());
    rows.addAll(joint());
    rows.addAll(folds());
    rows.addAll(moves());
    rows.addAll(WholeArrayOpTable.networks());
    rows.addAll(WholeArrayOpTable.orders());
    return rows;
  }

  static List<OpRow> elementwise() {
    return List.of(
        one("unaryMinus", -2, 2, Tensor::unaryMinus).at("3 -> -3 | -1", "∞ -> -∞", "NaN -> NaN"),
        one("abs", 0.2, 2, Tensor::abs).at("-3 -> 3 | -1", "0 -> 0 | 0", "-∞ -> ∞", "NaN -> NaN"),
        one("sign", 0.2, 2, Tensor::sign).at("-3 -> -1 | 0", "0 -> 0 | 0", "∞ -> 1", "NaN -> NaN"),
        one("relu", 0.2, 2, Tensor::relu)
            .at(
                "-3 -> 0 | 0",
                "3 -> 3 | 1",
                "0 -> 0 | 0",
                "-∞ -> 0 | 0",
                "∞ -> ∞ | 1",
                "NaN -> NaN"),
        one("square", -2, 2, Tensor::square)
            .at("-3 -> 9 | -6", "0 -> 0 | 0", "-∞ -> ∞", "NaN -> NaN"),
        one("sqrt", 0.5, 2, Tensor::sqrt).at("4 -> 2 | 0.25", "0 -> 0 | ∞", "-1 -> NaN", "∞ -> ∞"),
        one("reciprocal", 0.5, 2, Tensor::reciprocal)
            .at("-2 -> -0.5 | -0.25", "0 -> ∞", "-0 -> -∞", "∞ -> 0"),
        one("exp", -2, 2, Tensor::exp).at("0 -> 1 | 1", "-∞ -> 0 | 0", "∞ -> ∞", "NaN -> NaN"),
        one("log", 0.5, 2, Tensor::log).at("1 -> 0 | 1", "0 -> -∞ | ∞", "-1 -> NaN", "∞ -> ∞"),
        one("log1p", -0.5, 2, Tensor::log1p)
            .at("0 -> 0 | 1", "-1 -> -∞ | ∞", "1e-08 -> 1e-08", "∞ -> ∞"),
        one("sigmoid", -2, 2, Tensor::sigmoid)
            .at(
                "0 -> 0.5 | 0.25",
                "-10000 -> 0 | 0",
                "10000 -> 1 | 0",
                "∞ -> 1",
                "-∞ -> 0",
                "NaN -> NaN"),
        one("softplus", -2, 2, Tensor::softplus)
            .at(
                "0 -> 0.6931471805599453 | 0.5",
                "10000 -> 10000 | 1",
                "-10000 -> 0 | 0",
                "∞ -> ∞",
                "-∞ -> 0",
                "NaN -> NaN"),
        one("tanh", -2, 2, Tensor::tanh)
            .at("0 -> 0 | 1", "10000 -> 1 | 0", "-∞ -> -1", "NaN -> NaN"),
        one("atan", -2, 2, Tensor::atan)
            .at("1 -> 0.7853981633974483 | 0.5", "∞ -> 1.5707963267948966 | 0", "NaN -> NaN"),
        one("floor", 0.2, 0.8, Tensor::floor)
            .at("-0.5 -> -1 | 0", "2 -> 2 | 0", "∞ -> ∞", "NaN -> NaN"),
        one("rint", 0.6, 0.9, Tensor::rint)
            .at("0.5 -> 0 | 0", "1.5 -> 2 | 0", "-∞ -> -∞", "NaN -> NaN"),
        one("clamp", 0.2, 0.8, x -> x.clamp(0, 1))
            .at(
                "-1 -> 0 | 0",
                "0 -> 0 | 1",
                "1 -> 1 | 1",
                "2 -> 1 | 0",
                "∞ -> 1 | 0",
                "NaN -> NaN"),
        one("pow 3", -2, 2, x -> x.pow(3)).at("-2 -> -8 | 12", "0 -> 0 | 0"),
        one("pow 2", -2, 2, x -> x.pow(2)).at("-3 -> 9 | -6"),
        one("pow 1", -2, 2, x -> x.pow(1)).at("-3 -> -3 | 1", "0 -> 0 | 1"),
        one("pow 0", -2, 2, x -> x.pow(0)).at("-3 -> 1 | 0", "0 -> 1 | 0"),
        one("pow ½", 0.5, 2, x -> x.pow(0.5)).at("4 -> 2 | 0.25", "0 -> 0 | ∞"),
        one("plus 2", -2, 2, x -> x.plus(2)).at("1 -> 3 | 1"),
        one("minus 2", -2, 2, x -> x.minus(2)).at("1 -> -1 | 1"),
        one("times 2", -2, 2, x -> x.times(2)).at("3 -> 6 | 2"),
        one("div 2", -2, 2, x -> x.div(2)).at("3 -> 1.5 | 0.5", "∞ -> ∞"),
        one("rsub 2", -2, 2, x -> x.rsub(2)).at("3 -> -1 | -1", "∞ -> -∞", "2 -> 0"),
        one("rdiv 2", 0.5, 2, x -> x.rdiv(2)).at("4 -> 0.5 | -0.125", "0 -> ∞", "-0 -> -∞"),
        one("maximum 1", 1.2, 2, x -> x.maximum(1))
            .at("3 -> 3 | 1", "1 -> 1 | 0.5", "0 -> 1 | 0", "NaN -> NaN"),
        one("minimum 1", 0.2, 0.8, x -> x.minimum(1))
            .at("3 -> 1 | 0", "1 -> 1 | 0.5", "0 -> 0 | 1", "NaN -> NaN"));
  }

  static List<OpRow> joint() {
    return List.of(
        two("plus", -2, 2, Tensor::plus).at("1 2 -> 3 | 1 1", "∞ -∞ -> NaN"),
        two("minus", -2, 2, Tensor::minus).at("1 2 -> -1 | 1 -1", "∞ ∞ -> NaN"),
        two("times", -2, 2, Tensor::times).at("3 2 -> 6 | 2 3", "0 ∞ -> NaN"),
        two("div", 0.5, 2, Tensor::div).at("3 2 -> 1.5 | 0.5 -0.75", "1 0 -> ∞", "0 0 -> NaN"),
        two("maximum", -2, 2, Tensor::maximum)
            .at(
                "2 1 -> 2 | 1 0",
                "3 3 -> 3 | 0.5 0.5",
                "NaN 1 -> NaN",
                "1 NaN -> NaN",
                "-∞ 1 -> 1 | 0 1"),
        two("minimum", -2, 2, Tensor::minimum)
            .at("2 1 -> 1 | 0 1", "3 3 -> 3 | 0.5 0.5", "NaN 1 -> NaN", "∞ 1 -> 1 | 0 1"),
        two("pow", 0.5, 2, Tensor::pow)
            .at(
                "2 3 -> 8 | 12 5.545177444479562",
                "0 0 -> 1 | 0 0",
                "0 2 -> 0 | 0 0",
                "-2 2 -> 4 | -4 NaN",
                "0 -1 -> ∞"),
        two("equalTo", -2, 2, Tensor::equalTo)
            .at("1 1 -> 1 | 0 0", "0 -0 -> 1", "NaN NaN -> 0", "∞ ∞ -> 1"),
        two("notEqualTo", -2, 2, Tensor::notEqualTo)
            .at("1 1 -> 0 | 0 0", "1 2 -> 1", "NaN NaN -> 1"),
        two("lessThan", -2, 2, Tensor::lessThan)
            .at("1 1 -> 0 | 0 0", "1 2 -> 1", "NaN 1 -> 0", "-∞ ∞ -> 1"),
        two("lessOrEqual", -2, 2, Tensor::lessOrEqual)
            .at("1 1 -> 1 | 0 0", "2 1 -> 0", "1 NaN -> 0"),
        two("greaterThan", -2, 2, Tensor::greaterThan)
            .at("1 1 -> 0 | 0 0", "2 1 -> 1", "NaN 1 -> 0"),
        two("greaterOrEqual", -2, 2, Tensor::greaterOrEqual)
            .at("1 1 -> 1 | 0 0", "1 2 -> 0", "1 NaN -> 0"),
        one("equalTo 1", -2, 0, x -> x.equalTo(1)).at("1 -> 1 | 0", "2 -> 0"),
        one("notEqualTo 1", -2, 0, x -> x.notEqualTo(1)).at("1 -> 0 | 0", "2 -> 1"),
        one("lessThan 1", -2, 0, x -> x.lessThan(1)).at("1 -> 0 | 0", "0 -> 1"),
        one("lessOrEqual 1", -2, 0, x -> x.lessOrEqual(1)).at("1 -> 1 | 0", "2 -> 0"),
        one("greaterThan 1", -2, 0, x -> x.greaterThan(1)).at("1 -> 0 | 0", "2 -> 1"),
        one("greaterOrEqual 1", -2, 0, x -> x.greaterOrEqual(1)).at("1 -> 1 | 0", "0 -> 0"),
        new OpRow("where", -2, 2, a -> Tensor.where(a.get(0), a.get(1), a.get(2)))
            .on(s(2, 3), s(2, 3), s(2, 3))
            .on(s(3), s(2, 1), s(4, 1, 1))
            .at(
                "1 5 NaN -> 5 | 0 1 0",
                "0 NaN 7 -> 7 | 0 0 1",
                "-0 ∞ 7 -> 7 | 0 0 1",
                "NaN 5 7 -> 5 | 0 1 0"),
        two("where with a number", -2, 2, (c, x) -> Tensor.where(c, x, 3))
            .at("1 5 -> 5 | 0 1", "0 5 -> 3 | 0 0"),
        two("where with a number first", -2, 2, (c, x) -> Tensor.where(c, 3, x))
            .at("1 5 -> 3 | 0 0", "0 5 -> 5 | 0 1"),
        one("where between numbers", -2, 2, c -> Tensor.where(c, 3, 4))
            .at("1 -> 3 | 0", "0 -> 4 | 0"));
  }

  private static List<OpRow> folds() {
    return List.of(
        many("sum", x -> x.sum().square(), s(2, 3), s()),
        many("sum of an axis", x -> x.sum(1).square(), s(2, 3), s(2, 3, 2)),
        many("sumKeep", x -> x.minus(x.sumKeep(0, -1)).square(), s(2, 3, 2)),
        many("mean", x -> x.mean(0).square(), s(2, 3)),
        many("meanKeep", x -> x.minus(x.meanKeep()).square(), s(2, 3)),
        many("max", x -> x.max().square(), s(2, 3)),
        many("maxKeep", x -> x.times(x.maxKeep(1)), s(2, 3), s(2, 3, 2)),
        many("min", x -> x.min(0).square(), s(2, 3)),
        many("minKeep", x -> x.times(x.minKeep(1)), s(2, 3)),
        many("variance", x -> x.variance(1).square(), s(2, 3), s(2, 3, 2)),
        many("varianceKeep", x -> x.times(x.varianceKeep(0)), s(2, 3)),
        many("standardDeviation", x -> x.standardDeviation().square(), s(2, 3)),
        many("standardDeviationKeep", x -> x.div(x.standardDeviationKeep(-1)), s(2, 3)),
        many("norm", x -> x.norm(0).square(), s(2, 3)),
        many("normKeep", x -> x.div(x.normKeep(1)), s(2, 3), s(2, 3, 2)),
        many("softmax", x -> x.softmax(1).square(), s(2, 3), s(2, 3, 2)),
        many("logSoftmax", x -> x.logSoftmax(-1).square(), s(2, 3)),
        many("logSumExp", x -> x.logSumExp(0).square(), s(2, 3)));
  }

  private static List<OpRow> moves() {
    return List.of(
        many("reshape", x -> x.reshape(3, -1).square().sum(0).square(), s(2, 3), s(2, 3, 2)),
        many("squeeze", x -> x.sumKeep(1).squeeze(1).square(), s(2, 3)),
        many("unsqueeze", x -> x.unsqueeze(1).times(x), s(2, 3)),
        many("flatten", x -> x.flatten(1).sum(1).square(), s(2, 3, 2)),
        many("permute", x -> x.permute(2, 0, 1).square().sumKeep(0).square(), s(2, 3, 2)),
        many("broadcastTo", x -> x.broadcastTo(2, 4, 3).square().sum(2).square(), s(2, 1, 3), s(3)),
        many("slice", x -> x.slice(1, 1, 3).square().sum(0).square(), s(2, 3), s(2, 4, 2)),
        many("get", x -> x.get(-1).square().plus(x.get(0)), s(2, 3)),
        many(
            "pad",
            x -> x.pad(new int[] {1, 0}, new int[] {0, 2}).square().sum(0).square(),
            s(2, 3)),
        many("concat", x -> Tensor.concat(1, x, x.square(), x.sumKeep(1)).square(), s(2, 3)),
        many("stack", x -> Tensor.stack(-1, x, x.square()).square(), s(2, 3), s()),
        many("transpose", x -> x.transpose().times(x.sum(-1).unsqueeze(-2)), s(2, 3), s(2, 3, 2)),
        many("diff", x -> x.diff(1).square(), s(2, 3), s(2, 4, 2)),
        many("padReplicate", x -> x.padReplicate(s(1, 0), s(0, 2)).square(), s(2, 3)),
        many("padReplicate around pictures", x -> x.padReplicate(2).square(), s(1, 2, 3, 1)),
        many("padReflect", x -> x.padReflect(s(1, 0), s(0, 2)).square(), s(2, 3)),
        many("padReflect around pictures", x -> x.padReflect(2).square(), s(1, 2, 3, 3)),
        many("pairwise", x -> x.pairwise(1, Tensor::minus).square(), s(2, 3), s(2, 3, 2)),
        many("flip", x -> x.flip(1).times(x), s(2, 3), s(2, 3, 2)),
        many("stopGradient", x -> x.times(2).stopGradient().times(0).plus(x).square(), s(2, 3)));
  }
}
