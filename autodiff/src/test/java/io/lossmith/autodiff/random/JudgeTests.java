package io.lossmith.autodiff.random;

import static org.assertj.core.api.Assertions.assertThat;

import io.lossmith.autodiff.Tensor;
import io.lossmith.autodiff.Traced;
import io.lossmith.core.Shape;
import io.lossmith.core.graph.Graph;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Whether the judge tells what is wrong from what nobody can say. */
class JudgeTests {
  private static final Shape SHAPE = Shape.of(20, 5);

  private final float[] numbers = new float[SHAPE.count()];

  JudgeTests() {
    Random random = new Random(1);
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = (float) random.nextGaussian();
    }
  }

  private Judge judge(UnaryOperator<Tensor> f) {
    Graph graph = Traced.of(List.of(SHAPE), in -> List.of(f.apply(in.get(0)))).graph();
    return new Judge(graph, new float[][] {numbers}, List.of("value"));
  }

  @Test
  void anOrdinaryFormulaCanBeJudged() {
    assertThat(judge(x -> x.sigmoid().softmax(1).log().mean()).isStable()).isTrue();
  }

  @Test
  void aValueTiesWithItsOwnMaximumWhateverTheRounding() {
    assertThat(judge(x -> x.sigmoid().equalTo(x.sigmoid().maxKeep(1))).isStable()).isTrue();
    assertThat(judge(x -> x.exp().minus(x.exp().flip(0).flip(0)).sign()).isStable()).isTrue();
  }

  @Test
  void numbersThatTieStayTied() {
    assertThat(judge(x -> x.rint().exp().equalTo(x.rint().exp().maxKeep(0))).isStable()).isTrue();
  }

  @Test
  void whatTiesInExactArithmeticOnlyCannotBeJudged() {
    assertThat(judge(x -> x.div(3).times(3).equalTo(x)).isStable()).isFalse();
    assertThat(judge(x -> x.softmax(1).sum(1).lessThan(1)).isStable()).isFalse();
  }

  @Test
  void whatTiesInFloatsOnlyCannotBeJudged() {
    assertThat(judge(x -> x.times(1e-9).plus(1).equalTo(1)).isStable()).isFalse();
    assertThat(judge(x -> x.sum().times(1e-10).plus(1).lessThan(1)).isStable()).isFalse();
    assertThat(judge(x -> x.times(0.1).plus(1).lessThan(0.5)).isStable()).isTrue();
  }

  /** Equal in exact arithmetic, and after one error in four not: few errors may miss that. */
  @Test
  void whereAnEngineDiffersManyErrorsAreTried() {
    Judge judge = Trial.of(Formula.of(70116293)).judge();
    assertThat(judge.isStable()).isTrue();
    assertThat(judge.isStableAfterAll()).isFalse();
    assertThat(judge(x -> x.sigmoid().softmax(1).log().mean()).isStableAfterAll()).isTrue();
  }

  @Test
  void whatCancelsCannotBeJudged() {
    assertThat(judge(x -> x.plus(1e6).minus(1e6)).isStable()).isFalse();
  }

  @Test
  void whatIsNearlyOneCannotBeJudgedByWhatIsLacking() {
    assertThat(judge(x -> x.abs().plus(20).tanh().square().minus(1).times(100)).isStable())
        .isFalse();
  }

  @Test
  void whatFloatsCannotHoldCannotBeJudged() {
    assertThat(judge(x -> x.abs().plus(90).exp().log()).isStable()).isFalse();
    assertThat(judge(x -> x.log()).isFinite()).isFalse();
  }

  /** Floats hold e to the power −90, but engines give 0 for what is below all normal floats. */
  @Test
  void whatIsBelowAllNormalFloatsCannotBeJudgedByNotBeingZero() {
    assertThat(judge(x -> isLeast(x.minus(90).exp())).isStable()).isFalse();
    assertThat(judge(x -> Tensor.scalar(0).lessThan(x.minus(90).sigmoid())).isStable()).isFalse();
    assertThat(judge(x -> x.minus(90).exp().mean()).isStable()).isTrue();
    assertThat(judge(x -> isLeast(x.minus(80).exp())).isStable()).isTrue();
    assertThat(judge(x -> isLeast(x.times(1e-39))).isStable()).isTrue();
  }

  private static Tensor isLeast(Tensor x) {
    return x.equalTo(x.minKeep(0));
  }

  @Test
  void aWrongNumberIsFound() {
    float[] wrong = numbers.clone();
    wrong[7] += 0.01f;
    Outcome outcome = judge(x -> x).compare(new float[][] {wrong});
    assertThat(outcome.kind()).isEqualTo("wrong value");
    assertThat(outcome.numbers()).startsWith("1 of 100 ").contains("at 7 ");
  }

  @Test
  void aMultipleIsSaidToBeOne() {
    float[] thrice = new float[numbers.length];
    for (int i = 0; i < thrice.length; i++) {
      thrice[i] = 3 * numbers[i];
    }
    Outcome outcome = judge(x -> x).compare(new float[][] {thrice});
    assertThat(outcome.kind()).isEqualTo("wrong value (a multiple)");
    assertThat(outcome.numbers()).endsWith("3 times as much");
  }

  @Test
  void roundingIsNoDifference() {
    float[] rounded = new float[numbers.length];
    for (int i = 0; i < rounded.length; i++) {
      rounded[i] = Math.nextUp(numbers[i]);
    }
    assertThat(judge(x -> x).compare(new float[][] {rounded})).isEqualTo(Outcome.AGREES);
  }
}
