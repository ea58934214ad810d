package io.lossmith.autodiff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.lossmith.core.Shape;
import java.util.List;
import org.junit.jupiter.api.Test;

class DoubleEvaluationTests {
  private static final List<Shape> TWO = List.of(Shape.of(2), Shape.of(2));

  @Test
  void nothingIsRoundedToFloat() {
    Tensor tenth = Tensor.of(new float[] {0.1f, 0.1f}, 2);
    DoubleEvaluation f =
        DoubleEvaluation.of(
            TWO,
            in -> {
              Tensor value = in.get(0).exp().times(in.get(1)).plus(tenth).sum();
              return List.of(value, Gradients.of(value, in.get(0)));
            });
    double[] x = {1e-9, 0.3};
    double[] y = {1, 7};
    double[][] results = f.run(x, y);
    double captured = 0.1f;
    assertThat(results[0][0])
        .isCloseTo(Math.exp(x[0]) + 7 * Math.exp(x[1]) + 2 * captured, within(1e-14));
    assertThat(results[1])
        .containsExactly(new double[] {Math.exp(x[0]), 7 * Math.exp(x[1])}, within(1e-14));
  }

  @Test
  void aParameterIsReadAtEachRun() {
    Parameter factor = Parameter.of(2);
    DoubleEvaluation f =
        DoubleEvaluation.of(List.of(Shape.of(1)), in -> List.of(in.get(0).times(factor)));
    assertThat(f.run(new double[] {3})[0]).containsExactly(6);
    factor.array()[0] = 5;
    assertThat(f.run(new double[] {3})[0]).containsExactly(15);
  }

  @Test
  void arraysMustFit() {
    DoubleEvaluation f = DoubleEvaluation.of(TWO, in -> List.of(in.get(0).plus(in.get(1))));
    assertThatThrownBy(() -> f.run(new double[2]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("double evaluation: 1 input arrays, must be 2");
    assertThatThrownBy(() -> f.run(new double[2], new double[1]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("input 1");
  }
}
