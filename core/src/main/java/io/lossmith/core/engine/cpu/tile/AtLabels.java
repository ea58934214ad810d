package io.lossmith.core.engine.cpu.tile;

import io.lossmith.core.engine.cpu.kernel.Kernels;
import io.lossmith.core.engine.cpu.kernel.LabelTable;
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
      kernels
          .labels()
          .lookup(
              w.labels.of(label, number, rows),
              label.array(w),
              label.offset(w, 0),
              a.array(w),
              a.offset(w, 0),
              a.rowStride(),
              less == null ? null : less.array(w),
              less == null ? 0 : less.offset(w, 0),
              out.array(w),
              out.offset(w, 0),
              w.n);
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
      LabelTable table = w.labels.of(label, number, rows);
      float[] labels = label.array(w);
      int lo = label.offset(w, 0);
      if (a == null) {
        kernels.labels().counts(table, labels, lo, w.n, w.partials, w.slot + place);
        return;
      }
      kernels
          .labels()
          .sums(
              table,
              labels,
              lo,
              a.array(w),
              a.offset(w, 0),
              a.rowStride(),
              times == null ? null : times.array(w),
              times == null ? 0 : times.offset(w, 0),
              w.n,
              w.partials,
              w.slot + place);
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
      kernels
          .labels()
          .dots(
              w.labels.of(label, number, rows),
              label.array(w),
              label.offset(w, 0),
              a.array(w),
              a.offset(w, 0),
              a.rowStride(),
              times.array(w),
              times.offset(w, 0),
              w.n,
              w.partials,
              w.slot + all,
              w.slot + here);
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
      kernels
          .labels()
          .chosenDot(
              w.labels.of(choice, rows),
              choice.label.array(w),
              choice.label.offset(w, 0),
              x.array(w),
              x.offset(w, 0),
              x.rowStride(),
              out.array(w),
              out.offset(w, 0),
              w.n);
    }
  }

  /** p · (choice − s + more) + addend, another choice by the same label. */
  record Gradient(
      Choice choice, Choice addend, Register p, Register s, float more, int rows, Register out)
      implements Instruction {
    @Override
    public void run(Kernels kernels, TileWorker w) {
      kernels
          .labels()
          .gradient(
              w.labels.of(choice, addend, rows),
              choice.label.array(w),
              choice.label.offset(w, 0),
              p.array(w),
              p.offset(w, 0),
              p.rowStride(),
              s.array(w),
              s.offset(w, 0),
              more,
              out.array(w),
              out.offset(w, 0),
              out.rowStride(),
              w.n);
    }
  }
}
