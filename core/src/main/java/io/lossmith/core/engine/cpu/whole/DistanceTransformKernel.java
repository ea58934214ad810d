package io.lossmith.core.engine.cpu.whole;

import io.lossmith.core.Shape;
import io.lossmith.core.engine.cpu.kernel.Kernels;
import io.lossmith.core.engine.cpu.kernel.ParallelFor;
import io.lossmith.core.op.DistanceTransform;

/**
 * Distances axis by axis. Along the outermost axis they are counted, many columns at a time; what
 * lies below one index of that axis, a row or a slice, is then finished on its own.
 */
final class DistanceTransformKernel extends BoundKernel {
  /** Columns that are counted together: whole cache lines, and several tasks to an image. */
  private static final int COLUMNS = 128;

  /** A task finishes about so many elements. */
  private static final int ELEMENTS = 4096;

  private final int planes;
  private final int slices;
  private final int below;
  private final int stretches;
  private final int slicesOfGroup;
  private final int groups;
  private final PerWorker<Distances> distances;
  private final ParallelFor.Task counting = this::count;
  private final ParallelFor.Task finishing = this::finish;

  DistanceTransformKernel(DistanceTransform op, Shape x, Kernels kernels) {
    int[] size = Stencil.spatial(x);
    double[] spacing = {1, 1, 1};
    int axes = op.spacing().size();
    for (int axis = 0; axis < axes; axis++) {
      spacing[3 - axes + axis] = op.spacing().get(axis);
    }
    if (size[0] == 1) { // the rows are the slices
      size = new int[] {size[1], 1, size[2]};
      spacing = new double[] {spacing[1], 1, spacing[2]};
    }
    planes = x.get(0) * x.get(1);
    slices = size[0];
    below = size[1] * size[2];
    stretches = (below + COLUMNS - 1) / COLUMNS;
    slicesOfGroup = Math.max(1, ELEMENTS / below);
    groups = (slices + slicesOfGroup - 1) / slicesOfGroup;
    distances = distances(size, spacing, kernels);
  }

  private static PerWorker<Distances> distances(int[] size, double[] spacing, Kernels kernels) {
    return kernels.distances() != null && WholeDistances.fits(size, spacing)
        ? new PerWorker<>(() -> new WholeDistances(size, kernels.distances()))
        : new PerWorker<>(() -> new EnvelopeDistances(size, spacing));
  }

  @Override
  void run(ParallelFor team) {
    distances.prepare(team.size());
    team.run(planes * stretches, counting);
    team.run(planes * groups, finishing);
  }

  private void count(int index, int worker) {
    int column = index % stretches * COLUMNS;
    int top = index / stretches * slices * below + column;
    distances.get(worker).count(first, result, top, Math.min(COLUMNS, below - column));
  }

  private void finish(int index, int worker) {
    int begin = index % groups * slicesOfGroup;
    int end = Math.min(slices, begin + slicesOfGroup);
    for (int slice = begin; slice < end; slice++) {
      distances.get(worker).finish(result, (index / groups * slices + slice) * below);
    }
  }
}
