package io.lossmith.app.train;

/**
 * The Adam optimiser: each number moves against its gradient's running mean, divided by the root of
 * the running mean of its square.
 *
 * <pre>m ← β₁m + (1 − β₁)g    v ← β₂v + (1 − β₂)g²    x ← x − rate · m̂ / (√v̂ + ε)
 * m̂ = m / (1 − β₁ᵗ)    v̂ = v / (1 − β₂ᵗ)    β₁ = 0.9, β₂ = 0.999, ε = 1e-8</pre>
 *
 * <p>Source: Kingma, Ba 2014, arXiv:1412.6980.
 */
public final class Adam {
  private static final double BETA1 = 0.9;
  private static final double BETA2 = 0.999;
  private static final float EPSILON = 1e-8f;

  private final double rate;
  private final float[][] means;
  private final float[][] squares;
  private int steps;

  /** Makes an optimiser for arrays of the sizes of {@code parameters}. */
  public Adam(double rate, float[][] parameters) {
    this.rate = rate;
    this.means = new float[parameters.length][];
    this.squares = new float[parameters.length][];
    for (int k = 0; k < parameters.length; k++) {
      means[k] = new float[parameters[k].length];
      squares[k] = new float[parameters[k].length];
    }
  }

  /** Moves the parameters one step; gradients are not modified. */
  public void step(float[][] parameters, float[][] gradients) {
    steps++;
    float pace = (float) (rate / (1 - Math.pow(BETA1, steps)));
    float correction = (float) (1 / Math.sqrt(1 - Math.pow(BETA2, steps)));
    for (int k = 0; k < parameters.length; k++) {
      step(parameters[k], gradients[k], means[k], squares[k], pace, correction);
    }
  }

  /** Returns the running means of the gradients: the live arrays. */
  float[][] means() {
    return means;
  }

  /** Returns the running means of their squares: the live arrays. */
  float[][] squares() {
    return squares;
  }

  /** Goes on from where another optimiser was after so many steps. */
  void restore(float[][] means, float[][] squares, int steps) {
    for (int k = 0; k < means.length; k++) {
      System.arraycopy(means[k], 0, this.means[k], 0, this.means[k].length);
      System.arraycopy(squares[k], 0, this.squares[k], 0, this.squares[k].length);
    }
    this.steps = steps;
  }

  private static void step(
      float[] x, float[] gradient, float[] mean, float[] square, float pace, float correction) {
    for (int i = 0; i < x.length; i++) {
      float g = gradient[i];
      mean[i] = (float) BETA1 * mean[i] + (float) (1 - BETA1) * g;
      square[i] = (float) BETA2 * square[i] + (float) (1 - BETA2) * g * g;
      x[i] -= pace * mean[i] / ((float) Math.sqrt(square[i]) * correction + EPSILON);
    }
  }
}
