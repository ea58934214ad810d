package io.lossmith.core.engine.cpu.simd;

import static io.lossmith.core.engine.cpu.simd.Lanes.LANES;
import static io.lossmith.core.engine.cpu.simd.Lanes.SPECIES;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/**
 * Loops on one operand that compute more than they load. Each vector is loaded before its neighbour
 * is stored, so the function stands in one place: twice it would be too much for the compiler to
 * inline. Logarithms have a shorter way for ordinary numbers.
 */
final class SimdFunctions {
  private SimdFunctions() {}

  // ElementwiseLoops: loops

  static int exp(float[] a, int ao, float[] out, int oo, int n) {
    int last = n - LANES;
    FloatVector x = FloatVector.fromArray(SPECIES, a, ao);
    for (int i = 0; i < n; i += LANES) {
      FloatVector next = FloatVector.fromArray(SPECIES, a, ao + Math.min(i + LANES, last));
      SimdMath.exp(x).intoArray(out, oo + Math.min(i, last));
      x = next;
    }
    return n;
  }

  static int sigmoid(float[] a, int ao, float[] out, int oo, int n) {
    int last = n - LANES;
    FloatVector x = FloatVector.fromArray(SPECIES, a, ao);
    for (int i = 0; i < n; i += LANES) {
      FloatVector next = FloatVector.fromArray(SPECIES, a, ao + Math.min(i + LANES, last));
      SimdMath.sigmoid(x).intoArray(out, oo + Math.min(i, last));
      x = next;
    }
    return n;
  }

  static int softplus(float[] a, int ao, float[] out, int oo, int n) {
    int last = n - LANES;
    FloatVector x = FloatVector.fromArray(SPECIES, a, ao);
    for (int i = 0; i < n; i += LANES) {
      FloatVector next = FloatVector.fromArray(SPECIES, a, ao + Math.min(i + LANES, last));
      SimdMath.softplus(x).intoArray(out, oo + Math.min(i, last));
      x = next;
    }
    return n;
  }

  static int tanh(float[] a, int ao, float[] out, int oo, int n) {
    int last = n - LANES;
    FloatVector x = FloatVector.fromArray(SPECIES, a, ao);
    for (int i = 0; i < n; i += LANES) {
      FloatVector next = FloatVector.fromArray(SPECIES, a, ao + Math.min(i + LANES, last));
      SimdMath.tanh(x).intoArray(out, oo + Math.min(i, last));
      x = next;
    }
    return n;
  }

  static int atan(float[] a, int ao, float[] out, int oo, int n) {
    int last = n - LANES;
    FloatVector x = FloatVector.fromArray(SPECIES, a, ao);
    for (int i = 0; i < n; i += LANES) {
      FloatVector next = FloatVector.fromArray(SPECIES, a, ao + Math.min(i + LANES, last));
      SimdMath.atan(x).intoArray(out, oo + Math.min(i, last));
      x = next;
    }
    return n;
  }

  static int floor(float[] a, int ao, float[] out, int oo, int n) {
    int last = n - LANES;
    FloatVector x = FloatVector.fromArray(SPECIES, a, ao);
    for (int i = 0; i < n; i += LANES) {
      FloatVector next = FloatVector.fromArray(SPECIES, a, ao + Math.min(i + LANES, last));
      SimdMath.floor(x).intoArray(out, oo + Math.min(i, last));
      x = next;
    }
    return n;
  }

  static int rint(float[] a, int ao, float[] out, int oo, int n) {
    int last = n - LANES;
    FloatVector x = FloatVector.fromArray(SPECIES, a, ao);
    for (int i = 0; i < n; i += LANES) {
      FloatVector next = FloatVector.fromArray(SPECIES, a, ao + Math.min(i + LANES, last));
      SimdMath.rint(x).intoArray(out, oo + Math.min(i, last));
      x = next;
    }
    return n;
  }

  // end

