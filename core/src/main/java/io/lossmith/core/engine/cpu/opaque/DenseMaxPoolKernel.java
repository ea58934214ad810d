package io.lossmith.core.engine.cpu.opaque;

import io.lossmith.core.Shape;
import io.lossmith.core.engine.cpu.Team;
import io.lossmith.core.op.Window;
import java.util.Arrays;
import java.util.function.Supplier;

/**
 * Max pooling with stride 1, its choice among other values, and its transpose, along one axis after
 * the other. The first of the greatest elements under a window is the first of its row, in the
 * first of such rows, in the first of such slices: so what each axis picks on its own is what the
 * window picks, and a gradient goes back through the axes in the opposite order.
 *
 * <p>A task is a block of slices and rows of one plane. Its keys are copied into a flat buffer,
 * with padding around them and, for the transpose, with all that a window over the block may touch.
 * Elements under a window are then a fixed distance apart, and each step is one loop over the whole
 * buffer; what stands behind the end of a row is computed in vain.
 */
final class DenseMaxPoolKernel extends BoundKernel {
  private final boolean scatter;
  private final PoolBlocks blocks;
  private final int[] size;
  private final int[] padding;
  private final int[] reach = new int[3];
  private final int[] distance = new int[3];
  private final int[] input;
  private final int[] output;
  private final int rowLength;
  private final int slicePitch;
  private final int length;
  private final PerWorker<Scratch> scratch;
  private final Team.Task task = this::compute;

  private DenseMaxPoolKernel(
      Window window, Shape x, int[] output, boolean scatter, Supplier<PoolLoops> loops) {
    this.scatter = scatter;
    this.size = Stencil.three(window.size(), 1);
    this.padding = Stencil.three(window.padding(), 0);
    this.input = Stencil.spatial(x);
    this.output = output;
    int[] dilation = Stencil.three(window.dilation(), 1);
    for (int axis = 0; axis < 3; axis++) {
      reach[axis] = (size[axis] - 1) * dilation[axis];
    }
    this.rowLength = output[2] + reach[2];
    int halo = scatter ? 2 : 1;
    this.blocks =
        PoolBlocks.of(
            x.get(0) * x.get(1),
            scatter ? input : output,
            halo * reach[0],
            halo * reach[1],
            rowLength);
    this.slicePitch = (blocks.rows() + halo * reach[1]) * rowLength;
    this.length = (blocks.slices() + halo * reach[0]) * slicePitch;
    distance[0] = dilation[0] * slicePitch;
    distance[1] = dilation[1] * rowLength;
    distance[2] = dilation[2];
    this.scratch = new PerWorker<>(() -> new Scratch(loops.get()));
  }

  /**
   * Returns whether a window moves by single elements and never lies on nothing but padding: what
   * this kernel is for.
   */
  static boolean fits(Window window, Shape x) {
    for (int axis = 0; axis < window.rank(); axis++) {
      int reach = (window.size().get(axis) - 1) * window.dilation().get(axis);
      int length = x.get(axis + 2);
      boolean skips = window.dilation().get(axis) > 1 && reach > 0;
      if (window.stride().get(axis) != 1
          || window.padding().get(axis) > reach
          || (skips && window.padding().get(axis) > 0)
          || length == 0) {
        return false;
      }
    }
    return true;
  }

  /** Returns max pooling of keys x. */
  static DenseMaxPoolKernel greatest(Window window, Shape x, Supplier<PoolLoops> loops) {
    return new DenseMaxPoolKernel(window, x, Stencil.forward(window, x).output, false, loops);
  }

  /** Returns its transpose, for keys x. */
  static DenseMaxPoolKernel scatter(Window window, Shape x, Supplier<PoolLoops> loops) {
    return new DenseMaxPoolKernel(window, x, Stencil.forward(window, x).output, true, loops);
  }

  private final class Scratch {
    final PoolLoops loops;
    final int[] keys = new int[length + WindowLoops.SLACK];

    /** For each axis; with {@code reach[2]} elements more at the start, as the gradient has. */
    final int[][] picks = new int[3][];

    /** The gradient, or the values that are taken. */
    final float[] values;

    Scratch(PoolLoops loops) {
      this.loops = loops;
      this.values = new float[reach[2] + keys.length];
      for (int axis = 0; axis < 3; axis++) {
        picks[axis] = new int[size[axis] > 1 ? values.length : 0];
      }
    }
  }

  @Override
  void run(Team team) {
    scratch.prepare(team.size());
    team.run(blocks.count(), task);
  }

  private void compute(int index, int worker) {
    Scratch own = scratch.get(worker);
    int plane = blocks.plane(index);
    int slice = blocks.firstSlice(index);
    int row = blocks.firstRow(index);
    int slices = Math.min(blocks.slices(), blocks.allSlices() - slice);
    int rows = Math.min(blocks.rows(), blocks.allRows() - row);
    loadKeys(own, plane, slice, row);
    if (scatter) {
      pick(own);
      loadGradient(own, plane, slice, row);
      giveBack(own);
      copyGradient(own, plane, slice, row, slices, rows);
    } else if (first == second) {
      greatest(own);
      copyGreatest(own, plane, slice, row, slices, rows);
    } else {
      pick(own);
      loadValues(own, plane, slice, row);
      take(own);
      copyTaken(own, plane, slice, row, slices, rows);
    }
  }

