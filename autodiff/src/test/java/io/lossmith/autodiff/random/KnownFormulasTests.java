package io.lossmith.autodiff.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.lossmith.autodiff.Gradients;
import io.lossmith.autodiff.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Formulas that a planner easily gets wrong: folds over several axes beside others over some of
 * them, and values that more than one joined instruction would take.
 */
class KnownFormulasTests {
  @TestFactory
  Stream<DynamicTest> aFoldCountsEachElementOnce() {
    return cases(
        formula(
            "rows less a sum over two axes",
            l -> l.get(0).minus(l.get(1).sum(0, 1)).square().sum(),
            a(2, 16),
            a(2, 2, 16)),
        formula(
            "rows less a sum over two axes, one of another size",
            l -> l.get(0).minus(l.get(1).sum(0, 1)).square().sum(),
            a(4, 16),
            a(4, 3, 16)),
        formula(
            "an axis of 1 less a sum over two axes",
            l -> l.get(0).minus(l.get(1).sumKeep(0, 1)).square().sum(),
            a(6, 1, 20),
            a(6, 4, 20)),
        formula(
            "a product with a sum over two axes",
            l -> l.get(0).times(l.get(1).sumKeep(0, 1)).square().sum(),
            a(6, 1, 20),
            a(6, 4, 20)),
        formula(
            "powers times powers of a sum",
            l -> l.get(0).exp().times(l.get(1).sumKeep(0, 1).exp()).sum(),
            a(2, 1, 16),
            a(2, 3, 16)),
        formula(
            "rows less a sum over rows",
            l -> l.get(0).minus(l.get(1).sum(0)).square().sum(),
            a(4, 16),
            a(4, 16)),
        formula(
            "overlap over two axes by size over one",
            l ->
                l.get(0)
                    .times(l.get(1))
                    .sumKeep(0, 1)
                    .div(l.get(0).sumKeep(0).plus(1))
                    .square()
                    .mean(),
            a(2, 2, 16),
            a(2, 2, 16)),
        formula(
            "a sum over one axis by a sum over two",
            l -> l.get(0).sumKeep(0).div(l.get(1).sumKeep(0, 1)).square().mean(),
            a(2, 2, 16),
            a(2, 2, 16)),
        formula(
            "batch means less the grand mean",
            l -> l.get(0).mean(0).minus(l.get(0).mean(0, 1)).square().mean(),
            a(4, 3, 16)),
        formula(
            "variance between classes",
            l -> l.get(0).meanKeep(1).minus(l.get(0).meanKeep(0, 1)).square().mean(),
            a(4, 3, 16, 16)),
        formula(
            "size by grand size",
            l -> l.get(0).square().mean(0).div(l.get(0).square().mean(0, 1)).sqrt().sum(),
            a(4, 3, 64)),
        formula(
            "a Dice of two kinds of axes, small",
            KnownFormulas::dice,
            a(2, 1, 2, 17),
            a(2, 1, 2, 17)),
        formula("a Dice beside a mean of other rows", KnownFormulas::wideDice, a(5, 1, 2, 5)),
        formula("a Dice of log-sum-exps", KnownFormulas::diceOfLogs, a(2, 2, 17), a(2, 2, 17)),
        formula(
            "numbers unlike the least of all",
            KnownFormulas::unlikeTheLeast,
            a(2, 1, 4, 4),
            a(2, 1, 4, 4)),
        formula("differences of a profile", KnownFormulas::profile, a(6, 4, 20)));
  }

  @TestFactory
  Stream<DynamicTest> aGradientCountsEachElementOnce() {
    return cases(
        withGradient("log-sum-exp of pairs, twice", KnownFormulas::pairs, a(4, 1, 12)),
        withGradient(
            "mean of a broadcast",
            x -> x.broadcastTo(2, 3, 2, 3, 3).mean(2, 3).square().mean(),
            a(3, 2, 3, 3)),
        withGradient(
            "mean over one axis of what has several",
            x -> x.mean(1).permute(1, 0).softmax(1).square().sum(),
            a(6, 4, 20)),
        withSecond("differences of a Dice", KnownFormulas::diceDifferences, a(2, 2, 1, 20)));
  }

  @TestFactory
  Stream<DynamicTest> aValueIsComputedByOneInstruction() {
    return cases(
        formula(
            "a scaled power that is only summed",
            l -> l.get(0).minus(l.get(1)).exp().times(l.get(2).sum(0)).sum(),
            a(2, 16),
            a(16),
            a(2, 16)),
        formula(
            "a scaled power that is also stored",
            l -> l.get(0).minus(l.get(1)).exp().times(l.get(2).sum(0)).minus(l.get(0)).abs().sum(),
            a(2, 16),
            a(16),
            a(2, 16)),
        formula(
            "a scaled power times a scaled power",
            l ->
                l.get(0)
                    .minus(l.get(1))
                    .exp()
                    .times(l.get(2).minus(l.get(1)).exp().times(l.get(2).sum(0)))
                    .sum(),
            a(2, 16),
            a(16),
            a(2, 16)),
        formula(
            "a choice by label less a sum, times what is summed, two classes",
            KnownFormulas.labels(2),
            a(2, 16),
            a(16),
            a(2, 16),
            a(2)),
        formula(
            "a choice by label less a sum, times what is summed",
            KnownFormulas.labels(4),
            a(4, 16),
            a(16),
            a(4, 16),
            a(4)),
        withGradient(
            "two iterations of Sinkhorn", f -> KnownFormulas.sinkhorn(f, 3).sum(), a(2, 8)),
        withGradient("a Sinkhorn half, then pairs", KnownFormulas::pairsOfHalf, a(2, 8)),
        withGradient(
            "a Sinkhorn half, then squares of pairs", KnownFormulas::squaresOfHalf, a(2, 1, 13)));
  }

  @TestFactory
  Stream<DynamicTest> onesAddUpToTheirNumber() {
    return Contender.cpu().stream()
        .map(
            contender ->
                dynamicTest(
                    contender.name(),
                    () -> {
                      OnEngine ones = OnEngine.of(l -> List.of(KnownFormulas.profileOfOnes()));
                      assertThat(ones.on(contender.engine())[0][0]).isEqualTo(120);
                    }));
  }

  private record Case(String name, OnEngine formula) {}

  private static int[] a(int... sizes) {
    return sizes;
  }

  private static Case formula(String name, Function<List<Tensor>, Tensor> f, int[]... sizes) {
    return new Case(name, OnEngine.of(l -> List.of(f.apply(l)), sizes));
  }

  private static Case withGradient(String name, UnaryOperator<Tensor> f, int... sizes) {
    return new Case(
        name,
        OnEngine.of(
            l -> {
              Tensor value = f.apply(l.get(0));
              return List.of(value, Gradients.of(value, l.get(0)));
            },
            sizes));
  }

  private static Case withSecond(String name, UnaryOperator<Tensor> f, int... sizes) {
    return new Case(
        name,
        OnEngine.of(
            l -> {
              Tensor g = Gradients.of(f.apply(l.get(0)), l.get(0));
              return List.of(g, Gradients.of(g.square().sum().plus(g.sum()), l.get(0)));
            },
            sizes));
  }

  private static Stream<DynamicTest> cases(Case... cases) {
    List<DynamicTest> tests = new ArrayList<>();
    for (Case one : cases) {
      for (Contender contender : Contender.cpu()) {
        tests.add(
            dynamicTest(
                contender.name() + ": " + one.name,
                () -> one.formula.requireReference(contender.engine(), 1e-4)));
      }
    }
    return tests.stream();
  }
}
