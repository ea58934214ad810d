package io.lossmith.core.engine.cpu.tile;

import io.lossmith.core.engine.cpu.kernel.Kernels;
import java.nio.FloatBuffer;
import java.util.Arrays;

/**
 * Instructions that bring elements into a tile or out of it where no register can lie on the array,
 * or where there may be a buffer of the caller's instead of one.
 */
final class Transfers {
  private Transfers() {}

  /**
   * Gathers elements that are not neighbours into scratch, or those of a caller.
   *
   * @param from a register at the first element; its own strides are not used
   * @param rowOffsets where each row begins, from there
   * @param step distance between neighbours of a row
   */
  record Load(Register from, int[] rowOffsets, int step, Register out) implements Instruction {
    @Override
    public void run(Kernels kernels, TileWorker w) {
      FloatBuffer buffer = from.buffer(w);
      int n = out.column() ? w.n : 1;
      for (int row = 0; row < rowOffsets.length; row++) {
        float[] target = out.array(w, row);
        int s = from.offset(w, 0) + rowOffsets[row];
        int t = out.offset(w, row);
        if (buffer == null) {
          load(from.array(w), s, target, t, n);
        } else {
          load(buffer, from.start(w) + s, target, t, n);
        }
      }
    }

    private void load(float[] source, int s, float[] target, int t, int n) {
      if (step == 1) {
        System.arraycopy(source, s, target, t, n);
      } else {
        for (int i = 0; i < n; i++) {
          target[t + i] = source[s + i * step];
        }
      }
    }

    private void load(FloatBuffer source, int s, float[] target, int t, int n) {
      if (step == 1) {
        source.get(s, target, t, n);
      } else {
        for (int i = 0; i < n; i++) {
          target[t + i] = source.get(s + i * step);
        }
      }
    }
  }

  /**
   * Scatters a value into an array, repeating it where it does not vary; or brings it to a caller.
   *
   * @param to a register at the first element; its own strides are not used
   * @param rowOffsets where each row begins, from there
   * @param step distance between neighbours of a row
   * @param column whether a row has one element for each place of the column
   */
  record Store(Register value, Register to, int[] rowOffsets, int step, boolean column)
      implements Instruction {
    @Override
    public void run(Kernels kernels, TileWorker w) {
      FloatBuffer buffer = to.buffer(w);
      int n = column ? w.n : 1;
      for (int row = 0; row < rowOffsets.length; row++) {
        int t = to.offset(w, 0) + rowOffsets[row];
        if (buffer != null) {
          store(w, row, buffer, to.start(w) + t, n);
        } else {
          store(w, row, to.array(w), t, n);
        }
      }
    }

    private void store(TileWorker w, int row, float[] target, int t, int n) {
      if (value.column()) {
        copy(value.array(w, row), value.offset(w, row), target, t, n);
      } else if (step == 1) {
        Arrays.fill(target, t, t + n, value.at(w, row));
      } else {
        float element = value.at(w, row);
        for (int i = 0; i < n; i++) {
          target[t + i * step] = element;
        }
      }
    }

    private void copy(float[] source, int s, float[] target, int t, int n) {
      if (step == 1) {
        System.arraycopy(source, s, target, t, n);
      } else {
        for (int i = 0; i < n; i++) {
          target[t + i * step] = source[s + i];
        }
      }
    }

    private void store(TileWorker w, int row, FloatBuffer target, int t, int n) {
      if (!value.column()) {
        float element = value.at(w, row);
        for (int i = 0; i < n; i++) {
          target.put(t + i * step, element);
        }
        return;
      }
      float[] source = value.array(w, row);
      int s = value.offset(w, row);
      if (step == 1) {
        target.put(t, source, s, n);
      } else {
        for (int i = 0; i < n; i++) {
          target.put(t + i * step, source[s + i]);
        }
      }
    }
  }

  /** Spreads a value that does not vary along the column over it. */
  record Spread(Register value, Register out, int rows) implements Instruction {
    @Override
    public void run(Kernels kernels, TileWorker w) {
      int n = out.column() ? w.n : 1;
      for (int row = 0; row < rows; row++) {
        int o = out.offset(w, row);
        Arrays.fill(out.array(w, row), o, o + n, value.at(w, row));
      }
    }
  }
}
