package io.lossmith.core.engine.cpu.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.lossmith.core.op.Unary;
import io.lossmith.core.op.ValueRange;
import java.util.Arrays;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** What all kernels owe on several operations at once: what the operations give one by one. */
public abstract class FusedKernelsContract {
  private static final float UNTOUCHED = 12345.678f;
  private static final int AT = 3;

  protected abstract FusedKernels fused();

  /** A loop over one stretch at {@link #AT} of three operands, of which it may ignore some. */
  private interface Loop {
    void run(float[] a, float[] b, float[] c, float[] out, int n);
  }

  private interface Formula {
    double apply(double a, double b, double c);
  }

  private static void check(Loop loop, Formula formula) {
    for (int n : Samples.lengths(16)) {
      float[] a = Samples.random(n + 5, 1, n);
      float[] b = Samples.random(n + 5, 1, n + 1);
      float[] c = Samples.random(n + 5, 1, n + 2);
      float[] out = new float[n + 5];
      Arrays.fill(out, UNTOUCHED);
      loop.run(a, b, c, out, n);
      for (int i = 0; i < out.length; i++) {
        double must = i < AT || i >= AT + n ? UNTOUCHED : formula.apply(a[i], b[i], c[i]);
        assertThat((double) out[i]).as("%d of %d", i - AT, n).isCloseTo(must, near(must));
      }
      float[] inPlace = a.clone();
      loop.run(inPlace, b, c, inPlace, n);
      assertThat(Arrays.copyOfRange(inPlace, AT, AT + n))
          .as("%d in place", n)
          .isEqualTo(Arrays.copyOfRange(out, AT, AT + n));
    }
  }

  private static Offset<Double> near(double must) {
    return Offset.offset(1e-6 * Math.max(1, Math.abs(must)));
  }

  @Test
  void clampKeepsWithin() {
    check(
        (a, b, c, out, n) -> fused().clamp(a, AT, -0.5f, 0.75f, out, AT, n),
        (a, b, c) -> Math.min(Math.max(a, -0.5), 0.75));
  }

  @Test
  void clampIsMinimumOfMaximumAtSpecialValues() {
    for (float[] limits : new float[][] {{0, 0}, {-0f, 1}, {0, 1}, {-1, 0}, {-3, 1e10f}}) {
      float[] a = Arrays.copyOf(Samples.special(), 128);
      float[] out = new float[128];
      fused().clamp(a, 0, limits[0], limits[1], out, 0, 128);
      for (int i = 0; i < 128; i++) {
        float must = Math.min(Math.max(a[i], limits[0]), limits[1]);
        // A zero may have either sign where a limit is a zero.
        assertThat(Float.valueOf(out[i] + 0f))
            .as("%s in %s", a[i], Arrays.toString(limits))
            .isEqualTo(Float.valueOf(must + 0f));
      }
    }
  }

  @Test
  void whatFlowsBackThroughASigmoid() {
    check(
        (a, b, c, out, n) -> fused().sigmoidSlope(a, AT, b, AT, out, AT, n),
        (a, b, c) -> a * b * (1 - b));
  }

  @Test
  void productsAreTakenFrom() {
    check(
        (a, b, c, out, n) -> fused().multiplyFrom(a, AT, b, AT, c, AT, out, AT, n),
        (a, b, c) -> c - a * b);
    check(
        (a, b, c, out, n) -> fused().multiplyFrom(a, AT, b, AT, 0.625f, out, AT, n),
        (a, b, c) -> 0.625 - a * b);
  }

