package io.lossmith.core.engine.cpu.simd;

import static io.lossmith.core.engine.cpu.simd.Lanes.LANES;
import static io.lossmith.core.engine.cpu.simd.Lanes.SPECIES;

import io.lossmith.core.engine.cpu.kernel.AdamNumbers;
import jdk.incubator.vector.FloatVector;

/** A step of Adam. */
final class SimdAdam {
  private SimdAdam() {}

  static void run(
      AdamNumbers numbers,
      float stays,
      float pace,
      float scale,
      float[] x,
      int xo,
      float[] g,
      int go,
      float[] m,
      int mo,
      float[] s,
      int so,
      float[] out,
      int oo,
      float[] mean,
      int meano,
      float[] square,
      int squareo,
      int n) {
    int whole = n < SimdKernels.SHORT ? 0 : n - n % LANES;
    if (whole > 0) {
      vectors(
          numbers, stays, pace, scale, x, xo, g, go, m, mo, s, so, out, oo, mean, meano, square,
          squareo, whole);
    }
    for (int i = whole; i < n; i++) {
      float gradient = g[go + i];
      float first = m[mo + i] * numbers.meanStays() + gradient * numbers.meanComes();
      float second =
          s[so + i] * numbers.squareStays() + gradient * numbers.squareComes() * gradient;
      mean[meano + i] = first;
      square[squareo + i] = second;
      float root = (float) Math.sqrt(second);
      out[oo + i] = x[xo + i] * stays - first * pace / (root * scale + numbers.epsilon());
    }
  }

  private static void vectors(
      AdamNumbers numbers,
      float stays,
      float pace,
      float scale,
      float[] x,
      int xo,
      float[] g,
      int go,
      float[] m,
      int mo,
      float[] s,
      int so,
      float[] out,
      int oo,
      float[] mean,
      int meano,
      float[] square,
      int squareo,
      int n) {
    FloatVector meanStays = FloatVector.broadcast(SPECIES, numbers.meanStays());
    FloatVector meanComes = FloatVector.broadcast(SPECIES, numbers.meanComes());
    FloatVector squareStays = FloatVector.broadcast(SPECIES, numbers.squareStays());
    FloatVector squareComes = FloatVector.broadcast(SPECIES, numbers.squareComes());
    FloatVector epsilon = FloatVector.broadcast(SPECIES, numbers.epsilon());
    FloatVector stay = FloatVector.broadcast(SPECIES, stays);
    FloatVector paces = FloatVector.broadcast(SPECIES, pace);
    FloatVector scales = FloatVector.broadcast(SPECIES, scale);
    for (int i = 0; i < n; i += LANES) {
      FloatVector gradient = FloatVector.fromArray(SPECIES, g, go + i);
      FloatVector first =
          FloatVector.fromArray(SPECIES, m, mo + i).mul(meanStays).add(gradient.mul(meanComes));
      FloatVector second =
          FloatVector.fromArray(SPECIES, s, so + i)
              .mul(squareStays)
              .add(gradient.mul(squareComes).mul(gradient));
      first.intoArray(mean, meano + i);
      second.intoArray(square, squareo + i);
      FloatVector way = first.mul(paces).div(second.sqrt().mul(scales).add(epsilon));
      FloatVector.fromArray(SPECIES, x, xo + i).mul(stay).sub(way).intoArray(out, oo + i);
    }
  }
}
