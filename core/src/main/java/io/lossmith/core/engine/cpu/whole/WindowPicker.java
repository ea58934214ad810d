package io.lossmith.core.engine.cpu.whole;

import io.lossmith.core.Shape;
import io.lossmith.core.engine.cpu.kernel.PoolLoops;
import io.lossmith.core.op.Window;
import java.util.Arrays;

/** Finds the greatest key under one window, whatever its stride, padding and dilation. */
final class WindowPicker {
  private final int[] size;
  private final int[] stride;
  private final int[] padding;
  private final int[] dilation;
  private final int[] input;

  WindowPicker(Window window, Shape x) {
    this.size = Stencil.three(window.size(), 1);
    this.stride = Stencil.three(window.stride(), 1);
    this.padding = Stencil.three(window.padding(), 0);
    this.dilation = Stencil.three(window.dilation(), 1);
    this.input = Stencil.spatial(x);
  }

  /** Returns whether windows of 2 × 2 lie side by side. */
  boolean halves() {
    return Arrays.equals(size, new int[] {1, 2, 2})
        && Arrays.equals(stride, size)
        && Arrays.equals(padding, new int[3])
        && Arrays.equals(dilation, new int[] {1, 1, 1});
  }

  /** Returns where the first greatest under a window stands, −1 if nothing does. */
  int greatest(float[] key, int plane, int d, int h, int w) {
    int best = -1;
    for (int i = 0; i < size[0]; i++) {
      int depth = d * stride[0] + i * dilation[0] - padding[0];
      for (int j = 0; j < size[1]; j++) {
        int row = h * stride[1] + j * dilation[1] - padding[1];
        if (depth < 0 || depth >= input[0] || row < 0 || row >= input[1]) {
          continue;
        }
        int line = plane + (depth * input[1] + row) * input[2];
        for (int k = 0; k < size[2]; k++) {
          int column = w * stride[2] + k * dilation[2] - padding[2];
          if (column >= 0
              && column < input[2]
              && (best < 0 || PoolLoops.greater(key[line + column], key[best]))) {
            best = line + column;
          }
        }
      }
    }
    return best;
  }
}
