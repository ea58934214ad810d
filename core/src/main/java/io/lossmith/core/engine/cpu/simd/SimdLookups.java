package io.lossmith.core.engine.cpu.simd;

import static io.lossmith.core.engine.cpu.simd.Lanes.LANES;
import static io.lossmith.core.engine.cpu.simd.Lanes.SPECIES;

import jdk.incubator.vector.FloatVector;

/**
 * What a label chooses at its place: one of two numbers, or the value in its row. Of at least
 * {@link Lanes#LANES} elements.
 */
final class SimdLookups {
  private SimdLookups() {}

  static void choose(
      float[] label, int lo, float number, float a, float b, float[] out, int oo, int n) {
    int last = n - LANES;
    FloatVector sought = FloatVector.broadcast(SPECIES, number);
    FloatVector chosen = FloatVector.broadcast(SPECIES, a);
    FloatVector otherwise = FloatVector.broadcast(SPECIES, b);
    FloatVector tail =
        SimdMatches.choose(
            FloatVector.fromArray(SPECIES, label, lo + last), sought, chosen, otherwise);
    for (int i = 0; i < last; i += LANES) {
      SimdMatches.choose(FloatVector.fromArray(SPECIES, label, lo + i), sought, chosen, otherwise)
          .intoArray(out, oo + i);
    }
    tail.intoArray(out, oo + last);
  }

  static void lookup(
      float[] a,
      int ao,
      int as,
      float[] label,
      int lo,
      float[] number,
      int rows,
      float[] out,
      int oo,
      int n) {
    int last = n - LANES;
    for (int i = 0; i < n; i += LANES) {
      int at = Math.min(i, last);
      FloatVector labels = FloatVector.fromArray(SPECIES, label, lo + at);
      FloatVector sum = FloatVector.broadcast(SPECIES, 0f);
      for (int r = 0; r < rows; r++) {
        FloatVector x = FloatVector.fromArray(SPECIES, a, ao + r * as + at);
        FloatVector sought = FloatVector.broadcast(SPECIES, number[r]);
        sum = SimdMatches.add(sum, x, labels, sought);
      }
      sum.intoArray(out, oo + at);
    }
  }

  static void lookup(
      float[] a,
      int ao,
      int as,
      float[] less,
      int mo,
      float[] label,
      int lo,
      float[] number,
      int rows,
      float[] out,
      int oo,
      int n) {
    int last = n - LANES;
    for (int i = 0; i < n; i += LANES) {
      int at = Math.min(i, last);
      FloatVector labels = FloatVector.fromArray(SPECIES, label, lo + at);
      FloatVector m = FloatVector.fromArray(SPECIES, less, mo + at);
      FloatVector sum = FloatVector.broadcast(SPECIES, 0f);
      for (int r = 0; r < rows; r++) {
        FloatVector x = FloatVector.fromArray(SPECIES, a, ao + r * as + at).sub(m);
        FloatVector sought = FloatVector.broadcast(SPECIES, number[r]);
        sum = SimdMatches.add(sum, x, labels, sought);
      }
      sum.intoArray(out, oo + at);
    }
  }
}
