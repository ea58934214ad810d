package io.lossmith.autodiff.optimizer;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.lossmith.autodiff.Parameter;
import io.lossmith.autodiff.Tensor;
import io.lossmith.core.ShapeException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class OptimizerMistakesTests {
  private static final Adam ADAM = Adam.of(0.01);
  private static final Sgd SGD = Sgd.of(0.01);
  private static final Parameter W = Parameter.of(new float[6], 2, 3);
  private static final Parameter B = Parameter.of(0);

  static Stream<Arguments> options() {
    return Stream.of(
        mistake(() -> Adam.of(-0.01), "Adam: rate is -0.01, must be ≥ 0 and finite"),
        mistake(() -> Adam.of(Double.NaN), "Adam: rate is NaN, must be ≥ 0 and finite"),
        mistake(() -> Sgd.of(-1), "Sgd: rate is -1.0, must be ≥ 0 and finite"),
        mistake(() -> ADAM.withBetas(1, 0.9), "Adam: beta1 is 1.0, must be ≥ 0 and < 1"),
        mistake(() -> ADAM.withBetas(0.9, -0.1), "Adam: beta2 is -0.1, must be ≥ 0 and < 1"),
        mistake(() -> ADAM.withBetas(Double.NaN, 0.9), "Adam: beta1 is NaN, must be ≥ 0 and < 1"),
        mistake(() -> ADAM.withEpsilon(0), "Adam: epsilon is 0.0, must be > 0 and finite"),
        mistake(
            () -> ADAM.withDecoupledWeightDecay(-1),
            "Adam: weight decay is -1.0, must be ≥ 0 and finite"),
        mistake(() -> ADAM.withMaxNorm(0), "Adam: max norm is 0.0, must be > 0 and finite"),
        mistake(() -> SGD.withMaxNorm(-1), "Sgd: max norm is -1.0, must be > 0 and finite"),
        mistake(() -> SGD.withMomentum(1), "Sgd: momentum is 1.0, must be ≥ 0 and < 1"),
        mistake(() -> SGD.withNesterovMomentum(-1), "Sgd: momentum is -1.0, must be ≥ 0 and < 1"),
        mistake(
            () -> SGD.withWeightDecay(Double.NaN),
            "Sgd: weight decay is NaN, must be ≥ 0 and finite"));
  }

  static Stream<Arguments> parameters() {
    float[] array = {1, 2};
    return Stream.of(
        mistake(() -> ADAM.over(List.of()), "Adam: there are no parameters, must be one or more"),
        mistake(
            () -> SGD.over(new float[0][]), "Sgd: there are no parameters, must be one or more"),
        mistake(
            () -> ADAM.over(W, B, W), "Adam: parameters 0 and 2 are one, must each be given once"),
        mistake(
            () -> SGD.over(array, array),
            "Sgd: parameters 0 and 1 are one, must each be given once"));
  }

  static Stream<Arguments> gradients() {
    Optimizer adam = ADAM.withMaxNorm(1).over(W, B);
    Optimizer own = Sgd.of(LearningRate.ofStep(steps -> -1)).over(B);
    Tensor w = Tensor.zeros(2, 3);
    float[] infinite = {0, 0, 0, 0, Float.POSITIVE_INFINITY, 0};
    String end = ", in step 1; nothing was changed: leave this batch out, or lower the rate";
    return Stream.of(
        mistake(
            () -> adam.step(new float[6]), "Adam: 1 gradients, must be 2, one for each parameter"),
        mistake(
            () -> adam.step(List.of(w, w, w)),
            "Adam: 3 gradients, must be 2, one for each parameter"),
        mistake(
            () -> adam.step(new float[5], new float[1]),
            "Adam: gradient 0 is 5 numbers, must be [2, 3]"),
        mistake(
            () -> adam.step(List.of(Tensor.zeros(3, 2), Tensor.scalar(0))),
            "Adam: gradient 0 is [3, 2], must be [2, 3]"),
        mistake(
            () -> adam.step(infinite, new float[1]),
            "Adam: gradient 0 at [1, 1] is Infinity, must be finite" + end),
        mistake(
            () -> adam.step(new float[6], new float[] {Float.NaN}),
            "Adam: gradient 1 at [] is NaN, must be finite" + end),
        mistake(
            () -> adam.step(new float[6], new float[] {1e30f}),
            "Adam: the norm of the gradients is above 3.4e38, must be less to be clipped" + end),
        mistake(
            () -> own.step(new float[1]),
            "LearningRate.ofStep: the rate after 0 steps is -1.0, must be ≥ 0 and finite"),
        mistake(() -> adam.scored(Double.NaN), "learning rate: the score is NaN, must be finite"));
  }

  static Stream<Arguments> states() {
    Optimizer adam = ADAM.over(W);
    Optimizer momentum = SGD.withMomentum(0.9).over(W, B);
    CurrentRate.State start = new CurrentRate.State(0, Scores.NONE);
    return Stream.of(
        mistake(
            () -> adam.restore(momentum.state()),
            "Adam: the state has moments [momentum], must have [mean, square]"),
        mistake(
            () -> momentum.restore(new Optimizer.State(start, Map.of())),
            "Sgd: the state has moments [], must have [momentum]"),
        mistake(
            () ->
                momentum.restore(
                    new Optimizer.State(start, Map.of("momentum", new float[][] {{1}, {2}}))),
            "Sgd: the state's moments momentum are of [1, 1] numbers, must be of [6, 1]"));
  }

  private static Arguments mistake(ThrowingCallable call, String message) {
    return arguments(call, message);
  }

  @ParameterizedTest(name = "{1}")
  @MethodSource({"options", "parameters", "gradients", "states"})
  void isSaidInOneLine(ThrowingCallable call, String message) {
    assertThatThrownBy(call)
        .isInstanceOfAny(IllegalArgumentException.class, ShapeException.class)
        .hasMessage(message);
  }

  @Test
  void aClosedOneSaysSo() {
    Optimizer adam = ADAM.over(B);
    adam.close();
    adam.close();
    assertThatThrownBy(() -> adam.step(new float[1]))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("Adam: this optimizer is closed; make it again");
  }
}
