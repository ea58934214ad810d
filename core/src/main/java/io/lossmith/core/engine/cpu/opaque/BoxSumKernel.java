package io.lossmith.core.engine.cpu.opaque;

import io.lossmith.core.Shape;
import io.lossmith.core.engine.cpu.Team;
import io.lossmith.core.op.Window;
import java.util.List;
import java.util.function.Supplier;

/**
 * Average pooling and its transpose. A sum over a box is a sum along one axis after the other, and a
 * sum of k neighbours is made of sums of 1, 2, 4, … neighbours: log k additions for each element, all
 * over flat stretches, with no sum that runs on and gathers errors or keeps a NaN.
 */
final class BoxSumKernel extends BoundKernel {
  private final Stencil stencil;
  private final int[] size;
  private final int[] stride;
  private final int[] positions;
  private final int planes;
  private final PerWorker<Scratch> scratch;
  private final Team.Task task = this::compute;

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
    final float[] powers = stencil.buffer();
    final float[] sums = stencil.buffer();

    Scratch(WindowLoops loops) {
      this.loops = loops;
    }
  }

  @Override
  void run(Team team) {
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
    System.arraycopy(own.input, 0, own.powers, 0, own.input.length);
    float[] summed = own.powers;
    float[] other = own.sums;
    for (int axis = 2; axis >= 0; axis--) {
      if (size[axis] > 1) {
        sum(own.loops, summed, other, size[axis], stencil.distance(axis));
        float[] swapped = summed;
        summed = other;
        other = swapped;
      }
    }
    copyOut(summed, plane, part);
  }

  /** sums[i] = Σ over j &lt; k of a[i + j · distance], as far as a reaches; a is used up. */
  private static void sum(WindowLoops loops, float[] a, float[] sums, int k, int distance) {
    int done = 0;
    int n = a.length;
    for (int power = 1; power <= k; power *= 2) {
      if ((k & power) != 0) {
        int from = done * distance;
        if (done == 0) {
          System.arraycopy(a, 0, sums, 0, n);
        } else {
          loops.add(sums, a, from, n - from);
        }
        done += power;
      }
      if (power * 2 <= k) {
        loops.add(a, a, power * distance, n - power * distance);
      }
    }
  }

  private void copyOut(float[] sums, int plane, int part) {
    float scale = 1f / (size[0] * size[1] * size[2]);
    int slice = plane * positions[0] + stencil.slice(part) / stride[0];
    int first = stencil.firstRow(part);
    for (int h = 0; h < stencil.rows(part); h++) {
      int row = first + h;
      if (row % stride[1] == 0) {
        int to = (slice * positions[1] + row / stride[1]) * positions[2];
        int from = h * stencil.rowLength;
        for (int w = 0; w < positions[2]; w++) {
          result[to + w] = sums[from + w * stride[2]] * scale;
        }
      }
    }
  }
}
