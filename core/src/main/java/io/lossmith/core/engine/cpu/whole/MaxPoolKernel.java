package io.lossmith.core.engine.cpu.whole;

import io.lossmith.core.Shape;
import io.lossmith.core.engine.cpu.kernel.PairLoops;
import io.lossmith.core.engine.cpu.kernel.ParallelFor;
import io.lossmith.core.engine.cpu.kernel.PoolLoops;
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
  private final boolean covered;
  private final PairLoops pairs;
  private final PerWorker<Picks> picks;
  private final ParallelFor.Task task = this::compute;

  /** Creates the kernel for keys {@code x}, which picks, or scatters what was picked. */
  MaxPoolKernel(List<Window> windows, Shape x, boolean scatter, PairLoops pairs) {
    this.scatter = scatter;
    this.windows = windows.stream().map(w -> new WindowPicker(w, x)).toArray(WindowPicker[]::new);
    this.input = Stencil.spatial(x);
    this.output = Stencil.forward(windows.get(0), x).output;
    this.planes = x.get(0) * x.get(1);
    this.halves = this.windows.length == 1 && this.windows[0].halves();
    this.covered = halves && input[1] == 2 * output[1] && input[2] == 2 * output[2];
    this.pairs = pairs;
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
    if (scatter && !covered) {
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
        pairs.giveBack(first, row, row + input[2], second, out, result, output[2]);
      } else if (first == second) {
        pairs.greatest(first, row, row + input[2], result, out, output[2]);
      } else {
        pairs.pick(first, row, row + input[2], second, result, out, output[2]);
      }
    }
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
      if (pick < 0 || (best >= 0 && PoolLoops.greater(first[best], first[pick]))) {
        continue;
      }
      float kept = best < 0 || PoolLoops.greater(first[pick], first[best]) ? 0 : 0.5f;
      for (int before = 0; before < k; before++) {
        own.shares[before] *= kept;
      }
      own.shares[k] = 1 - kept;
      best = pick;
    }
  }
}
