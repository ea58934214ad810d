package io.lossmith.core.engine.cpu.tile;

import io.lossmith.core.engine.cpu.kernel.Kernels;
import java.util.Arrays;

/**
 * A choice by one condition for all of the tile: one operand or the other as it is. Where that was
 * {@linkplain Destinations computed right there}, nothing is left to do.
 */
final class EvenChoice extends Elementwise {
  private final Register c;
  private final Register a;
  private final Register b;

  EvenChoice(Register c, Register a, Register b, Target target) {
    super(target, a, b);
    this.c = c;
    this.a = a;
    this.b = b;
  }

  /** Tells whether a condition is one for all of a tile. */
  static boolean isEven(Register condition) {
    return !condition.column() && !condition.rows();
  }

  @Override
  protected void stretch(Kernels kernels, TileWorker w, int row, int n) {
    Register chosen = c.at(w, 0) != 0 ? a : b;
    float[] to = out.array(w, row);
    int at = out.offset(w, row);
    if (!isStretch(chosen, out)) {
      Arrays.fill(to, at, at + n, chosen.at(w, row));
    } else if (chosen.array(w, row) != to || chosen.offset(w, row) != at) {
      System.arraycopy(chosen.array(w, row), chosen.offset(w, row), to, at, n);
    }
  }
}
