package io.lossmith.core.engine.cpu.whole;

import io.lossmith.core.Shape;
import io.lossmith.core.engine.cpu.kernel.ParallelFor;
import io.lossmith.core.op.Window;
import java.util.Arrays;
import java.util.List;

/** Picking values at the greatest keys and scattering them back, plane by plane. */
final class MaxPoolKernel extends BoundKernel {
  private final boolean scatter;
  private final WindowPicker[] windows;
  private final int[] input;
  private final int[] output;
  private final int planes;
  private final boolean halves;
  private final PerWorker<Picks> picks;
  private final ParallelFor.Task task = this::compute;

  /** Creates the kernel for keys {@code x}, which picks, or scatters what was picked. */
  MaxPoolKernel(List<Window> windows, Shape x, boolean scatter) {
    this.scatter = scatter;
    this.windows = windows.stream().map(w -> new WindowPicker(w, x)).toArray(WindowPicker[]::new);
    this.input = Stencil.spatial(x);
    this.output = Stencil.forward(windows.get(0), x).output;
    this.planes = x.get(0) * x.get(1);
    this.halves = this.windows.length == 1 && this.windows[0].halves();
    this.picks = new PerWorker<>(Picks::new);
  }

  /** What the windows pick at one position, and in which shares. */
  private final class Picks {
    final int[] elements = new int[windows.length];
    final float[] shares = new float[windows.length];
  }

  @Override
  void run(ParallelFor team) {
    picks.prepare(team.size());
    team.run(planes, task);
  }

  private void compute(int plane, int worker) {
    int from = plane * input[0] * input[1] * input[2];
    int to = plane * output[0] * output[1] * output[2];
    if (scatter) {
      Arrays.fill(result, from, from + input[0] * input[1] * input[2], 0);
    }
    if (!halves) {
      walk(picks.get(worker), from, to);
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
    best = WindowPicker.greater(key[top + 1], key[best]) ? top + 1 : best;
    best = WindowPicker.greater(key[bottom], key[best]) ? bottom : best;
    return WindowPicker.greater(key[bottom + 1], key[best]) ? bottom + 1 : best;
  }

  private void walk(Picks own, int from, int to) {
    for (int d = 0; d < output[0]; d++) {
      for (int h = 0; h < output[1]; h++) {
        for (int w = 0; w < output[2]; w++) {
          pick(own, from, d, h, w);
          int at = to + (d * output[1] + h) * output[2] + w;
          float sum = 0;
          for (int k = 0; k < windows.length; k++) {
            float share = own.shares[k];
            if (share > 0 && scatter) {
              result[own.elements[k]] += share * second[at];
            } else if (share > 0) {
              sum += share * second[own.elements[k]];
            }
          }
          if (!scatter) {
            result[at] = sum;
          }
        }
      }
    }
  }

  /** Picks under all windows; one that ties takes half of what those before it have. */
  private void pick(Picks own, int plane, int d, int h, int w) {
    int best = -1;
    for (int k = 0; k < windows.length; k++) {
      int pick = windows[k].greatest(first, plane, d, h, w);
      own.elements[k] = pick;
      own.shares[k] = 0;
      if (pick < 0 || (best >= 0 && WindowPicker.greater(first[best], first[pick]))) {
        continue;
      }
      float kept = best < 0 || WindowPicker.greater(first[pick], first[best]) ? 0 : 0.5f;
      for (int before = 0; before < k; before++) {
        own.shares[before] *= kept;
      }
      own.shares[k] = 1 - kept;
      best = pick;
    }
  }
}
