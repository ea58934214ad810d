package io.lossmith.core.op;

import java.util.List;

/**
 * A fold over axes (counted from 0, ascending), which stay in the result with size 1.
 *
 * @param fold how elements are joined
 * @param axes the axes that are folded
 */
public record Reduction(Fold fold, List<Integer> axes) implements Op {
  @Override
  public String label() {
    return fold.label() + " " + axes;
  }
}
