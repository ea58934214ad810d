package io.lossmith.core.engine.cpu.whole;

import io.lossmith.core.Shape;
import io.lossmith.core.engine.cpu.kernel.WindowLoops;
import io.lossmith.core.op.Window;
import java.util.Arrays;
import java.util.List;

/**
 * Lays out the input of a window so that each tap is a fixed distance away. The spatial axes are
 * taken as three, missing ones with size 1. A task is a band of rows of one slice of the output;
 * for it the rows that the windows touch are copied, with zeros around them, into a flat buffer
 * with rows of {@link #rowLength} elements. Output element (row, column) of the band then stands at
 * row · rowLength + column, and its tap k reads {@code offsets[k]} further on. The columns behind
 * the output's are computed for nothing, and rows share the zeros between them.
 *
 * <p>With a stride the buffer is dealt out: elements whose position leaves the same remainder lie
 * together, so taps stay at fixed distances. For the transpose of a stride, zeros are spread
 * between the elements.
 */
final class Stencil {
  /** A band's buffer is about this long, in elements: it stays in the second-level cache. */
  private static final int BUFFER = 1 << 16;

  /** Shorter stretches cost more to begin and end. */
  private static final int STRETCH = 1024;

  /** An image or batch is cut into at least this many tasks where that does not cost much. */
  private static final int TASKS = 8;

  final int channels;
  final int[] output;
  final int rowLength;
  final int bandRows;
  final int channelLength;

  /** How many tasks an image has. */
  final int tasks;

  private final int[] input;
  private final int[] taps;
  private final int[] stride;
  private final int[] padding;
  private final int[] dilation;
  private final int spread0;
  private final int spread1;
  private final int spread2;
  private final boolean isDense;
  private final int columns;
  private final int dealtLength;
  private final int sliceLength;
  private final int bands;

  private Stencil(
      Shape x, int[] taps, int[] stride, int[] padding, int[] dilation, int[] spread, int[] out) {
    this.channels = x.get(1);
    this.input = spatial(x);
    this.output = out;
    this.taps = taps;
    this.stride = stride;
    this.padding = padding;
    this.dilation = dilation;
    this.spread0 = spread[0];
    this.spread1 = spread[1];
    this.spread2 = spread[2];
    this.isDense = Math.max(stride[1], stride[2]) == 1 && Math.max(spread[1], spread[2]) == 1;
    this.columns = (out[2] - 1) * stride[2] + (taps[2] - 1) * dilation[2] + 1;
    this.rowLength = rowLength(spread[2]);
    int perRow = Math.max(1, channels) * taps[0] * stride[1] * stride[2] * rowLength;
    int rows = BUFFER / perRow - (taps[1] - 1) * dilation[1] / stride[1];
    rows = Math.min(out[1], Math.max(rows, STRETCH / rowLength + 1));
    int slices = Math.max(1, x.get(0)) * out[0];
    int wanted = (TASKS + slices - 1) / slices;
    int cut = Math.max((out[1] + wanted - 1) / wanted, STRETCH / 4 / rowLength + 1);
    this.bands = (out[1] - 1) / Math.min(rows, cut) + 1;
    this.bandRows = (out[1] - 1) / bands + 1;
    this.tasks = out[0] * bands;
    this.dealtLength = ((virtualRows() - 1) / stride[1] + 1) * rowLength;
    this.sliceLength = dealtLength * stride[1] * stride[2];
    this.channelLength = sliceLength * taps[0];
  }

  /** Returns the stencil of a window over x. */
  static Stencil forward(Window window, Shape x) {
    int[] in = spatial(x);
    int[] out = new int[3];
    int lead = 3 - window.rank();
    for (int axis = 0; axis < 3; axis++) {
      out[axis] = axis < lead ? 1 : window.positions(axis - lead, in[axis]);
    }
    return new Stencil(
        x,
        three(window.size(), 1),
        three(window.stride(), 1),
        three(window.padding(), 0),
        three(window.dilation(), 1),
        new int[] {1, 1, 1},
        out);
  }

  /**
   * Returns the stencil of the transpose of a window: it reads the gradient of what the window made
   * and computes a tensor like the window's input. Its taps are those of the window reversed.
   */
  static Stencil transposed(Window window, Shape gradient, Shape input) {
    int[] taps = three(window.size(), 1);
    int[] dilation = three(window.dilation(), 1);
    int[] padding = three(window.padding(), 0);
    for (int axis = 0; axis < 3; axis++) {
      padding[axis] = (taps[axis] - 1) * dilation[axis] - padding[axis];
    }
    return new Stencil(
        gradient,
        taps,
        new int[] {1, 1, 1},
        padding,
        dilation,
        three(window.stride(), 1),
        spatial(input));
  }

  /** Returns the sizes of the spatial axes, with ones before them up to three. */
  static int[] spatial(Shape shape) {
    int[] sizes = {1, 1, 1};
    for (int axis = 2; axis < shape.rank(); axis++) {
      sizes[3 - shape.rank() + axis] = shape.get(axis);
    }
    return sizes;
  }

  /** Returns a list as three numbers, with {@code missing} before it. */
  static int[] three(List<Integer> values, int missing) {
    int[] three = {missing, missing, missing};
    for (int i = 0; i < values.size(); i++) {
      three[3 - values.size() + i] = values.get(i);
    }
    return three;
  }

  private int rowLength(int spread) {
    if (stride[2] > 1) {
      return (columns - 1) / stride[2] + 1;
    }
    int before = Math.max(0, padding[2]);
    int after = Math.max(0, columns - padding[2] - ((input[2] - 1) * spread + 1));
    return Math.max(columns - Math.min(before, after), output[2]);
  }

