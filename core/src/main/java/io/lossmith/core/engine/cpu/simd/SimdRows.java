package io.lossmith.core.engine.cpu.simd;

import static io.lossmith.core.engine.cpu.simd.Lanes.LANES;
import static io.lossmith.core.engine.cpu.simd.Lanes.SPECIES;

import io.lossmith.core.op.Fold;
import jdk.incubator.vector.FloatVector;

/**
 * Folds across rows, element by element, of at least {@link Lanes#LANES} elements and one row. A
 * vector's worth of columns is carried down all rows in a register.
 */
final class SimdRows {
  private SimdRows() {}

  static int fold(Fold fold, float[] a, int ao, int stride, int rows, float[] out, int oo, int n) {
    return switch (fold) {
      case SUM -> sum(a, ao, stride, rows, out, oo, n);
      case MAX -> max(a, ao, stride, rows, out, oo, n);
      case MIN -> min(a, ao, stride, rows, out, oo, n);
    };
  }

  private static int sum(float[] a, int ao, int stride, int rows, float[] out, int oo, int n) {
    int last = n - LANES;
    FloatVector tail = sumDown(a, ao + last, stride, rows);
    for (int i = 0; i < last; i += LANES) {
      sumDown(a, ao + i, stride, rows).intoArray(out, oo + i);
    }
    tail.intoArray(out, oo + last);
    return n;
  }

  private static FloatVector sumDown(float[] a, int at, int stride, int rows) {
    FloatVector sum = FloatVector.fromArray(SPECIES, a, at);
    for (int r = 1; r < rows; r++) {
      sum = sum.add(FloatVector.fromArray(SPECIES, a, at + r * stride));
    }
    return sum;
  }

  private static int max(float[] a, int ao, int stride, int rows, float[] out, int oo, int n) {
    int last = n - LANES;
    FloatVector tail = maxDown(a, ao + last, stride, rows);
    for (int i = 0; i < last; i += LANES) {
      maxDown(a, ao + i, stride, rows).intoArray(out, oo + i);
    }
    tail.intoArray(out, oo + last);
    return n;
  }

  private static FloatVector maxDown(float[] a, int at, int stride, int rows) {
    FloatVector max = FloatVector.fromArray(SPECIES, a, at);
    for (int r = 1; r < rows; r++) {
      max = max.max(FloatVector.fromArray(SPECIES, a, at + r * stride));
    }
    return max;
  }

  private static int min(float[] a, int ao, int stride, int rows, float[] out, int oo, int n) {
    int last = n - LANES;
    FloatVector tail = minDown(a, ao + last, stride, rows);
    for (int i = 0; i < last; i += LANES) {
      minDown(a, ao + i, stride, rows).intoArray(out, oo + i);
    }
    tail.intoArray(out, oo + last);
    return n;
  }

  private static FloatVector minDown(float[] a, int at, int stride, int rows) {
    FloatVector min = FloatVector.fromArray(SPECIES, a, at);
    for (int r = 1; r < rows; r++) {
      min = min.min(FloatVector.fromArray(SPECIES, a, at + r * stride));
    }
    return min;
  }

  static void dot(
      float[] a, int ao, int as, float[] b, int bo, int bs, int rows, float[] out, int oo, int n) {
    int last = n - LANES;
    FloatVector tail = dotDown(a, ao + last, as, b, bo + last, bs, rows);
    for (int i = 0; i < last; i += LANES) {
      dotDown(a, ao + i, as, b, bo + i, bs, rows).intoArray(out, oo + i);
    }
    tail.intoArray(out, oo + last);
  }

  private static FloatVector dotDown(
      float[] a, int at, int as, float[] b, int bt, int bs, int rows) {
    FloatVector sum =
        FloatVector.fromArray(SPECIES, a, at).mul(FloatVector.fromArray(SPECIES, b, bt));
    for (int r = 1; r < rows; r++) {
      sum =
          sum.add(
              FloatVector.fromArray(SPECIES, a, at + r * as)
                  .mul(FloatVector.fromArray(SPECIES, b, bt + r * bs)));
    }
    return sum;
  }

  static void foldInto(
      Fold fold, float[] a, int ao, float[] copy, int co, float[] folded, int fo, int n) {
    switch (fold) {
      case SUM -> sumInto(a, ao, copy, co, folded, fo, n);
      case MAX -> maxInto(a, ao, copy, co, folded, fo, n);
      case MIN -> minInto(a, ao, copy, co, folded, fo, n);
    }
  }

  private static void sumInto(
      float[] a, int ao, float[] copy, int co, float[] folded, int fo, int n) {
    int i = 0;
    for (; i <= n - LANES; i += LANES) {
      FloatVector x = FloatVector.fromArray(SPECIES, a, ao + i);
      x.intoArray(copy, co + i);
      FloatVector.fromArray(SPECIES, folded, fo + i).add(x).intoArray(folded, fo + i);
    }
    for (; i < n; i++) {
      copy[co + i] = a[ao + i];
      folded[fo + i] += a[ao + i];
    }
  }

  private static void maxInto(
      float[] a, int ao, float[] copy, int co, float[] folded, int fo, int n) {
    int i = 0;
    for (; i <= n - LANES; i += LANES) {
      FloatVector x = FloatVector.fromArray(SPECIES, a, ao + i);
      x.intoArray(copy, co + i);
      FloatVector.fromArray(SPECIES, folded, fo + i).max(x).intoArray(folded, fo + i);
    }
    for (; i < n; i++) {
      copy[co + i] = a[ao + i];
      folded[fo + i] = Math.max(folded[fo + i], a[ao + i]);
    }
  }

  static void maxTwoInto(
      float[] a,
      int ao,
      int bo,
      float[] copy,
      int co,
      float[] other,
      int to,
      float[] folded,
      int fo,
      int n) {
    int i = 0;
    for (; i <= n - LANES; i += LANES) {
      FloatVector x = FloatVector.fromArray(SPECIES, a, ao + i);
      FloatVector y = FloatVector.fromArray(SPECIES, a, bo + i);
      x.intoArray(copy, co + i);
      y.intoArray(other, to + i);
      FloatVector.fromArray(SPECIES, folded, fo + i).max(x).max(y).intoArray(folded, fo + i);
    }
    for (; i < n; i++) {
      copy[co + i] = a[ao + i];
      other[to + i] = a[bo + i];
      folded[fo + i] = Math.max(Math.max(folded[fo + i], a[ao + i]), a[bo + i]);
    }
  }

  private static void minInto(
      float[] a, int ao, float[] copy, int co, float[] folded, int fo, int n) {
    int i = 0;
    for (; i <= n - LANES; i += LANES) {
      FloatVector x = FloatVector.fromArray(SPECIES, a, ao + i);
      x.intoArray(copy, co + i);
      FloatVector.fromArray(SPECIES, folded, fo + i).min(x).intoArray(folded, fo + i);
    }
    for (; i < n; i++) {
      copy[co + i] = a[ao + i];
      folded[fo + i] = Math.min(folded[fo + i], a[ao + i]);
    }
  }
}
