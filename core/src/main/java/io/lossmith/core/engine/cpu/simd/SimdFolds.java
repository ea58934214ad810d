package io.lossmith.core.engine.cpu.simd;

import static io.lossmith.core.engine.cpu.simd.LaneSum.BY_2;
import static io.lossmith.core.engine.cpu.simd.LaneSum.BY_4;
import static io.lossmith.core.engine.cpu.simd.LaneSum.BY_8;
import static io.lossmith.core.engine.cpu.simd.Lanes.LANES;
import static io.lossmith.core.engine.cpu.simd.Lanes.SPECIES;

import io.lossmith.core.op.Fold;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/**
 * Folds of one stretch, of at least {@link Lanes#LANES} elements. Several accumulators hide the
 * latency of one; sums join them, and their lanes, in an order of our own: {@code reduceLanes}
 * leaves the order open, so a sum may change when the compiler takes over from the interpreter.
 */
final class SimdFolds {
  private static final int STEP = 4 * LANES;

  private static final Loop[] LOOPS =
      Arrays.stream(Fold.values()).map(SimdFolds::loop).toArray(Loop[]::new);

  private SimdFolds() {}

  private interface Loop {
    float run(float[] a, int ao, int n);
  }

  static float fold(Fold fold, float[] a, int ao, int n) {
    return LOOPS[fold.ordinal()].run(a, ao, n);
  }

  private static Loop loop(Fold fold) {
    return switch (fold) {
      case SUM -> SimdFolds::sum;
      case MAX -> SimdFolds::max;
      case MIN -> SimdFolds::min;
    };
  }

  private static float sum(float[] a, int ao, int n) {
    FloatVector s0 = FloatVector.broadcast(SPECIES, 0f);
    FloatVector s1 = FloatVector.broadcast(SPECIES, 0f);
    FloatVector s2 = FloatVector.broadcast(SPECIES, 0f);
    FloatVector s3 = FloatVector.broadcast(SPECIES, 0f);
    int i = 0;
    for (; i <= n - STEP; i += STEP) {
      s0 = s0.add(FloatVector.fromArray(SPECIES, a, ao + i));
      s1 = s1.add(FloatVector.fromArray(SPECIES, a, ao + i + LANES));
      s2 = s2.add(FloatVector.fromArray(SPECIES, a, ao + i + 2 * LANES));
      s3 = s3.add(FloatVector.fromArray(SPECIES, a, ao + i + 3 * LANES));
    }
    for (; i <= n - LANES; i += LANES) {
      s0 = s0.add(FloatVector.fromArray(SPECIES, a, ao + i));
    }
    s0 = s0.add(s1).add(s2.add(s3));
    s0 = LANES < 16 ? s0 : s0.add(s0.rearrange(BY_8)); // not LaneSum.of: see there
    s0 = LANES < 8 ? s0 : s0.add(s0.rearrange(BY_4));
    s0 = s0.add(s0.rearrange(BY_2));
    float sum = s0.lane(0) + s0.lane(1);
    for (; i < n; i++) {
      sum += a[ao + i];
    }
    return sum;
  }

  private static float max(float[] a, int ao, int n) {
    int last = ao + n - LANES;
    FloatVector m0 = FloatVector.fromArray(SPECIES, a, last);
    FloatVector m1 = m0;
    int i = ao;
    for (; i <= ao + n - 2 * LANES; i += 2 * LANES) {
      m0 = m0.max(FloatVector.fromArray(SPECIES, a, i));
      m1 = m1.max(FloatVector.fromArray(SPECIES, a, i + LANES));
    }
    if (i < last) {
      m0 = m0.max(FloatVector.fromArray(SPECIES, a, i));
    }
    return m0.max(m1).reduceLanes(VectorOperators.MAX);
  }

  private static float min(float[] a, int ao, int n) {
    int last = ao + n - LANES;
    FloatVector m0 = FloatVector.fromArray(SPECIES, a, last);
    FloatVector m1 = m0;
    int i = ao;
    for (; i <= ao + n - 2 * LANES; i += 2 * LANES) {
      m0 = m0.min(FloatVector.fromArray(SPECIES, a, i));
      m1 = m1.min(FloatVector.fromArray(SPECIES, a, i + LANES));
    }
    if (i < last) {
      m0 = m0.min(FloatVector.fromArray(SPECIES, a, i));
    }
    return m0.min(m1).reduceLanes(VectorOperators.MIN);
  }

