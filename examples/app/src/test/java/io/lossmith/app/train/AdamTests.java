package io.lossmith.app.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class AdamTests {
  @Test
  void threeStepsAreWhatTheFormulaGives() {
    float[][] x = {{1, -2}};
    double[] expected = {1, -2};
    double[] m = new double[2];
    double[] v = new double[2];
    float[][] gradients = {{0.5f, -3}, {0.1f, 4}, {-2, 0.25f}};
    Adam adam = new Adam(0.1, x);
    for (int t = 1; t <= 3; t++) {
      adam.step(x, new float[][] {gradients[t - 1]});
      for (int i = 0; i < 2; i++) {
        double g = gradients[t - 1][i];
        m[i] = 0.9 * m[i] + 0.1 * g;
        v[i] = 0.999 * v[i] + 0.001 * g * g;
        double mean = m[i] / (1 - Math.pow(0.9, t));
        double square = v[i] / (1 - Math.pow(0.999, t));
        expected[i] -= 0.1 * mean / (Math.sqrt(square) + 1e-8);
        assertThat((double) x[0][i]).isCloseTo(expected[i], within(1e-5));
      }
    }
  }

  @Test
  void theFirstStepIsTheRateWhateverTheGradient() {
    float[][] x = {{0, 0, 0}};
    new Adam(0.01, x).step(x, new float[][] {{1e-3f, -50, 0}});
    assertThat(x[0]).containsExactly(new float[] {-0.01f, 0.01f, 0}, within(1e-5f));
  }
}
