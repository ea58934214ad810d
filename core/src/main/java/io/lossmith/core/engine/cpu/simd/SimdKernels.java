package io.lossmith.core.engine.cpu.simd;

import static io.lossmith.core.engine.cpu.simd.Lanes.LANES;

import io.lossmith.core.engine.cpu.kernel.DistanceLoops;
import io.lossmith.core.engine.cpu.kernel.FoldKernels;
import io.lossmith.core.engine.cpu.kernel.FusedKernels;
import io.lossmith.core.engine.cpu.kernel.Kernels;
import io.lossmith.core.engine.cpu.kernel.LabelKernels;
import io.lossmith.core.engine.cpu.kernel.PairLoops;
import io.lossmith.core.engine.cpu.kernel.PoolLoops;
import io.lossmith.core.engine.cpu.kernel.WindowLoops;
import io.lossmith.core.engine.cpu.plain.PlainKernels;
import io.lossmith.core.op.Binary;
import io.lossmith.core.op.Unary;
import org.jspecify.annotations.Nullable;

/**
 * Kernels over {@code jdk.incubator.vector}. Short stretches, and what is left of a long one, take
 * the same operations one float at a time: an element has the same bits wherever it stands, over
 * whatever stretch it is computed. Only a sum of a whole stretch depends on how it is cut.
 */
public final class SimdKernels implements Kernels {
  /**
   * Below this, and below one vector, no vectors. Short stretches come from passes over a few
   * numbers, which the JVM interprets for long: each vector is an object then.
   */
  static final int SHORT = Math.max(LANES, 64);

  private final Kernels plain = new PlainKernels();
  private final FoldKernels folds = new SimdFoldKernels(plain.folds());
  private final LabelKernels labels = new SimdLabelKernels(plain.labels());
  private final FusedKernels fused = new SimdFusedKernels(plain.fused());
  private final PairLoops pairs = PairShuffles.ARE_FAST ? new SimdPairLoops() : plain.pairs();

  @Override
  public int lanes() {
    return LANES;
  }

  @Override
  public FoldKernels folds() {
    return folds;
  }

  @Override
  public LabelKernels labels() {
    return labels;
  }

  @Override
  public FusedKernels fused() {
    return fused;
  }

  @Override
  public WindowLoops windows() {
    return new SimdWindowLoops();
  }

  @Override
  public PoolLoops pools() {
    return new SimdPoolLoops();
  }

  @Override
  public PairLoops pairs() {
    return pairs;
  }

  @Override
  public @Nullable DistanceLoops distances() {
    return SimdDistanceLoops.ARE_FAST ? new SimdDistanceLoops() : plain.distances();
  }

  @Override
  public void unary(Unary op, float[] a, int ao, float[] out, int oo, int n) {
    if (n < SHORT) {
      ScalarLoops.unary(op, a, ao, out, oo, n);
    } else {
      SimdUnary.run(op, a, ao, out, oo, n);
    }
  }

  @Override
  public void logistic(
      float[] a, int ao, float[] sigmoid, int so, float[] softplus, int po, int n) {
    if (n < SHORT) {
      ScalarLoops.logistic(a, ao, sigmoid, so, softplus, po, n);
    } else {
      SimdFunctions.logistic(a, ao, sigmoid, so, softplus, po, n);
    }
  }

  @Override
  public void binary(Binary op, float[] a, int ao, float[] b, int bo, float[] out, int oo, int n) {
    if (n < SHORT) {
      ScalarLoops.binary(op, a, ao, b, bo, out, oo, n);
    } else {
      SimdBinary.run(op, a, ao, b, bo, out, oo, n);
    }
  }

  @Override
  public void binary(Binary op, float[] a, int ao, float b, float[] out, int oo, int n) {
    if (n < SHORT) {
      ScalarLoops.binary(op, a, ao, b, out, oo, n);
    } else {
      SimdBinaryRight.run(op, a, ao, b, out, oo, n);
    }
  }

  @Override
  public void binary(Binary op, float a, float[] b, int bo, float[] out, int oo, int n) {
    if (n < SHORT) {
      ScalarLoops.binary(op, a, b, bo, out, oo, n);
    } else {
      SimdBinaryLeft.run(op, a, b, bo, out, oo, n);
    }
  }

  @Override
  public void where(
      float[] condition, int co, float[] a, int ao, float[] b, int bo, float[] out, int oo, int n) {
    if (n < SHORT) {
      plain.where(condition, co, a, ao, b, bo, out, oo, n);
    } else {
      SimdWhere.run(condition, co, a, ao, b, bo, out, oo, n);
    }
  }

  @Override
  public void where(
      float[] condition, int co, float a, float[] b, int bo, float[] out, int oo, int n) {
    if (n < SHORT) {
      plain.where(condition, co, a, b, bo, out, oo, n);
    } else {
      SimdWhere.run(condition, co, a, b, bo, out, oo, n);
    }
  }

  @Override
  public void where(
      float[] condition, int co, float[] a, int ao, float b, float[] out, int oo, int n) {
    if (n < SHORT) {
      plain.where(condition, co, a, ao, b, out, oo, n);
    } else {
      SimdWhere.run(condition, co, a, ao, b, out, oo, n);
    }
  }

  @Override
  public void where(float[] condition, int co, float a, float b, float[] out, int oo, int n) {
    if (n < SHORT) {
      plain.where(condition, co, a, b, out, oo, n);
    } else {
      SimdWhere.run(condition, co, a, b, out, oo, n);
    }
  }

  @Override
  public void multiplyAdd(
      float[] a, int ao, float[] b, int bo, float[] c, int co, float[] out, int oo, int n) {
    if (n < SHORT) {
      plain.multiplyAdd(a, ao, b, bo, c, co, out, oo, n);
    } else {
      SimdMultiplyAdd.run(a, ao, b, bo, c, co, out, oo, n);
    }
  }

  @Override
  public void multiplyAdd(
      float[] a, int ao, float b, float[] c, int co, float[] out, int oo, int n) {
    if (n < SHORT) {
      plain.multiplyAdd(a, ao, b, c, co, out, oo, n);
    } else {
      SimdMultiplyAdd.run(a, ao, b, c, co, out, oo, n);
    }
  }

  @Override
  public void multiplyAdd(
      float[] a, int ao, float[] b, int bo, float c, float[] out, int oo, int n) {
    if (n < SHORT) {
      plain.multiplyAdd(a, ao, b, bo, c, out, oo, n);
    } else {
      SimdMultiplyAdd.run(a, ao, b, bo, c, out, oo, n);
    }
  }

  @Override
  public void multiplyAdd(float[] a, int ao, float b, float c, float[] out, int oo, int n) {
    if (n < SHORT) {
      plain.multiplyAdd(a, ao, b, c, out, oo, n);
    } else {
      SimdMultiplyAdd.run(a, ao, b, c, out, oo, n);
    }
  }
}
