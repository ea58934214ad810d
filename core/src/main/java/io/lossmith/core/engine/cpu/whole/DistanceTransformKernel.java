package io.lossmith.core.engine.cpu.whole;

import io.lossmith.core.Shape;
import io.lossmith.core.engine.cpu.kernel.ParallelFor;
import io.lossmith.core.op.DistanceTransform;

/**
 * Distances axis by axis. Along the outermost axis they are counted, many columns at a time; what
 * lies below one index of that axis, a row or a slice, is then finished on its own: by the lower
 * envelope of its squared distances along each of its axes, in double.
 */
final class DistanceTransformKernel extends BoundKernel {
  /** Columns that are counted together: whole cache lines, and several tasks to an image. */
  private static final int COLUMNS = 128;

  /** A task finishes about so many elements. */
  private static final int ELEMENTS = 4096;

  private final int planes;
  private final int slices;
  private final int rows;
  private final int columns;
  private final double sliceSpacing;
  private final double rowScale;
  private final double columnScale;
  private final int stretches;
  private final int slicesOfGroup;
  private final int groups;
  private final PerWorker<Scratch> scratch;
  private final ParallelFor.Task counting = this::count;
  private final ParallelFor.Task finishing = this::finish;

  DistanceTransformKernel(DistanceTransform op, Shape x) {
    int[] size = Stencil.spatial(x);
    double[] spacing = {1, 1, 1};
    int axes = op.spacing().size();
    for (int axis = 0; axis < axes; axis++) {
      spacing[3 - axes + axis] = op.spacing().get(axis);
    }
    boolean deep = size[0] > 1; // else the rows are the slices
    planes = x.get(0) * x.get(1);
    slices = deep ? size[0] : size[1];
    rows = deep ? size[1] : 1;
    columns = size[2];
    sliceSpacing = deep ? spacing[0] : spacing[1];
    rowScale = spacing[1] * spacing[1];
    columnScale = spacing[2] * spacing[2];
    stretches = (rows * columns + COLUMNS - 1) / COLUMNS;
    slicesOfGroup = Math.max(1, ELEMENTS / (rows * columns));
    groups = (slices + slicesOfGroup - 1) / slicesOfGroup;
    scratch = new PerWorker<>(Scratch::new);
  }

  private final class Scratch {
    final LowerEnvelope envelope = new LowerEnvelope(Math.max(rows, columns));
    final double[] line = new double[Math.max(rows, columns)];
    final double[] slice = new double[rows * columns];
  }

  @Override
  void run(ParallelFor team) {
    scratch.prepare(team.size());
    team.run(planes * stretches, counting);
    team.run(planes * groups, finishing);
  }

  /** Counts the elements to the nearest 0 above or below. */
  private void count(int index, int worker) {
    int below = rows * columns;
    int column = index % stretches * COLUMNS;
    int top = index / stretches * slices * below + column;
    int n = Math.min(COLUMNS, below - column);
    for (int i = top; i < top + n; i++) {
      result[i] = first[i] == 0 ? 0 : Float.POSITIVE_INFINITY;
    }
    for (int slice = 1; slice < slices; slice++) {
      countDown(first, result, top + slice * below, below, n);
    }
    for (int slice = slices - 2; slice >= 0; slice--) {
      countUp(result, top + slice * below, below, n);
    }
  }

  private static void countDown(float[] x, float[] counts, int at, int below, int n) {
    for (int i = at; i < at + n; i++) {
      counts[i] = x[i] == 0 ? 0 : counts[i - below] + 1;
    }
  }

  /** Compares by hand: {@code Math.min} has NaN and −0 in mind, and takes twice as long. */
  private static void countUp(float[] counts, int at, int below, int n) {
    for (int i = at; i < at + n; i++) {
      float more = counts[i + below] + 1;
      if (more < counts[i]) {
        counts[i] = more;
      }
    }
  }

  private void finish(int index, int worker) {
    Scratch own = scratch.get(worker);
    int begin = index % groups * slicesOfGroup;
    int end = Math.min(slices, begin + slicesOfGroup);
    for (int slice = begin; slice < end; slice++) {
      finishSlice(own, (index / groups * slices + slice) * rows * columns);
    }
  }

  private void finishSlice(Scratch own, int at) {
    for (int i = 0; i < rows * columns; i++) {
      double distance = result[at + i] * sliceSpacing;
      own.slice[i] = distance * distance;
    }
    for (int column = 0; rows > 1 && column < columns; column++) {
      alongColumn(own, column);
    }
    for (int row = 0; row < rows; row++) {
      System.arraycopy(own.slice, row * columns, own.line, 0, columns);
      own.envelope.apply(own.line, columns, columnScale);
      for (int i = 0; i < columns; i++) {
        result[at + row * columns + i] = (float) Math.sqrt(own.line[i]);
      }
    }
  }

  private void alongColumn(Scratch own, int column) {
    for (int row = 0; row < rows; row++) {
      own.line[row] = own.slice[row * columns + column];
    }
    own.envelope.apply(own.line, rows, rowScale);
    for (int row = 0; row < rows; row++) {
      own.slice[row * columns + column] = own.line[row];
    }
  }
}
