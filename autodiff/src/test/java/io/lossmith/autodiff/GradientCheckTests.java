package io.lossmith.autodiff;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
}
