package io.lossmith.core.engine.cpu;

import org.jspecify.annotations.Nullable;

/**
 * Instructions that take one row of each place: the one whose number is the place's class label.
 */
final class AtLabels {
  private AtLabels() {}

  /**
   * The sum over rows of a, or a − less, where the row's number is the label.
   *
   * @param less one element for each place, or null
   * @param number one element for each row
   */
  record Lookup(
      Register a, @Nullable Register less, Register label, Register number, int rows, Register out)
      implements Instruction {
    @Override
    public void run(Kernels kernels, TileWorker w) {
      if (less == null) {
        kernels.lookup(
            a.array(w),
            a.offset(w, 0),
            a.rowStride(),
            label.array(w),
            label.offset(w, 0),
            number.array(w),
            number.offset(w, 0),
            number.rowStride(),
            rows,
            out.array(w),
            out.offset(w, 0),
            w.n);
      } else {
        kernels.lookup(
            a.array(w),
            a.offset(w, 0),
            a.rowStride(),
            less.array(w),
            less.offset(w, 0),
            label.array(w),
            label.offset(w, 0),
            number.array(w),
            number.offset(w, 0),
            number.rowStride(),
            rows,
            out.array(w),
            out.offset(w, 0),
            w.n);
      }
    }
  }

  /**
   * For each row, the sum of a over the places whose label is the row's number.
   *
   * @param a what is summed; null to count places
   * @param place where in the slot the sums go
   */
  record Sum(@Nullable Register a, Register label, Register number, int rows, int place)
      implements Instruction {
    @Override
    public void run(Kernels kernels, TileWorker w) {
      float[] labels = label.array(w);
      int lo = label.offset(w, 0);
      for (int row = 0; row < rows; row++) {
        float sought = number.at(w, row);
        w.partials[w.slot + place + row] =
            a == null
                ? kernels.count(labels, lo, sought, w.n)
                : kernels.sumAtLabel(a.array(w), a.offset(w, row), labels, lo, sought, w.n);
      }
    }
  }
}
