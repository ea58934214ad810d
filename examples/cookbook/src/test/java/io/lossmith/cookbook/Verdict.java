package io.lossmith.cookbook;

import org.jspecify.annotations.Nullable;

/**
 * Compares numbers of an engine with PyTorch's in float64.
 *
 * <p>A value may be off by 2e-6 of itself, about 30 roundings of float32, and an element of the
 * gradient by 1e-5 of the largest one. Sums over the gradient may be off as if all elements were
 * off by half of that, each by its own size: √(n·Σg²) is never less than Σ|g|.
 *
 * <p>The region mutual information is the exception, its gradient ten times that. It is made of
 * covariances that are a thousandth of the products summed for them where prediction and target
 * have little in common, so that their roundings count a thousandfold; PyTorch's own float32 is off
 * by 2e-5 at the real size, and the authors compute in float64.
 */
record Verdict(Case expected) {
  private static final double VALUE = 2e-6;
  private static final double GRADIENT = 1e-5;

  /** Returns what is wrong, or null. */
  @Nullable String complaint(float value, float[] gradient) {
    double want = expected.line().real("value");
    if (!(Math.abs(value - want) <= VALUE * Math.abs(want))) {
      return "value is " + value + ", must be " + want + off(value, want, Math.abs(want));
    }
    double largest = expected.line().real("largest");
    double[] elements = expected.line().reals("elements");
    for (int i = 0; i < elements.length; i++) {
      int at = place(i, gradient.length);
      if (!(Math.abs(gradient[at] - elements[i]) <= gradientTolerance() * largest)) {
        return "gradient at "
            + at
            + " is "
            + gradient[at]
            + ", must be "
            + elements[i]
            + off(gradient[at], elements[i], largest);
      }
    }
    return sums(gradient);
  }

  private @Nullable String sums(float[] gradient) {
    double sum = 0;
    double squares = 0;
    double mixed = 0;
    double largest = 0;
    float[] weights = MadeInput.numbers(gradient.length, 2, -1, 1);
    for (int i = 0; i < gradient.length; i++) {
      double g = gradient[i];
      sum += g;
      squares += g * g;
      mixed += g * weights[i];
      largest = Math.max(largest, Math.abs(g));
    }
    double all = Math.sqrt(gradient.length * expected.line().real("squares"));
    String complaint = compare("sum", sum, all);
    complaint = complaint == null ? compare("mixed", mixed, all) : complaint;
    complaint =
        complaint == null
            ? compare("squares", squares, 2 * expected.line().real("squares"))
            : complaint;
    return complaint == null ? compare("largest", largest, 2 * largest) : complaint;
  }

  private @Nullable String compare(String what, double got, double scale) {
    double want = expected.line().real(what);
    return Math.abs(got - want) <= gradientTolerance() / 2 * scale
        ? null
        : "gradient's " + what + " is " + got + ", must be " + want + off(got, want, scale);
  }

  private static String off(double got, double want, double scale) {
    return ", off by " + Math.abs(got - want) / scale + " of " + scale;
  }

  private static int place(int i, int count) {
    return i == 0 ? 0 : i == 1 ? count - 1 : MadeInput.whole(i, 1, count);
  }

  private double gradientTolerance() {
    return expected.name().equals("region_mutual_information") ? 10 * GRADIENT : GRADIENT;
  }
}