  /** Returns how many elements have all that is under a window along this axis in the buffer. */
  private int usable(int axis) {
    return length - (size[axis] - 1) * distance[axis];
  }

  /** Copies the keys that the windows of a block touch: from its positions on, or from before. */
  private void loadKeys(Scratch own, int plane, int slice, int row) {
    int before0 = scatter ? reach[0] : padding[0];
    int before1 = scatter ? reach[1] : padding[1];
    int bufferRows = slicePitch / rowLength;
    for (int i = 0; i < length / slicePitch; i++) {
      int d = slice + i - before0;
      for (int j = 0; j < bufferRows; j++) {
        int h = row + j - before1;
        int at = i * slicePitch + j * rowLength;
        if (d < 0 || d >= input[0] || h < 0 || h >= input[1]) {
          Arrays.fill(own.keys, at, at + rowLength, PoolLoops.PADDING);
          continue;
        }
        int from = ((plane * input[0] + d) * input[1] + h) * input[2];
        int end = at + padding[2] + input[2];
        Arrays.fill(own.keys, at, at + padding[2], PoolLoops.PADDING);
        own.loops.toKeys(first, from, own.keys, at + padding[2], input[2]);
        Arrays.fill(own.keys, end, at + rowLength, PoolLoops.PADDING);
      }
    }
  }

  private void greatest(Scratch own) {
    for (int axis = 2; axis >= 0; axis--) {
      if (size[axis] > 1) {
        own.loops.greatest(own.keys, distance[axis], size[axis], usable(axis));
      }
    }
  }

  private void copyGreatest(Scratch own, int plane, int slice, int row, int slices, int rows) {
    for (int i = 0; i < slices; i++) {
      for (int j = 0; j < rows; j++) {
        int to = ((plane * output[0] + slice + i) * output[1] + row + j) * output[2];
        own.loops.toFloats(own.keys, i * slicePitch + j * rowLength, result, to, output[2]);
      }
    }
  }

  private void pick(Scratch own) {
    for (int axis = 2; axis >= 0; axis--) {
      if (size[axis] > 1) {
        own.loops.pick(
            own.keys, distance[axis], size[axis], own.picks[axis], reach[2], usable(axis));
      }
    }
  }

  /** Copies the values that stand where the keys do; what stands in the padding is never taken. */
  private void loadValues(Scratch own, int plane, int slice, int row) {
    for (int i = 0; i < length / slicePitch; i++) {
      int d = slice + i - padding[0];
      for (int j = 0; j < slicePitch / rowLength; j++) {
        int h = row + j - padding[1];
        if (d >= 0 && d < input[0] && h >= 0 && h < input[1]) {
          int from = ((plane * input[0] + d) * input[1] + h) * input[2];
          int to = i * slicePitch + j * rowLength + padding[2];
          System.arraycopy(second, from, own.values, to, input[2]);
        }
      }
    }
  }

  private void take(Scratch own) {
    for (int axis = 2; axis >= 0; axis--) {
      if (size[axis] > 1) {
        own.loops.take(
            own.picks[axis], reach[2], own.values, distance[axis], size[axis], usable(axis));
      }
    }
  }

  private void copyTaken(Scratch own, int plane, int slice, int row, int slices, int rows) {
    for (int i = 0; i < slices; i++) {
      for (int j = 0; j < rows; j++) {
        int to = ((plane * output[0] + slice + i) * output[1] + row + j) * output[2];
        System.arraycopy(own.values, i * slicePitch + j * rowLength, result, to, output[2]);
      }
    }
  }

  /** Copies the gradient at the positions that see the block; 0 where there is none. */
  private void loadGradient(Scratch own, int plane, int slice, int row) {
    int lead = reach[2];
    float[] to = own.values;
    Arrays.fill(to, 0, lead, 0);
    for (int i = 0; i < length / slicePitch; i++) {
      int d = slice + i + padding[0] - reach[0];
      for (int j = 0; j < slicePitch / rowLength; j++) {
        int h = row + j + padding[1] - reach[1];
        int at = lead + i * slicePitch + j * rowLength;
        if (d < 0 || d >= output[0] || h < 0 || h >= output[1]) {
          Arrays.fill(to, at, at + rowLength, 0);
        } else {
          int from = ((plane * output[0] + d) * output[1] + h) * output[2];
          System.arraycopy(second, from, to, at, output[2]);
          Arrays.fill(to, at + output[2], at + rowLength, 0);
        }
      }
    }
  }

  /** Sends the gradient back through the slices, the rows and the columns. */
  private void giveBack(Scratch own) {
    int at = 0;
    for (int axis = 0; axis < 3; axis++) {
      if (size[axis] > 1) {
        int before = axis == 2 ? reach[2] - padding[2] : 0;
        own.loops.giveBack(
            own.picks[axis],
            reach[2] - before + at,
            own.values,
            reach[2] - before,
            distance[axis],
            size[axis],
            usable(axis) - at);
      }
      at += axis == 0 ? reach[0] * slicePitch : axis == 1 ? reach[1] * rowLength : 0;
    }
  }

  private void copyGradient(Scratch own, int plane, int slice, int row, int slices, int rows) {
    for (int i = 0; i < slices; i++) {
      for (int j = 0; j < rows; j++) {
        int to = ((plane * input[0] + slice + i) * input[1] + row + j) * input[2];
        int from = padding[2] + i * slicePitch + j * rowLength;
        System.arraycopy(own.values, from, result, to, input[2]);
      }
    }
  }
}
