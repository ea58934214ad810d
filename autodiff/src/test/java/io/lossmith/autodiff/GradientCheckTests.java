package io.lossmith.autodiff;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lossmith.core.engine.Engine;
import io.lossmith.core.engine.MadeUpEngine;
import io.lossmith.core.engine.reference.ReferenceEngine;
import io.lossmith.core.graph.Graph;
import java.util.List;
import org.junit.jupiter.api.Test;

class GradientCheckTests {
  private static final Tensor X = Tensor.of(new float[] {1, 2, 3, 4}, 2, 2);

  private static Tensor wrong(Tensor x) {
    Tensor factor = Tensor.of(new float[] {2, 2, 2, 3}, 2, 2);
    return CustomGradient.of(x.square(), List.of(x), g -> List.of(g.times(factor).times(x)));
  }

  @Test
  void saysWhereAndByHowMuchAGradientIsWrong() {
    String message =
        "GradientCheck: the gradient to input 1 at [1, 1] = 4.0 is 12.0000000, finite differences"
            + " give 8.00000000; off by 4.00, allowed 8.00e-05";
    GradientCheck check = GradientCheck.of(a -> a.get(0).plus(wrong(a.get(1))));
    assertThatThrownBy(() -> check.first(Tensor.scalar(1), X))
        .isExactlyInstanceOf(AssertionError.class)
        .hasMessage(message);
    assertThatThrownBy(() -> check.withEveryElement().first(Tensor.scalar(1), X))
        .hasMessage(message);
  }

  @Test
  void findsAWrongSecondGradient() {
    GradientCheck check =
        GradientCheck.of(
            a ->
                CustomGradient.of(
                    a.get(0).square(), a, g -> List.of(g.times(a.get(0).stopGradient().times(2)))));
    assertThatCode(() -> check.first(X)).doesNotThrowAnyException();
    assertThatThrownBy(() -> check.second(X)).hasMessageContaining("second gradient to input 0");
  }

  @Test
  void passesWhatIsRight() {
    GradientCheck check = GradientCheck.of(a -> a.get(0).exp().log1p()).withSeed(5).withStep(1e-6);
    assertThatCode(() -> check.first(X)).doesNotThrowAnyException();
    assertThatCode(() -> check.withTolerance(1e-4).second(X)).doesNotThrowAnyException();
  }

  @Test
  void nanIsADifference() {
    assertThatThrownBy(() -> GradientCheck.of(a -> a.get(0).minus(9).log()).first(X))
        .isInstanceOf(AssertionError.class);
  }

  /** The reference, but for one number of one output. */
  private static Engine wrong(int output, int element, float by) {
    return new MadeUpEngine("wrong") {
      @Override
      protected void run(Graph graph, float[][] inputs, float[][] outputs) {
        new ReferenceEngine().compile(graph).run(inputs, outputs);
        if (output < outputs.length && element < outputs[output].length) {
          outputs[output][element] += by;
        }
      }
    };
  }

  private static GradientCheck on(Engine engine) {
    return GradientCheck.of(a -> a.get(0).square().plus(a.get(1).square()), engine);
  }

  @Test
  void saysWhereAnEngineIsWrong() {
    assertThatThrownBy(() -> on(wrong(1, 3, 0.5f)).first(Tensor.scalar(1), X))
        .isExactlyInstanceOf(AssertionError.class)
        .hasMessage(
            "GradientCheck: the gradient to input 1 at [1, 1] is 8.50000000 on the engine wrong,"
                + " 8.00000000 on the reference; off by 0.500, allowed 0.00800");
    assertThatThrownBy(() -> on(wrong(0, 2, -1)).first(Tensor.scalar(1), X))
        .hasMessageStartingWith("GradientCheck: the value at [1, 0] is ");
    assertThatThrownBy(() -> on(wrong(1, 0, 0.1f)).second(Tensor.scalar(1), X))
        .hasMessageStartingWith("GradientCheck: the second gradient to input 1 at [0, 0] is ");
    assertThatThrownBy(() -> on(wrong(1, 0, Float.NaN)).first(Tensor.scalar(1), X))
        .hasMessageContaining("NaN on the engine wrong");
  }

  @Test
  void anEngineMayBeOffByLittle() {
    Engine engine = wrong(1, 3, 1e-3f);
    assertThatCode(() -> on(engine).first(Tensor.scalar(1), X)).doesNotThrowAnyException();
    assertThatThrownBy(() -> on(engine).withEngineTolerance(1e-5).first(Tensor.scalar(1), X))
        .isInstanceOf(AssertionError.class);
  }

  @Test
  void aWrongRuleIsNotTheEngines() {
    assertThatThrownBy(() -> GradientCheck.of(a -> wrong(a.get(0)), wrong(0, 0, 9)).first(X))
        .hasMessageContaining("finite differences give");
  }
}
