package io.lossmith.core.engine.cpu.opaque;

import io.lossmith.core.Shape;
import io.lossmith.core.engine.cpu.Team;
import io.lossmith.core.op.Window;
import java.util.Arrays;

/** Picking values at the greatest keys and scattering them back, plane by plane. */
final class MaxPoolKernel extends BoundKernel {
  private final boolean scatter;
  private final int[] size;
  private final int[] stride;
  private final int[] padding;
  private final int[] dilation;
  private final int[] input;
  private final int[] output;
  private final int planes;
  private final boolean halves;
  private final Team.Task task = this::compute;

  /** Creates the kernel for keys {@code x}, which picks, or scatters what was picked. */
  MaxPoolKernel(Window window, Shape x, boolean scatter) {
    this.scatter = scatter;
    this.size = Stencil.three(window.size(), 1);
    this.stride = Stencil.three(window.stride(), 1);
    this.padding = Stencil.three(window.padding(), 0);
    this.dilation = Stencil.three(window.dilation(), 1);
    this.input = Stencil.spatial(x);
    this.output = Stencil.forward(window, x).output;
    this.planes = x.get(0) * x.get(1);
    this.halves =
        Arrays.equals(size, new int[] {1, 2, 2})
            && Arrays.equals(stride, size)
            && Arrays.equals(padding, new int[3])
            && Arrays.equals(dilation, new int[] {1, 1, 1});
  }

  @Override
  void run(Team team) {
    team.run(planes, task);
  }

  private void compute(int plane, int worker) {
    int from = plane * input[0] * input[1] * input[2];
    int to = plane * output[0] * output[1] * output[2];
    if (scatter) {
      Arrays.fill(result, from, from + input[0] * input[1] * input[2], 0);
    }
    if (!halves) {
      walk(from, to);
      return;
    }
    for (int h = 0; h < output[1]; h++) {
      int row = from + 2 * h * input[2];
      int out = to + h * output[2];
      if (scatter) {
        scatterHalves(first, second, result, row, row + input[2], out, output[2]);
      } else if (first == second) {
        greatestHalves(first, result, row, row + input[2], out, output[2]);
      } else {
        pickHalves(first, second, result, row, row + input[2], out, output[2]);
      }
    }
  }

  /** The greatest of windows of 2 × 2. */
  private static void greatestHalves(
      float[] key, float[] result, int top, int bottom, int to, int n) {
    for (int i = 0; i < n; i++) {
      float upper = Math.max(key[top + 2 * i], key[top + 2 * i + 1]);
      float lower = Math.max(key[bottom + 2 * i], key[bottom + 2 * i + 1]);
      result[to + i] = Math.max(upper, lower);
    }
  }

  private static void pickHalves(
      float[] key, float[] values, float[] result, int top, int bottom, int to, int n) {
    for (int i = 0; i < n; i++) {
      result[to + i] = values[greatest(key, top + 2 * i, bottom + 2 * i)];
    }
  }

  private static void scatterHalves(
      float[] key, float[] gradient, float[] result, int top, int bottom, int from, int n) {
    for (int i = 0; i < n; i++) {
      result[greatest(key, top + 2 * i, bottom + 2 * i)] = gradient[from + i];
    }
  }

  /**
   * Returns where the first greatest of a window of 2 × 2 stands: without branches, which on real
   * images nobody can predict.
   */
  private static int greatest(float[] key, int top, int bottom) {
    float a = key[top];
    float b = key[top + 1];
    float c = key[bottom];
    float d = key[bottom + 1];
    float sum = (a + b) + (c + d);
    if (sum != sum) {
      return greatestWithNaN(key, top, bottom);
    }
    int first = ordered(a);
    int second = ordered(b);
    int third = ordered(c);
    int fourth = ordered(d);
    int upper = top + less(first, second);
    int lower = bottom + less(third, fourth);
    return upper + (lower - upper) * less(Math.max(first, second), Math.max(third, fourth));
  }

  /** Returns a whole number that is ordered as the float is; −0 becomes 0. */
  private static int ordered(float value) {
    int bits = Float.floatToRawIntBits(value + 0f);
    return bits ^ ((bits >> 31) & Integer.MAX_VALUE);
  }

  /** Returns 1 if a is less than b, else 0. */
  private static int less(int a, int b) {
    return (int) (((long) a - b) >>> 63);
  }

  private static int greatestWithNaN(float[] key, int top, int bottom) {
    int best = top;
    best = greater(key[top + 1], key[best]) ? top + 1 : best;
    best = greater(key[bottom], key[best]) ? bottom : best;
    return greater(key[bottom + 1], key[best]) ? bottom + 1 : best;
  }

  private void walk(int from, int to) {
    for (int d = 0; d < output[0]; d++) {
      for (int h = 0; h < output[1]; h++) {
        for (int w = 0; w < output[2]; w++) {
          int at = to + (d * output[1] + h) * output[2] + w;
          int pick = greatest(from, d, h, w);
          if (scatter) {
            if (pick >= 0) {
              result[pick] += second[at];
            }
          } else {
            result[at] = pick < 0 ? 0 : second[pick];
          }
        }
      }
    }
  }

  /** Returns where the first greatest under a window stands, −1 if nothing does. */
  private int greatest(int plane, int d, int h, int w) {
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
              && (best < 0 || greater(first[line + column], first[best]))) {
            best = line + column;
          }
        }
      }
    }
    return best;
  }

  private static boolean greater(float later, float best) {
    return later > best || (later != later && best == best);
  }
}
