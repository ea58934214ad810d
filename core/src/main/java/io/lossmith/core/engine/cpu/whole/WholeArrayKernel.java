package io.lossmith.core.engine.cpu.whole;

import io.lossmith.core.engine.cpu.kernel.ParallelFor;

/**
 * One whole-array operation, ready to run. An instance belongs to one run at a time, so it may keep
 * scratch memory between runs; it allocates nothing once warm.
 */
public interface WholeArrayKernel {
  /**
   * Computes the result.
   *
   * @param operands one whole row-major array for each operand
   * @param result overwritten completely
   * @param team runs the pieces
   */
  void run(float[][] operands, float[] result, ParallelFor team);
}