  @Test
  void quotientsAreTakenWhereTheDivisorIsLargeEnough() {
    check(
        (a, b, c, out, n) ->
            fused().quotient(new Quotient(0.125f, -3), a, AT, b, AT, c, AT, out, AT, n),
        (a, b, c) -> -3 * (b >= 0.125 ? a / b : c));
    float[] a = Arrays.copyOf(Samples.special(), 128);
    float[] ones = new float[128];
    Arrays.fill(ones, 1);
    float[] out = new float[128];
    Quotient normal = new Quotient(Float.MIN_NORMAL, 1);
    fused().quotient(normal, ones, 0, a, 0, a, 0, out, 0, 128);
    for (int i = 0; i < 128; i++) {
      float must = a[i] >= Float.MIN_NORMAL ? 1 / a[i] : a[i];
      assertThat(Float.valueOf(out[i])).as("of %s", a[i]).isEqualTo(Float.valueOf(must));
    }
  }

  /**
   * Limits above and below what a normal float can give; operands among which all, or some, are.
   */
  @Test
  void logarithmsAreAtLeastTheirLimit() {
    for (float low : new float[] {-100, -87, -2, 0.25f, Float.NEGATIVE_INFINITY}) {
      for (Unary op : new Unary[] {Unary.LOG, Unary.LOG1P}) {
        for (float[] odd : new float[][] {{}, Samples.special(), {0}, {-1}, {Float.MIN_VALUE}}) {
          assertIsLogarithm(op, low, odd);
        }
      }
    }
  }

  private void assertIsLogarithm(Unary op, float low, float[] odd) {
    for (int n : Samples.lengths(16)) {
      float[] a = new float[n + 5];
      for (int i = 0; i < a.length; i++) {
        int at = (i * 7 + n) % 130;
        a[i] = at < odd.length ? odd[at] : (i * 31 % 97 + 1) / 40f;
      }
      float[] out = new float[n + 5];
      Arrays.fill(out, UNTOUCHED);
      fused().logarithm(op, a, AT, low, out, AT, n);
      for (int i = 0; i < out.length; i++) {
        boolean inside = i >= AT && i < AT + n;
        double must = inside ? Math.max(op.apply(a[i]), low) : UNTOUCHED;
        boolean near = Math.abs(out[i] - must) <= 1e-6 * Math.max(1, Math.abs(must));
        assertThat(near || Double.compare(out[i], must) == 0)
            .as("%s of %s, at least %s: is %s, must be %s", op, a[i], low, out[i], must)
            .isTrue();
      }
      fused().logarithm(op, a, AT, low, a, AT, n);
      assertThat(Arrays.copyOfRange(a, AT, AT + n))
          .as("%d in place", n)
          .isEqualTo(Arrays.copyOfRange(out, AT, AT + n));
    }
  }

  /** Every special value alone among good ones, and all of them together. */
  @Test
  void whatIsOutsideIsCounted() {
    double infinity = Double.POSITIVE_INFINITY;
    for (ValueRange range :
        List.of(
            ValueRange.of(0, 1),
            ValueRange.of(0, 20),
            ValueRange.of(-9, Float.MAX_VALUE),
            ValueRange.of(-infinity, infinity))) {
      for (ValueRange some : List.of(range, range.or(50), range.or(-1))) {
        assertCounts(some);
        assertCounts(some.orNaN());
        assertCounts(some.wholeNumbers());
        assertCounts(some.wholeNumbers().orNaN());
      }
    }
  }

  private void assertCounts(ValueRange range) {
    float[] special = Samples.special();
    for (int n : Samples.lengths(16)) {
      float[] a = new float[n + 5];
      Arrays.fill(a, 1);
      for (int i = 0; i < special.length && n > 0; i++) {
        int at = AT + i * 7 % n;
        a[at] = special[i];
        assertThat(fused().outside(range, a, AT, n))
            .as("%s among %d, %s", special[i], n, range)
            .isEqualTo(range.holds(special[i]) ? 0 : 1);
        a[at] = 1;
      }
      System.arraycopy(special, 0, a, AT, Math.min(n, special.length));
      int count = 0;
      for (int i = AT; i < AT + n; i++) {
        count += range.holds(a[i]) ? 0 : 1;
      }
      assertThat(fused().outside(range, a, AT, n)).as("%d, %s", n, range).isEqualTo(count);
    }
  }
}
