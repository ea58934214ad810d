package io.lossmith.core.engine.cpu.tile;

import io.lossmith.core.plan.LoopOutput;
import io.lossmith.core.plan.LoopValue;
import org.jspecify.annotations.Nullable;

/**
 * A pattern of operations that one instruction computes, so that what is between them is never
 * stored. It looks at values and at who reads them, never at the order in which they are computed.
 */
public interface Fusion {
  /**
   * Returns the instruction for a value that ends the pattern, or null if it ends none. What it
   * {@linkplain ChosenInstruction#covers covers} must be {@linkplain Uses#isFree free}.
   */
  default @Nullable ChosenInstruction match(LoopValue value, Uses uses, Layout layout) {
    return null;
  }

  /** Returns the instruction for a folded root that ends the pattern, or null if it ends none. */
  default @Nullable ChosenInstruction match(LoopOutput root, Uses uses, Layout layout) {
    return null;
  }
}
