package io.lossmith.core.engine.cpu.whole;

import io.lossmith.core.Shape;
import io.lossmith.core.engine.cpu.kernel.PoolLoops;
import io.lossmith.core.engine.cpu.kernel.WindowLoops;
import io.lossmith.core.op.Window;
import java.util.Arrays;
import java.util.List;

/**
 * How blocks of planes lie in flat buffers for pooling with stride 1. Keys have padding around them
 * and, for the transpose, all that a window over the block may touch; the element under the first
 * tap of a position's window then stands where the position does. Rows end with what no position
 * has; a buffer of values has {@link #lead} elements before the first row.
 */
final class PoolLayout {
  /** Rows and slices of a block. */
  final PoolBlocks blocks;

  /** Length of a buffer, without the lead. */
  final int length;

  /** How many elements stand before the first row, in buffers of values and of picks. */
  final int lead;

  /** The windows, as they lie in a buffer. */
  final Placed[] windows;

  private final boolean transposed;
  private final int[] input;
  private final int[] output;
  private final int[] reach = new int[3];
  private final int[] padding = new int[3];
  private final int rowLength;
  private final int sliceLength;

  PoolLayout(List<Window> windows, Shape x, boolean transposed) {
    this.transposed = transposed;
    this.input = Stencil.spatial(x);
    this.output = Stencil.forward(windows.get(0), x).output;
    for (Window window : windows) {
      for (int axis = 0; axis < 3; axis++) {
        // Windows have the same positions, so the one that reaches furthest has most padding.
        reach[axis] = Math.max(reach[axis], reach(window, axis));
        padding[axis] = Math.max(padding[axis], Stencil.three(window.padding(), 0)[axis]);
      }
    }
    this.lead = reach[2];
    this.rowLength = output[2] + reach[2];
    int touched = transposed ? 2 : 1;
    int[] block = transposed ? input : output;
    int moreSlices = touched * reach[0];
    int moreRows = touched * reach[1];
    int planes = x.get(0) * x.get(1);
    this.blocks = PoolBlocks.of(planes, block, moreSlices, moreRows, rowLength);
    this.sliceLength = (blocks.rows() + moreRows) * rowLength;
    this.length = (blocks.slices() + moreSlices) * sliceLength;
    this.windows = windows.stream().map(Placed::new).toArray(Placed[]::new);
  }

  private static int reach(Window window, int axis) {
    int size = Stencil.three(window.size(), 1)[axis];
    return (size - 1) * Stencil.three(window.dilation(), 1)[axis];
  }

  /** One window in a buffer. */
  final class Placed {
    final int[] size;

    /** How far apart the elements under the window are along each axis. */
    final int[] distance = new int[3];

    /** How much further on this window begins than the one that reaches furthest. */
    final int shift;

    /** For each axis, how far from an element the last position stands that sees it. */
    final int[] back = new int[3];

    private Placed(Window window) {
      this.size = Stencil.three(window.size(), 1);
      int[] own = Stencil.three(window.padding(), 0);
      int[] dilation = Stencil.three(window.dilation(), 1);
      int[] pitch = {sliceLength, rowLength, 1};
      int further = 0;
      for (int axis = 0; axis < 3; axis++) {
        distance[axis] = dilation[axis] * pitch[axis];
        further += (padding[axis] - own[axis]) * pitch[axis];
        // Slices and rows of positions begin with the first that sees the block, columns with 0.
        int begin = axis == 2 ? 0 : padding[axis] - reach[axis];
        back[axis] = (own[axis] - reach(window, axis) - begin) * pitch[axis];
      }
      this.shift = further;
    }

    /** Returns how many elements have all that is under a window along this axis in the buffer. */
    int usable(int axis) {
      return length - (size[axis] - 1) * distance[axis];
    }
  }

  /** Returns whether there are several windows. */
  boolean several() {
    return windows.length > 1;
  }

  int[] keys() {
    return new int[length + WindowLoops.SLACK];
  }

