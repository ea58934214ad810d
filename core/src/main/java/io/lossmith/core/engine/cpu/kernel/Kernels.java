package io.lossmith.core.engine.cpu.kernel;

import io.lossmith.core.op.Binary;
import io.lossmith.core.op.Unary;
import org.jspecify.annotations.Nullable;

/**
 * Short loops over stretches of arrays: the instructions of the tile interpreter. {@code out} may
 * be an operand at the same offset; stretches do not overlap otherwise. A stretch is at most a few
 * thousand elements long, so float accumulation within one is exact enough.
 *
 * <p>An element has the same bits over whatever stretch it is computed, at whatever offset and
 * beside whatever others, and whether an operand is an array or one number. Several operations in
 * one instruction give the bits that they give one by one. So a value that is computed twice equals
 * itself. Only the sums along a stretch depend on its length: what needs one again must store it.
 *
 * <p>Implementations hold one static loop for each primitive: a loop shared through a functional
 * argument loses its vectors from the third use on.
 */
public interface Kernels {
  /** Returns how many floats one step handles, for {@code explain()}; 1 for plain Java. */
  int lanes();

  /** Returns the loops that fold. */
  FoldKernels folds();

  /** Returns the loops that compare class labels. */
  LabelKernels labels();

  /** Returns the loops for several operations at once. */
  FusedKernels fused();

  /** Makes the inner loops of convolutions and matrix products, for one worker. */
  WindowLoops windows();

  /** Makes the inner loops of max pooling, for one worker. */
  PoolLoops pools();

  /** Returns the loops between rows and rows half as long. */
  PairLoops pairs();

  /** Makes the inner loops of distances, for one worker; null where lower envelopes are faster. */
  @Nullable DistanceLoops distances();

  /** out = op(a). */
  void unary(Unary op, float[] a, int ao, float[] out, int oo, int n);

  /** sigmoid = 1 / (1 + e^−a) and softplus = ln(1 + e^−|a|): both need the same power of e. */
  void logistic(float[] a, int ao, float[] sigmoid, int so, float[] softplus, int po, int n);

  /** out = op(a, b). */
  void binary(Binary op, float[] a, int ao, float[] b, int bo, float[] out, int oo, int n);

  /** out = op(a, b) with one number on the right. */
  void binary(Binary op, float[] a, int ao, float b, float[] out, int oo, int n);

  /** out = op(a, b) with one number on the left. */
  void binary(Binary op, float a, float[] b, int bo, float[] out, int oo, int n);

  /** out = condition ≠ 0 ? a : b. */
  void where(
      float[] condition, int co, float[] a, int ao, float[] b, int bo, float[] out, int oo, int n);

  /** out = condition ≠ 0 ? a : b, with one number to choose. */
  void where(float[] condition, int co, float a, float[] b, int bo, float[] out, int oo, int n);

  /** out = condition ≠ 0 ? a : b, with one number otherwise. */
  void where(float[] condition, int co, float[] a, int ao, float b, float[] out, int oo, int n);

  /** out = condition ≠ 0 ? a : b, with two numbers. */
  void where(float[] condition, int co, float a, float b, float[] out, int oo, int n);

  /** out = a · b + c, the product being rounded, too. */
  void multiplyAdd(
      float[] a, int ao, float[] b, int bo, float[] c, int co, float[] out, int oo, int n);

  /** out = a · b + c, with one number as factor. */
  void multiplyAdd(float[] a, int ao, float b, float[] c, int co, float[] out, int oo, int n);

  /** out = a · b + c, with one number added. */
  void multiplyAdd(float[] a, int ao, float[] b, int bo, float c, float[] out, int oo, int n);

  /** out = a · b + c, with a factor and an addend that are one number each. */
  void multiplyAdd(float[] a, int ao, float b, float c, float[] out, int oo, int n);
}
