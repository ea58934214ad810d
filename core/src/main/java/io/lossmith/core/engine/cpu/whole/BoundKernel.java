package io.lossmith.core.engine.cpu.whole;

import io.lossmith.core.engine.cpu.kernel.ParallelFor;

/** A kernel whose tasks see the arrays of the run; it releases them when the run is over. */
abstract class BoundKernel implements WholeArrayKernel {
  private static final float[] NONE = new float[0];

  /** The first operand. */
  float[] first = NONE;

  /** The second operand, or an empty array. */
  float[] second = NONE;

  /** Where the result goes. */
  float[] result = NONE;

  @Override
  public final void run(float[][] operands, float[] result, ParallelFor team) {
    first = operands[0];
    second = operands.length > 1 ? operands[1] : NONE;
    this.result = result;
    try {
      run(team);
    } finally {
      first = NONE;
      second = NONE;
      this.result = NONE;
    }
  }

  /** Computes the result. */
  abstract void run(ParallelFor team);
}
