package io.lossmith.core.engine.cpu.whole;

import io.lossmith.core.Shape;
import io.lossmith.core.engine.cpu.kernel.ParallelFor;
import io.lossmith.core.engine.cpu.kernel.WindowLoops;
import io.lossmith.core.op.Window;
import java.util.List;
import java.util.function.Supplier;

/**
 * Average pooling and its transpose. A sum over a box is a sum along one axis after the other, each
 * with a few additions for an element however large the box is, and with no sum that runs on and
 * gathers errors or keeps a NaN: see {@link #alongRow} and {@link #acrossRows}.
 */
final class BoxSumKernel extends BoundKernel {
  private final Stencil stencil;
  private final int[] size;
  private final int[] stride;
  private final int[] positions;
  private final int planes;
  private final PerWorker<Scratch> scratch;
  private final ParallelFor.Task task = this::compute;

  private BoxSumKernel(
      Stencil stencil,
      Window window,
      int[] stride,
      int[] positions,
      int planes,
      Supplier<WindowLoops> loops) {
    this.stencil = stencil;
    this.size = Stencil.three(window.size(), 1);
    this.stride = stride;
    this.positions = positions;
    this.planes = planes;
    this.scratch = new PerWorker<>(() -> new Scratch(loops.get()));
  }

  /** Returns average pooling of x: all positions with stride 1, of which some are kept. */
  static BoxSumKernel forward(Window window, Shape x, Supplier<WindowLoops> loops) {
    List<Integer> ones = window.stride().stream().map(s -> 1).toList();
    Window dense = new Window(window.size(), ones, window.padding(), window.dilation());
    Shape planes = onePlane(x);
    int[] stride = Stencil.three(window.stride(), 1);
    Stencil stencil = Stencil.forward(dense, planes);
    int[] positions = new int[3];
    for (int axis = 0; axis < 3; axis++) {
      positions[axis] = (stencil.output[axis] - 1) / stride[axis] + 1;
    }
    return new BoxSumKernel(stencil, window, stride, positions, planes.get(0), loops);
  }

  /** Returns the transpose of average pooling. */
  static BoxSumKernel transposed(
      Window window, Shape gradient, Shape input, Supplier<WindowLoops> loops) {
    Shape planes = onePlane(gradient);
    Stencil stencil = Stencil.transposed(window, planes, onePlane(input));
    return new BoxSumKernel(
        stencil, window, new int[] {1, 1, 1}, stencil.output, planes.get(0), loops);
  }

  /** Takes the channels as images of one channel. */
  private static Shape onePlane(Shape x) {
    return x.with(1, 1).with(0, x.get(0) * x.get(1));
  }

  private final class Scratch {
    final WindowLoops loops;
    final float[] input = stencil.buffer();
    final float[] sums = stencil.buffer();
    final float[] starts = stencil.buffer();
    final float[] row = new float[rowReach()];
    final float[] rowSums = new float[rowReach()];

    Scratch(WindowLoops loops) {
      this.loops = loops;
    }
  }

  /** Returns how many elements the sums of one row read. */
  private int rowReach() {
    return stencil.output[2] + (size[2] - 1) * stencil.distance(2);
  }

  @Override
  void run(ParallelFor team) {
    scratch.prepare(team.size());
    team.run(planes * stencil.tasks, task);
  }

  private void compute(int index, int worker) {
    int plane = index / stencil.tasks;
    int part = index % stencil.tasks;
    if (stencil.slice(part) % stride[0] != 0) {
      return;
    }
    Scratch own = scratch.get(worker);
    stencil.load(first, plane, part, own.input);
    for (int row = 0; row < stencil.bufferRows(); row++) {
      alongRow(own, row * stencil.rowLength);
    }
    for (int axis = 1; axis >= 0; axis--) {
      if (size[axis] > 1) {
        acrossRows(own.loops, own.sums, own.starts, size[axis], stencil.distance(axis));
      }
    }
    copyOut(own.sums, plane, part);
  }

  /**
   * Sums along a row, from sums of 1, 2, 4, … neighbours: log k additions, all in the first-level
   * cache.
   */
  private void alongRow(Scratch own, int at) {
    int k = size[2];
    int width = stencil.output[2];
    if (k == 1) {
      System.arraycopy(own.input, at, own.sums, at, width);
      return;
    }
    int distance = stencil.distance(2);
    int reach = rowReach();
    System.arraycopy(own.input, at, own.row, 0, reach);
    int done = 0;
    for (int power = 1; power <= k; power *= 2) {
      if ((k & power) != 0) {
        if (done == 0) {
          System.arraycopy(own.row, 0, own.rowSums, 0, width);
        } else {
          own.loops.add(own.rowSums, 0, own.row, done * distance, width);
        }
        done += power;
      }
      if (power * 2 <= k) {
        own.loops.add(own.row, 0, own.row, power * distance, reach - power * distance);
      }
    }
    System.arraycopy(own.rowSums, 0, own.sums, at, width);
  }

  /**
   * Replaces element i by the sum of i, i + distance, … (k of them): the axis is cut into blocks of
   * k; a sum is the end of one block and the start of the next, so three additions are enough.
   */
  private static void acrossRows(
      WindowLoops loops, float[] sums, float[] starts, int k, int distance) {
    int length = sums.length;
    System.arraycopy(sums, 0, starts, 0, length);
    for (int at = distance, line = 1; at < length; at += distance, line++) {
      if (line % k != 0) {
        loops.add(starts, at, starts, at - distance, Math.min(distance, length - at));
      }
    }
    for (int line = (length - 1) / distance - 1; line >= 0; line--) {
      if (line % k != k - 1) {
        int next = (line + 1) * distance;
        loops.add(sums, line * distance, sums, next, Math.min(distance, length - next));
      }
    }
    int ahead = (k - 1) * distance;
    for (int at = 0, line = 0; at + ahead < length; at += distance, line++) {
      if (line % k != 0) {
        loops.add(sums, at, starts, at + ahead, Math.min(distance, length - at - ahead));
      }
    }
  }

  private void copyOut(float[] sums, int plane, int part) {
    // In float its rounding would be in every mean, and add up from axis to axis.
    double scale = 1.0 / (size[0] * size[1] * size[2]);
    int slice = plane * positions[0] + stencil.slice(part) / stride[0];
    int first = stencil.firstRow(part);
    for (int h = 0; h < stencil.rows(part); h++) {
      int row = first + h;
      if (row % stride[1] == 0) {
        int to = (slice * positions[1] + row / stride[1]) * positions[2];
        int from = h * stencil.rowLength;
        for (int w = 0; w < positions[2]; w++) {
          result[to + w] = (float) (sums[from + w * stride[2]] * scale);
        }
      }
    }
  }
}