  private int virtualRows() {
    return (bandRows - 1) * stride[1] + (taps[1] - 1) * dilation[1] + 1;
  }

  /** Returns a buffer for one task, all zeros; only this stencil may write to it. */
  float[] buffer() {
    return new float[channels * channelLength + rowLength + 2 * WindowLoops.SLACK];
  }

  /** Returns the slice of the output that a task computes. */
  int slice(int task) {
    return task / bands;
  }

  /** Returns the first row of the output that a task computes. */
  int firstRow(int task) {
    return task % bands * bandRows;
  }

  /** Returns how many rows a task computes. */
  int rows(int task) {
    return Math.max(0, Math.min(bandRows, output[1] - firstRow(task)));
  }

  /** Returns how long the stretch of a task's output elements is. */
  int length(int task) {
    return rows(task) == 0 ? 0 : (rows(task) - 1) * rowLength + output[2];
  }

  /** Returns how many taps there are for one channel. */
  int taps() {
    return taps[0] * taps[1] * taps[2];
  }

  /** Returns how far off each tap of each channel is; the last is repeated {@code more} times. */
  int[] offsets(int more) {
    int[] offsets = new int[channels * taps() + more];
    int t = 0;
    for (int c = 0; c < channels; c++) {
      for (int d = 0; d < taps[0]; d++) {
        for (int h = 0; h < taps[1]; h++) {
          for (int w = 0; w < taps[2]; w++) {
            offsets[t++] = c * channelLength + d * sliceLength + offset(h, w);
          }
        }
      }
    }
    Arrays.fill(offsets, t, offsets.length, t == 0 ? 0 : offsets[t - 1]);
    return offsets;
  }

  private int offset(int h, int w) {
    int row = h * dilation[1];
    int column = w * dilation[2];
    return (row % stride[1] * stride[2] + column % stride[2]) * dealtLength
        + row / stride[1] * rowLength
        + column / stride[2];
  }

  /** Returns how far neighbours along an axis are apart, where strides are 1. */
  int distance(int axis) {
    return axis == 0 ? sliceLength : dilation[axis] * (axis == 1 ? rowLength : 1);
  }

  /** Copies what a task needs of image {@code n} of x. */
  void load(float[] x, int n, int task, float[] buffer) {
    int depth = slice(task) * stride[0];
    int first = firstRow(task) * stride[1];
    int rows = (rows(task) - 1) * stride[1] + (taps[1] - 1) * dilation[1] + 1;
    for (int c = 0; c < channels; c++) {
      for (int k = 0; k < taps[0]; k++) {
        int d = source(depth + k * dilation[0] - padding[0], spread0, input[0]);
        int slice = ((n * channels + c) * input[0] + d) * input[1];
        int at = c * channelLength + k * sliceLength;
        if (isDense) {
          loadRows(x, d < 0 ? -1 : slice, first - padding[1], rows, buffer, at);
          continue;
        }
        for (int r = 0; r < rows; r++) {
          int h = d < 0 ? -1 : source(first + r - padding[1], spread1, input[1]);
          int to = at + r % stride[1] * stride[2] * dealtLength + r / stride[1] * rowLength;
          loadRow(x, h < 0 ? -1 : (slice + h) * input[2], buffer, to);
        }
      }
    }
  }

  /** Copies rows that follow each other, with zeros for those that the slice does not have. */
  private void loadRows(float[] x, int slice, int first, int rows, float[] buffer, int at) {
    for (int r = 0; r < rows; r++) {
      int h = first + r;
      boolean isThere = slice >= 0 && h >= 0 && h < input[1];
      loadRow(x, isThere ? (slice + h) * input[2] : -1, buffer, at + r * rowLength);
    }
  }

  /** Returns how many rows lie in the buffer, those of all slices, where strides are 1. */
  int bufferRows() {
    return taps[0] * virtualRows();
  }

  private static int source(int position, int spread, int length) {
    if (position < 0 || position % spread != 0 || position / spread >= length) {
      return -1;
    }
    return position / spread;
  }

  /** Copies one row, or zeros in its place where {@code from} is −1. */
  private void loadRow(float[] x, int from, float[] buffer, int to) {
    if (stride[2] > 1) {
      deal(x, from, buffer, to);
      return;
    }
    if (spread2 > 1) {
      spread(x, from, buffer, to);
      return;
    }
    int before = Math.max(0, padding[2]);
    int skipped = before - padding[2];
    int length = Math.min(input[2] - skipped, columns - before);
    if (length <= 0) {
      return;
    }
    if (from < 0) {
      Arrays.fill(buffer, to + before, to + before + length, 0);
    } else {
      System.arraycopy(x, from + skipped, buffer, to + before, length);
    }
  }

  private void deal(float[] x, int from, float[] buffer, int to) {
    for (int remainder = 0; remainder < stride[2]; remainder++) {
      int at = to + remainder * dealtLength;
      for (int v = remainder; v < columns; v += stride[2]) {
        int w = v - padding[2];
        buffer[at++] = from >= 0 && w >= 0 && w < input[2] ? x[from + w] : 0;
      }
    }
  }

  private void spread(float[] x, int from, float[] buffer, int to) {
    for (int w = 0; w < input[2]; w++) {
      int v = w * spread2 + padding[2];
      if (v >= 0 && v < columns) {
        buffer[to + v] = from < 0 ? 0 : x[from + w];
      }
    }
  }
}
