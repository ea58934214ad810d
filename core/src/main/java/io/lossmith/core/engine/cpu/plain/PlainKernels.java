package io.lossmith.core.engine.cpu.plain;

import static io.lossmith.core.engine.cpu.plain.Scratch.BLOCK;

import io.lossmith.core.engine.cpu.kernel.DistanceLoops;
import io.lossmith.core.engine.cpu.kernel.FoldKernels;
import io.lossmith.core.engine.cpu.kernel.FusedKernels;
import io.lossmith.core.engine.cpu.kernel.Kernels;
import io.lossmith.core.engine.cpu.kernel.LabelKernels;
import io.lossmith.core.engine.cpu.kernel.PairLoops;
import io.lossmith.core.engine.cpu.kernel.PoolLoops;
import io.lossmith.core.engine.cpu.kernel.WindowLoops;
import io.lossmith.core.op.Binary;
import io.lossmith.core.op.Unary;
import org.jspecify.annotations.Nullable;

/** Kernels in plain Java. */
public final class PlainKernels implements Kernels {
  private final FoldKernels folds = new PlainFoldKernels();
  private final LabelKernels labels = new PlainLabelKernels();
  private final FusedKernels fused = new PlainFusedKernels();
  private final PairLoops pairs = new PlainPairLoops();

  @Override
  public int lanes() {
    return 1;
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
    return new PlainWindowLoops();
  }

  @Override
  public PoolLoops pools() {
    return new PlainPoolLoops();
  }

  @Override
  public PairLoops pairs() {
    return pairs;
  }

  @Override
  public @Nullable DistanceLoops distances() {
    return null;
  }

  @Override
  public void unary(Unary op, float[] a, int ao, float[] out, int oo, int n) {
    PlainUnary.run(op, a, ao, out, oo, n);
  }

  @Override
  public void logistic(
      float[] a, int ao, float[] sigmoid, int so, float[] softplus, int po, int n) {
    PlainExponentials.logistic(a, ao, sigmoid, so, softplus, po, n);
  }

  @Override
  public void binary(Binary op, float[] a, int ao, float[] b, int bo, float[] out, int oo, int n) {
    PlainBinary.run(op, a, ao, b, bo, out, oo, n);
  }

  @Override
  public void binary(Binary op, float[] a, int ao, float b, float[] out, int oo, int n) {
    PlainBinaryRight.run(op, a, ao, b, out, oo, n);
  }

  @Override
  public void binary(Binary op, float a, float[] b, int bo, float[] out, int oo, int n) {
    PlainBinaryLeft.run(op, a, b, bo, out, oo, n);
  }

  @Override
  public void where(
      float[] condition, int co, float[] a, int ao, float[] b, int bo, float[] out, int oo, int n) {
    PlainChoices.where(condition, co, a, ao, b, bo, out, oo, n);
  }

  @Override
  public void where(
      float[] condition, int co, float a, float[] b, int bo, float[] out, int oo, int n) {
    PlainChoices.where(condition, co, a, b, bo, out, oo, n);
  }

  @Override
  public void where(
      float[] condition, int co, float[] a, int ao, float b, float[] out, int oo, int n) {
    PlainChoices.where(condition, co, a, ao, b, out, oo, n);
  }

  @Override
  public void where(float[] condition, int co, float a, float b, float[] out, int oo, int n) {
    PlainChoices.where(condition, co, a, b, out, oo, n);
  }

  @Override
  public void multiplyAdd(
      float[] a, int ao, float[] b, int bo, float[] c, int co, float[] out, int oo, int n) {
    Scratch s = Scratch.mine();
    for (int from = 0; from < n; from += BLOCK) {
      int m = Math.min(BLOCK, n - from);
      float[] x = Scratch.atStart(a, ao + from, s.x, m);
      float[] y = Scratch.atStart(b, bo + from, s.y, m);
      float[] z = Scratch.atStart(c, co + from, s.z, m);
      float[] to = Scratch.target(out, oo + from, s.x);
      for (int i = 0; i < m; i++) {
        to[i] = x[i] * y[i] + z[i];
      }
      Scratch.bring(to, out, oo + from, m);
    }
  }

  @Override
  public void multiplyAdd(
      float[] a, int ao, float b, float[] c, int co, float[] out, int oo, int n) {
    Scratch s = Scratch.mine();
    for (int from = 0; from < n; from += BLOCK) {
      int m = Math.min(BLOCK, n - from);
      float[] x = Scratch.atStart(a, ao + from, s.x, m);
      float[] z = Scratch.atStart(c, co + from, s.z, m);
      float[] to = Scratch.target(out, oo + from, s.x);
      for (int i = 0; i < m; i++) {
        to[i] = x[i] * b + z[i];
      }
      Scratch.bring(to, out, oo + from, m);
    }
  }

  @Override
  public void multiplyAdd(
      float[] a, int ao, float[] b, int bo, float c, float[] out, int oo, int n) {
    Scratch s = Scratch.mine();
    for (int from = 0; from < n; from += BLOCK) {
      int m = Math.min(BLOCK, n - from);
      float[] x = Scratch.atStart(a, ao + from, s.x, m);
      float[] y = Scratch.atStart(b, bo + from, s.y, m);
      float[] to = Scratch.target(out, oo + from, s.x);
      for (int i = 0; i < m; i++) {
        to[i] = x[i] * y[i] + c;
      }
      Scratch.bring(to, out, oo + from, m);
    }
  }

  @Override
  public void multiplyAdd(float[] a, int ao, float b, float c, float[] out, int oo, int n) {
    Scratch s = Scratch.mine();
    for (int from = 0; from < n; from += BLOCK) {
      int m = Math.min(BLOCK, n - from);
      float[] x = Scratch.atStart(a, ao + from, s.x, m);
      float[] to = Scratch.target(out, oo + from, s.x);
      for (int i = 0; i < m; i++) {
        to[i] = x[i] * b + c;
      }
      Scratch.bring(to, out, oo + from, m);
    }
  }
}
