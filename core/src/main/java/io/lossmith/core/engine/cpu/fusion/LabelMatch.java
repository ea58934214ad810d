package io.lossmith.core.engine.cpu.fusion;

import io.lossmith.core.engine.cpu.tile.Layout;
import io.lossmith.core.engine.cpu.tile.Uses;
import io.lossmith.core.op.Binary;
import io.lossmith.core.op.Where;
import io.lossmith.core.plan.LoopValue;
import org.jspecify.annotations.Nullable;

/**
 * A comparison of class labels with the number of each row: label = number. What is made of it
 * needs no array of ones and zeros, and what is 0 at all other labels need be looked at only there.
 *
 * @param label one for each place
 * @param number one for each row
 */
record LabelMatch(LoopValue label, LoopValue number) {
  /** Returns the comparison that a value is, or null. */
  static @Nullable LabelMatch of(LoopValue equal, Layout layout) {
    if (equal.op() != Binary.EQUAL || layout.rows() == 1) {
      return null;
    }
    LoopValue first = equal.operands().get(0);
    LoopValue second = equal.operands().get(1);
    if (layout.isShared(first) && layout.isOfRows(second)) {
      return new LabelMatch(first, second);
    }
    return layout.isShared(second) && layout.isOfRows(first) ? new LabelMatch(second, first) : null;
  }

  /** Returns x of a value where(label = number, x, 0) that has one reader, or null. */
  static @Nullable LoopValue onlyAtLabel(LoopValue where, Uses uses, Layout layout) {
    return where.op() instanceof Where
            && uses.of(where) == 1
            && of(where.operands().get(0), layout) != null
            && layout.onTile(where.operands().get(1))
            && Operands.isNumber(where.operands().get(2), 0)
        ? where.operands().get(1)
        : null;
  }
}
