package io.lossmith.core.engine.cpu.simd;

import static io.lossmith.core.engine.cpu.simd.Lanes.LANES;
import static io.lossmith.core.engine.cpu.simd.Lanes.SPECIES;

import jdk.incubator.vector.FloatVector;

/**
 * What is done where the class label of a place is a given number, for at least {@link Lanes#LANES}
 * places. Comparing each label with each number in registers takes less time than to go to the row
 * of each label, up to some hundred rows.
 */
final class SimdLabels {
  private static final int STEP = 2 * LANES;

  private SimdLabels() {}

  static float sum(float[] a, int ao, float[] label, int lo, float number, int n) {
    FloatVector sought = FloatVector.broadcast(SPECIES, number);
    FloatVector s0 = FloatVector.broadcast(SPECIES, 0f);
    FloatVector s1 = s0;
    int i = 0;
    for (; i <= n - STEP; i += STEP) {
      s0 =
          SimdMatches.add(
              s0,
              FloatVector.fromArray(SPECIES, a, ao + i),
              FloatVector.fromArray(SPECIES, label, lo + i),
              sought);
      s1 =
          SimdMatches.add(
              s1,
              FloatVector.fromArray(SPECIES, a, ao + i + LANES),
              FloatVector.fromArray(SPECIES, label, lo + i + LANES),
              sought);
    }
    float sum = LaneSum.of(s0.add(s1));
    for (; i < n; i++) {
      sum += label[lo + i] == number ? a[ao + i] : 0;
    }
    return sum;
  }

  static float dot(
      float[] a, int ao, float[] b, int bo, float[] label, int lo, float number, int n) {
    FloatVector sought = FloatVector.broadcast(SPECIES, number);
    FloatVector s0 = FloatVector.broadcast(SPECIES, 0f);
    FloatVector s1 = s0;
    int i = 0;
    for (; i <= n - STEP; i += STEP) {
      FloatVector x =
          FloatVector.fromArray(SPECIES, a, ao + i).mul(FloatVector.fromArray(SPECIES, b, bo + i));
      FloatVector y =
          FloatVector.fromArray(SPECIES, a, ao + i + LANES)
              .mul(FloatVector.fromArray(SPECIES, b, bo + i + LANES));
      s0 = SimdMatches.add(s0, x, FloatVector.fromArray(SPECIES, label, lo + i), sought);
      s1 = SimdMatches.add(s1, y, FloatVector.fromArray(SPECIES, label, lo + i + LANES), sought);
    }
    float sum = LaneSum.of(s0.add(s1));
    for (; i < n; i++) {
      sum += label[lo + i] == number ? a[ao + i] * b[bo + i] : 0;
    }
    return sum;
  }

  static void dots(
      float[] a,
      int ao,
      float[] b,
      int bo,
      float[] label,
      int lo,
      float number,
      int n,
      double[] sums,
      int all,
      int here) {
    FloatVector sought = FloatVector.broadcast(SPECIES, number);
    FloatVector s0 = FloatVector.broadcast(SPECIES, 0f);
    FloatVector s1 = s0;
    FloatVector h0 = s0;
    FloatVector h1 = s0;
    int i = 0;
    for (; i <= n - STEP; i += STEP) {
      FloatVector x =
          FloatVector.fromArray(SPECIES, a, ao + i).mul(FloatVector.fromArray(SPECIES, b, bo + i));
      FloatVector y =
          FloatVector.fromArray(SPECIES, a, ao + i + LANES)
              .mul(FloatVector.fromArray(SPECIES, b, bo + i + LANES));
      s0 = s0.add(x);
      s1 = s1.add(y);
      h0 = SimdMatches.add(h0, x, FloatVector.fromArray(SPECIES, label, lo + i), sought);
      h1 = SimdMatches.add(h1, y, FloatVector.fromArray(SPECIES, label, lo + i + LANES), sought);
    }
    float sum = LaneSum.of(s0.add(s1));
    float part = LaneSum.of(h0.add(h1));
    for (; i < n; i++) {
      float x = a[ao + i] * b[bo + i];
      sum += x;
      part += label[lo + i] == number ? x : 0;
    }
    sums[all] = sum;
    sums[here] = part;
  }

  static void addChosen(
      float[] label,
      int lo,
      float number,
      float a,
      float b,
      float[] x,
      int xo,
      float[] sum,
      int so,
      int n) {
    FloatVector sought = FloatVector.broadcast(SPECIES, number);
    FloatVector chosen = FloatVector.broadcast(SPECIES, a);
    FloatVector otherwise = FloatVector.broadcast(SPECIES, b);
    int i = 0;
    for (; i <= n - LANES; i += LANES) {
      FloatVector factor =
          SimdMatches.choose(
              FloatVector.fromArray(SPECIES, label, lo + i), sought, chosen, otherwise);
      FloatVector.fromArray(SPECIES, sum, so + i)
          .add(FloatVector.fromArray(SPECIES, x, xo + i).mul(factor))
          .intoArray(sum, so + i);
    }
    for (; i < n; i++) {
      sum[so + i] += x[xo + i] * (label[lo + i] == number ? a : b);
    }
  }

  static void gradient(
      float[] label,
      int lo,
      float number,
      float a,
      float b,
      float c,
      float d,
      float[] p,
      int po,
      float[] s,
      int so,
      float more,
      float[] out,
      int oo,
      int n) {
    FloatVector sought = FloatVector.broadcast(SPECIES, number);
    FloatVector factorHere = FloatVector.broadcast(SPECIES, a);
    FloatVector factor = FloatVector.broadcast(SPECIES, b);
    FloatVector addendHere = FloatVector.broadcast(SPECIES, c);
    FloatVector addend = FloatVector.broadcast(SPECIES, d);
    int i = 0;
    for (; i <= n - LANES; i += LANES) {
      FloatVector x = FloatVector.fromArray(SPECIES, label, lo + i);
      FloatVector times =
          SimdMatches.choose(x, sought, factorHere, factor)
              .sub(FloatVector.fromArray(SPECIES, s, so + i))
              .add(FloatVector.broadcast(SPECIES, more));
      FloatVector.fromArray(SPECIES, p, po + i)
          .mul(times)
          .add(SimdMatches.choose(x, sought, addendHere, addend))
          .intoArray(out, oo + i);
    }
    for (; i < n; i++) {
      boolean here = label[lo + i] == number;
      out[oo + i] = p[po + i] * ((here ? a : b) - s[so + i] + more) + (here ? c : d);
    }
  }

  static int count(float[] label, int lo, float number, int n) {
    FloatVector sought = FloatVector.broadcast(SPECIES, number);
    FloatVector zero = FloatVector.broadcast(SPECIES, 0f);
    FloatVector one = FloatVector.broadcast(SPECIES, 1f);
    FloatVector s0 = zero;
    FloatVector s1 = zero;
    int i = 0;
    for (; i <= n - STEP; i += STEP) {
      s0 = SimdMatches.add(s0, one, FloatVector.fromArray(SPECIES, label, lo + i), sought);
      s1 = SimdMatches.add(s1, one, FloatVector.fromArray(SPECIES, label, lo + i + LANES), sought);
    }
    int count = (int) LaneSum.of(s0.add(s1));
    for (; i < n; i++) {
      count += label[lo + i] == number ? 1 : 0;
    }
    return count;
  }
}
