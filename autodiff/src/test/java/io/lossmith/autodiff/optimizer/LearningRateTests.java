package io.lossmith.autodiff.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class LearningRateTests {
  private static final Plateau PLATEAU = LearningRate.plateau(0.1).withFactor(0.5);
  private static final String HIGHER = "plateau-higher";

  /** The cases of make_optimizers.py. */
  private static final Map<String, LearningRate> CASES =
      Map.of(
          "cosine",
          LearningRate.cosine(0.1, Torch.STEPS, 0.01),
          "plateau",
          LearningRate.plateau(0.1),
          "plateau-patience-2",
          PLATEAU.withPatience(2),
          "plateau-cooldown-3",
          PLATEAU.withPatience(1).withCooldown(3),
          "plateau-minimum",
          PLATEAU.withPatience(0).withMinimum(0.004),
          "plateau-threshold",
          PLATEAU.withPatience(2).withThreshold(0.1),
          HIGHER,
          PLATEAU.withPatience(3).withHigherIsBetter(true));

  static Stream<Torch.Line> torch() {
    return Torch.lines("rates.txt");
  }

  @ParameterizedTest
  @MethodSource("torch")
  void fiftyStepsHaveTheRatesOfTorch(Torch.Line torch) {
    CurrentRate rate = CASES.get(torch.name()).start();
    assertThat(torch.numbers()).hasSize(Torch.STEPS);
    for (int step = 1; step <= Torch.STEPS; step++) {
      double wanted = torch.numbers()[step - 1];
      assertThat(rate.value()).as("step %d", step).isCloseTo(wanted, within(1e-14));
      take(rate, step, torch.name());
    }
  }

  @Test
  void everyCaseIsComparedAndHasRatesThatChange() {
    assertThat(torch().map(Torch.Line::name)).containsExactlyInAnyOrderElementsOf(CASES.keySet());
    assertThat(torch())
        .allSatisfy(line -> assertThat(line.numbers()[49]).isLessThan(line.numbers()[0]));
  }

  @ParameterizedTest
  @MethodSource("torch")
  void whatIsRestoredGoesOnToTheBit(Torch.Line torch) {
    LearningRate rule = CASES.get(torch.name());
    CurrentRate whole = after(rule.start(), 1, Torch.STEPS, torch.name());
    for (int stop = 0; stop < Torch.STEPS; stop++) {
      CurrentRate resumed = rule.start();
      resumed.restore(after(rule.start(), 1, stop, torch.name()).state());
      after(resumed, stop + 1, Torch.STEPS, torch.name());
      assertThat(resumed.state()).isEqualTo(whole.state());
      assertThat(resumed.value()).isEqualTo(whole.value());
    }
  }

  private static CurrentRate after(CurrentRate rate, int from, int to, String name) {
    for (int step = from; step <= to; step++) {
      take(rate, step, name);
    }
    return rate;
  }

  private static void take(CurrentRate rate, int step, String name) {
    rate.stepped();
    rate.scored(name.equals(HIGHER) ? 3 - Torch.score(step) : Torch.score(step));
  }

  @Test
  void aCosineEndsWhereItIsToldAndStaysThere() {
    LearningRate rule = LearningRate.cosine(0.1, 10, 0.02);
    assertThat(rule.at(0, Scores.NONE)).isEqualTo(0.1);
    assertThat(rule.at(5, Scores.NONE)).isCloseTo(0.06, within(1e-15));
    assertThat(rule.at(10, Scores.NONE)).isEqualTo(0.02);
    assertThat(rule.at(1000, Scores.NONE)).isEqualTo(0.02);
    assertThat(LearningRate.cosine(0.1, 1).at(1, Scores.NONE)).isZero();
  }

  @Test
  void aRateOfOnesOwnIsAskedForEachStep() {
    CurrentRate rate = LearningRate.ofStep(steps -> 1.0 / (1 + steps)).start();
    assertThat(rate.value()).isEqualTo(1);
    rate.stepped();
    assertThat(rate.value()).isEqualTo(0.5);
    assertThat(rate.steps()).isOne();
  }

  @Test
  void aBestScoreBelowZeroMustBePassedToo() {
    CurrentRate rate = LearningRate.plateau(1).withPatience(0).withThreshold(0.1).start();
    rate.scored(-1);
    rate.scored(-1.05);
    assertThat(rate.value()).isEqualTo(0.1);
    rate.scored(-1.2);
    assertThat(rate.value()).isEqualTo(0.1);
    assertThat(rate.state().scores().best()).isEqualTo(-1.2);
  }

  @Test
  void rulesOfTheSameOptionsAreEqual() {
    assertThat(LearningRate.cosine(0.1, 5)).isEqualTo(LearningRate.cosine(0.1, 5, 0));
    assertThat(LearningRate.constant(0.1)).isEqualTo(LearningRate.constant(0.1));
    assertThat(PLATEAU.withPatience(2))
        .isEqualTo(PLATEAU.withPatience(2))
        .hasSameHashCodeAs(PLATEAU.withPatience(2))
        .isNotEqualTo(PLATEAU.withPatience(3));
  }

  static Stream<Arguments> mistakes() {
    LearningRate own = LearningRate.ofStep(steps -> steps == 2 ? Double.NaN : 1);
    CurrentRate rate = LearningRate.constant(1).start();
    return Stream.of(
        mistake(
            () -> LearningRate.constant(-0.1),
            "LearningRate.constant: rate is -0.1, must be ≥ 0 and finite"),
        mistake(
            () -> LearningRate.constant(Double.NaN),
            "LearningRate.constant: rate is NaN, must be ≥ 0 and finite"),
        mistake(
            () -> LearningRate.cosine(Double.POSITIVE_INFINITY, 5),
            "LearningRate.cosine: rate is Infinity, must be ≥ 0 and finite"),
        mistake(() -> LearningRate.cosine(1, 0), "LearningRate.cosine: steps is 0, must be ≥ 1"),
        mistake(
            () -> LearningRate.cosine(1, 5, -1),
            "LearningRate.cosine: last is -1.0, must be ≥ 0 and finite"),
        mistake(
            () -> LearningRate.plateau(-1),
            "LearningRate.plateau: rate is -1.0, must be ≥ 0 and finite"),
        mistake(
            () -> PLATEAU.withFactor(1),
            "LearningRate.plateau: factor is 1.0, must be > 0 and < 1"),
        mistake(
            () -> PLATEAU.withPatience(-1), "LearningRate.plateau: patience is -1, must be ≥ 0"),
        mistake(
            () -> PLATEAU.withThreshold(1),
            "LearningRate.plateau: threshold is 1.0, must be ≥ 0 and < 1"),
        mistake(
            () -> PLATEAU.withCooldown(-2), "LearningRate.plateau: cooldown is -2, must be ≥ 0"),
        mistake(
            () -> PLATEAU.withMinimum(0.2),
            "LearningRate.plateau: minimum is 0.2, must be within 0..0.1, the rate"),
        mistake(
            () -> own.at(2, Scores.NONE),
            "LearningRate.ofStep: the rate after 2 steps is NaN, must be ≥ 0 and finite"),
        mistake(() -> rate.scored(Double.NaN), "learning rate: the score is NaN, must be finite"),
        mistake(
            () -> new CurrentRate.State(-1, Scores.NONE),
            "CurrentRate.State: steps is -1, must be ≥ 0"),
        mistake(() -> new Scores(1, Double.NaN, 0, 0, 1), "Scores: best is NaN, must be finite"),
        mistake(() -> new Scores(1, 0, 0, 0, 2), "Scores: factor is 2.0, must be within 0..1"));
  }

  private static Arguments mistake(ThrowingCallable call, String message) {
    return arguments(call, message);
  }

  @ParameterizedTest(name = "{1}")
  @MethodSource("mistakes")
  void aMistakeIsSaidInOneLine(ThrowingCallable call, String message) {
    assertThatThrownBy(call).isInstanceOf(IllegalArgumentException.class).hasMessage(message);
  }
}