  static int logOfAny(float[] a, int ao, float[] out, int oo, int n) {
    int last = n - LANES;
    FloatVector x = FloatVector.fromArray(SPECIES, a, ao);
    for (int i = 0; i < n; i += LANES) {
      FloatVector next = FloatVector.fromArray(SPECIES, a, ao + Math.min(i + LANES, last));
      SimdLog.log(x).intoArray(out, oo + Math.min(i, last));
      x = next;
    }
    return n;
  }

  /** Returns 0, with nothing done, if there is anything that {@link #logOfAny} is for. */
  static int log(float[] a, int ao, float[] out, int oo, int n) {
    int last = n - LANES;
    if (!isNormal(a, ao, n)) {
      return 0;
    }
    FloatVector x = FloatVector.fromArray(SPECIES, a, ao);
    for (int i = 0; i < n; i += LANES) {
      FloatVector next = FloatVector.fromArray(SPECIES, a, ao + Math.min(i + LANES, last));
      SimdLog.logOfNormal(x).intoArray(out, oo + Math.min(i, last));
      x = next;
    }
    return n;
  }

  static int log1pOfAny(float[] a, int ao, float[] out, int oo, int n) {
    int last = n - LANES;
    FloatVector x = FloatVector.fromArray(SPECIES, a, ao);
    for (int i = 0; i < n; i += LANES) {
      FloatVector next = FloatVector.fromArray(SPECIES, a, ao + Math.min(i + LANES, last));
      SimdLog.log1p(x).intoArray(out, oo + Math.min(i, last));
      x = next;
    }
    return n;
  }

  /** Returns 0, with nothing done, if there is anything that {@link #log1pOfAny} is for. */
  static int log1p(float[] a, int ao, float[] out, int oo, int n) {
    int last = n - LANES;
    if (!isNormalPlusOne(a, ao, n)) {
      return 0;
    }
    FloatVector x = FloatVector.fromArray(SPECIES, a, ao);
    for (int i = 0; i < n; i += LANES) {
      FloatVector next = FloatVector.fromArray(SPECIES, a, ao + Math.min(i + LANES, last));
      SimdLog.log1pOfNormal(x).intoArray(out, oo + Math.min(i, last));
      x = next;
    }
    return n;
  }

  private static boolean isNormal(float[] a, int ao, int n) {
    int last = n - LANES;
    IntVector odd = IntVector.zero(IntVector.SPECIES_PREFERRED);
    for (int i = 0; i < n; i += LANES) {
      odd = SimdLog.odd(odd, FloatVector.fromArray(SPECIES, a, ao + Math.min(i, last)));
    }
    return odd.reduceLanes(VectorOperators.OR) >= 0;
  }

  private static boolean isNormalPlusOne(float[] a, int ao, int n) {
    int last = n - LANES;
    FloatVector one = FloatVector.broadcast(SPECIES, 1f);
    IntVector odd = IntVector.zero(IntVector.SPECIES_PREFERRED);
    for (int i = 0; i < n; i += LANES) {
      odd = SimdLog.odd(odd, FloatVector.fromArray(SPECIES, a, ao + Math.min(i, last)).add(one));
    }
    return odd.reduceLanes(VectorOperators.OR) >= 0;
  }

  /** Sigmoid of x and softplus of −|x|, which share their power of e. */
  static int logistic(float[] a, int ao, float[] sigmoid, int so, float[] softplus, int po, int n) {
    int last = n - LANES;
    FloatVector x = FloatVector.fromArray(SPECIES, a, ao);
    for (int i = 0; i < n; i += LANES) {
      FloatVector next = FloatVector.fromArray(SPECIES, a, ao + Math.min(i + LANES, last));
      FloatVector e = SimdMath.expOfMinusSize(x);
      SimdMath.sigmoid(x, e).intoArray(sigmoid, so + Math.min(i, last));
      SimdMath.logOfOnePlus(e).intoArray(softplus, po + Math.min(i, last));
      x = next;
    }
    return n;
  }
}
