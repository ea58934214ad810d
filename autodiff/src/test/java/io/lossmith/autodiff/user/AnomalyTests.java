package io.lossmith.autodiff.user;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lossmith.autodiff.Gradients;
import io.lossmith.autodiff.Tensor;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whether the anomaly mode finds what made a number that is none. */
class AnomalyTests {
  @BeforeEach
  void watch() {
    System.setProperty("lossmith.anomaly", "");
  }

  @AfterEach
  void stopWatching() {
    System.clearProperty("lossmith.anomaly");
  }

  private static Tensor gradient(Function<Tensor, Tensor> f, float... x) {
    return Gradients.valueAndGradient(f).apply(Tensor.of(x, x.length)).gradient();
  }

  @Test
  void theFirstOperationAndItsLineAreNamed() {
    assertThatThrownBy(() -> gradient(x -> x.minus(0.25).log().times(3).sum(), 1, 0.25f, 2))
        .isInstanceOf(ArithmeticException.class)
        .hasMessageContaining("anomaly: log [3] gave -Infinity at [1] from 0.0")
        .hasMessageContaining("AnomalyTests.java");
  }

  @Test
  void anOperationOfTheGradientIsNamedByTheLineItComesFrom() {
    assertThatThrownBy(() -> gradient(x -> x.times(1.5).sqrt().sum(), 4, 0))
        .isInstanceOf(ArithmeticException.class)
        .hasMessageContaining("anomaly: ")
        .hasMessageContaining("gave Infinity at [1]")
        .hasMessageContaining("AnomalyTests.java");
  }

  @Test
  void whatIsSelectedAwayIsNoAnomaly() {
    Tensor safe = gradient(x -> Tensor.where(x.greaterThan(0.125), x.square(), 7).sum(), 1, 0);
    assertThat(safe.toArray()).containsExactly(2, 0);
    Tensor masked =
        Tensor.where(Tensor.of(new float[] {1, 0}, 2), Tensor.of(new float[] {3, 0}, 2).log(), 0);
    assertThat(masked.toArray()[1]).isZero();
  }

  @Test
  void badInputIsNamedAsSuch() {
    assertThatThrownBy(() -> gradient(x -> x.times(1.75).sum(), 1, Float.NaN, 2))
        .isInstanceOf(ArithmeticException.class)
        .hasMessageContaining("anomaly: input 0 [3] is NaN at [1]");
  }
}