  int[] picks() {
    return new int[lead + length + WindowLoops.SLACK];
  }

  float[] values() {
    return new float[lead + length + WindowLoops.SLACK];
  }

  /** Copies the keys that the windows of a block touch, with padding around the plane. */
  void loadKeys(float[] x, int block, int[] keys, PoolLoops loops) {
    int[] before = transposed ? reach : padding;
    for (int at = 0; at < length; at += rowLength) {
      int from = row(block, at, before[0], before[1], input);
      if (from < 0) {
        Arrays.fill(keys, at, at + rowLength, PoolLoops.PADDING);
      } else {
        int start = at + padding[2];
        Arrays.fill(keys, at, start, PoolLoops.PADDING);
        loops.toKeys(x, from, keys, start, input[2]);
        Arrays.fill(keys, start + input[2], at + rowLength, PoolLoops.PADDING);
      }
    }
  }

  /** Copies the values that stand where the keys do; what stands in the padding is never taken. */
  void loadValues(float[] x, int block, float[] values) {
    for (int at = 0; at < length; at += rowLength) {
      int from = row(block, at, padding[0], padding[1], input);
      if (from >= 0) {
        System.arraycopy(x, from, values, lead + at + padding[2], input[2]);
      }
    }
  }

  /** Copies the gradient at the positions that see the block; 0 where there is none. */
  void loadGradient(float[] g, int block, float[] values) {
    Arrays.fill(values, 0, lead, 0);
    for (int at = 0; at < length; at += rowLength) {
      int from = row(block, at, reach[0] - padding[0], reach[1] - padding[1], output);
      int present = from < 0 ? 0 : output[2];
      if (present > 0) {
        System.arraycopy(g, from, values, lead + at, present);
      }
      Arrays.fill(values, lead + at + present, lead + at + rowLength, 0);
    }
  }

  /** Copies the floats that a block's keys stand for into the result. */
  void copyKeys(int[] keys, int block, float[] result, PoolLoops loops) {
    for (int at = 0; at < length; at += rowLength) {
      int to = ownRow(block, at, output);
      if (to >= 0) {
        loops.toFloats(keys, at, result, to, output[2]);
      }
    }
  }

  /** Copies the values at a block's positions into the result. */
  void copyTaken(float[] values, int block, float[] result) {
    for (int at = 0; at < length; at += rowLength) {
      int to = ownRow(block, at, output);
      if (to >= 0) {
        System.arraycopy(values, lead + at, result, to, output[2]);
      }
    }
  }

  /** Returns how far a block's own rows reach from the first to the last, in a buffer. */
  int ownLength() {
    return (blocks.slices() - 1) * sliceLength + blocks.rows() * rowLength;
  }

  /** Copies what came back to a block's elements, which begin at {@code start}. */
  void copyGradient(float[] values, int start, int block, float[] result) {
    for (int at = 0; at < length; at += rowLength) {
      int to = ownRow(block, at, input);
      if (to >= 0) {
        System.arraycopy(values, start + at, result, to, input[2]);
      }
    }
  }

  /** Returns where a row of the block itself stands in an array, −1 for rows beyond it. */
  private int ownRow(int block, int at, int[] sizes) {
    boolean inside =
        at / sliceLength < blocks.slices() && at % sliceLength / rowLength < blocks.rows();
    return inside ? row(block, at, 0, 0, sizes) : -1;
  }

  /** Returns where a row of the buffer stands in an array, −1 if it is not in the plane. */
  private int row(int block, int at, int slicesBefore, int rowsBefore, int[] sizes) {
    int slice = blocks.firstSlice(block) + at / sliceLength - slicesBefore;
    int row = blocks.firstRow(block) + at % sliceLength / rowLength - rowsBefore;
    boolean inside = slice >= 0 && slice < sizes[0] && row >= 0 && row < sizes[1];
    return inside ? ((blocks.plane(block) * sizes[0] + slice) * sizes[1] + row) * sizes[2] : -1;
  }
}