  static float dot(float[] a, int ao, float[] b, int bo, int n) {
    FloatVector s0 = FloatVector.broadcast(SPECIES, 0f);
    FloatVector s1 = FloatVector.broadcast(SPECIES, 0f);
    FloatVector s2 = FloatVector.broadcast(SPECIES, 0f);
    FloatVector s3 = FloatVector.broadcast(SPECIES, 0f);
    int i = 0;
    for (; i <= n - STEP; i += STEP) {
      s0 =
          FloatVector.fromArray(SPECIES, a, ao + i)
              .fma(FloatVector.fromArray(SPECIES, b, bo + i), s0);
      s1 =
          FloatVector.fromArray(SPECIES, a, ao + i + LANES)
              .fma(FloatVector.fromArray(SPECIES, b, bo + i + LANES), s1);
      s2 =
          FloatVector.fromArray(SPECIES, a, ao + i + 2 * LANES)
              .fma(FloatVector.fromArray(SPECIES, b, bo + i + 2 * LANES), s2);
      s3 =
          FloatVector.fromArray(SPECIES, a, ao + i + 3 * LANES)
              .fma(FloatVector.fromArray(SPECIES, b, bo + i + 3 * LANES), s3);
    }
    for (; i <= n - LANES; i += LANES) {
      s0 =
          FloatVector.fromArray(SPECIES, a, ao + i)
              .fma(FloatVector.fromArray(SPECIES, b, bo + i), s0);
    }
    s0 = s0.add(s1).add(s2.add(s3));
    s0 = LANES < 16 ? s0 : s0.add(s0.rearrange(BY_8)); // not LaneSum.of: see there
    s0 = LANES < 8 ? s0 : s0.add(s0.rearrange(BY_4));
    s0 = s0.add(s0.rearrange(BY_2));
    float sum = s0.lane(0) + s0.lane(1);
    for (; i < n; i++) {
      sum += a[ao + i] * b[bo + i];
    }
    return sum;
  }

  static float distance(float[] a, int ao, float[] b, int bo, int n) {
    FloatVector s0 = FloatVector.broadcast(SPECIES, 0f);
    FloatVector s1 = FloatVector.broadcast(SPECIES, 0f);
    FloatVector s2 = FloatVector.broadcast(SPECIES, 0f);
    FloatVector s3 = FloatVector.broadcast(SPECIES, 0f);
    int i = 0;
    for (; i <= n - STEP; i += STEP) {
      s0 =
          s0.add(
              FloatVector.fromArray(SPECIES, a, ao + i)
                  .sub(FloatVector.fromArray(SPECIES, b, bo + i))
                  .abs());
      s1 =
          s1.add(
              FloatVector.fromArray(SPECIES, a, ao + i + LANES)
                  .sub(FloatVector.fromArray(SPECIES, b, bo + i + LANES))
                  .abs());
      s2 =
          s2.add(
              FloatVector.fromArray(SPECIES, a, ao + i + 2 * LANES)
                  .sub(FloatVector.fromArray(SPECIES, b, bo + i + 2 * LANES))
                  .abs());
      s3 =
          s3.add(
              FloatVector.fromArray(SPECIES, a, ao + i + 3 * LANES)
                  .sub(FloatVector.fromArray(SPECIES, b, bo + i + 3 * LANES))
                  .abs());
    }
    for (; i <= n - LANES; i += LANES) {
      s0 =
          s0.add(
              FloatVector.fromArray(SPECIES, a, ao + i)
                  .sub(FloatVector.fromArray(SPECIES, b, bo + i))
                  .abs());
    }
    s0 = s0.add(s1).add(s2.add(s3));
    s0 = LANES < 16 ? s0 : s0.add(s0.rearrange(BY_8)); // not LaneSum.of: see there
    s0 = LANES < 8 ? s0 : s0.add(s0.rearrange(BY_4));
    s0 = s0.add(s0.rearrange(BY_2));
    float sum = s0.lane(0) + s0.lane(1);
    for (; i < n; i++) {
      sum += Math.abs(a[ao + i] - b[bo + i]);
    }
    return sum;
  }
}
