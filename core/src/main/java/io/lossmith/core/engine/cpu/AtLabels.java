package io.lossmith.core.engine.cpu;

import java.util.Arrays;
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
        kernels
            .labels()
            .lookup(
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
        kernels
            .labels()
            .lookup(
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
   * @param times what it is multiplied by, one element for each place; or null
   * @param place where in the slot the sums go
   */
  record Sum(
      @Nullable Register a,
      @Nullable Register times,
      Register label,
      Register number,
      int rows,
      int place)
      implements Instruction {
    @Override
    public void run(Kernels kernels, TileWorker w) {
      for (int row = 0; row < rows; row++) {
        w.partials[w.slot + place + row] = sum(kernels.labels(), w, row);
      }
    }

    private float sum(LabelKernels kernels, TileWorker w, int row) {
      float[] labels = label.array(w);
      int lo = label.offset(w, 0);
      float sought = number.at(w, row);
      if (a == null) {
        return kernels.count(labels, lo, sought, w.n);
      }
      float[] x = a.array(w);
      int xo = a.offset(w, row);
      return times == null
          ? kernels.sum(x, xo, labels, lo, sought, w.n)
          : kernels.dot(x, xo, times.array(w), times.offset(w, 0), labels, lo, sought, w.n);
    }
  }

  /**
   * For each row, Σ a · times over all places, and over those whose label is the row's number.
   *
   * @param all where in the slot the former go
   * @param here where the latter go
   */
  record Sums(
      Register a, Register times, Register label, Register number, int rows, int all, int here)
      implements Instruction {
    @Override
    public void run(Kernels kernels, TileWorker w) {
      for (int row = 0; row < rows; row++) {
        kernels
            .labels()
            .dots(
                a.array(w),
                a.offset(w, row),
                times.array(w),
                times.offset(w, 0),
                label.array(w),
                label.offset(w, 0),
                number.at(w, row),
                w.n,
                w.partials,
                w.slot + all + row,
                w.slot + here + row);
      }
    }
  }

  /**
   * Two numbers of each row, of which a place takes the first where the row's number is its label.
   */
  record Choice(Register label, Register number, Register chosen, Register otherwise) {}

  /** The sum over rows of x times a choice. */
  record ChosenDot(Choice choice, Register x, int rows, Register out) implements Instruction {
    @Override
    public void run(Kernels kernels, TileWorker w) {
      float[] sum = out.array(w);
      int so = out.offset(w, 0);
      Arrays.fill(sum, so, so + w.n, 0f);
      for (int row = 0; row < rows; row++) {
        kernels
            .labels()
            .addChosen(
                choice.label.array(w),
                choice.label.offset(w, 0),
                choice.number.at(w, row),
                choice.chosen.at(w, row),
                choice.otherwise.at(w, row),
                x.array(w),
                x.offset(w, row),
                sum,
                so,
                w.n);
      }
    }
  }

  /** p · (choice − s + more) + addend, another choice by the same label. */
  record Gradient(
      Choice choice, Choice addend, Register p, Register s, float more, int rows, Register out)
      implements Instruction {
    @Override
    public void run(Kernels kernels, TileWorker w) {
      for (int row = 0; row < rows; row++) {
        kernels
            .labels()
            .gradient(
                choice.label.array(w),
                choice.label.offset(w, 0),
                choice.number.at(w, row),
                choice.chosen.at(w, row),
                choice.otherwise.at(w, row),
                addend.chosen.at(w, row),
                addend.otherwise.at(w, row),
                p.array(w),
                p.offset(w, row),
                s.array(w),
                s.offset(w, 0),
                more,
                out.array(w),
                out.offset(w, row),
                w.n);
      }
    }
  }
}
