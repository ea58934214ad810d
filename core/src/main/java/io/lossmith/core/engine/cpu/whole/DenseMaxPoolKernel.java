package io.lossmith.core.engine.cpu.whole;

import io.lossmith.core.Shape;
import io.lossmith.core.engine.cpu.kernel.ParallelFor;
import io.lossmith.core.engine.cpu.kernel.PoolLoops;
import io.lossmith.core.op.Window;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;

/**
 * Max pooling with stride 1, its choice among other values, and its transpose, along one axis after
 * the other. The first of the greatest elements under a window is the first of its row, in the
 * first of such rows, in the first of such slices: so what each axis picks on its own is what the
 * window picks, and a gradient goes back through the axes in the opposite order.
 *
 * <p>A task is a block of slices and rows of one plane, laid out by {@link PoolLayout}: elements
 * under a window are a fixed distance apart, and each step is one loop over the whole buffer; what
 * stands behind the end of a row is computed for nothing.
 */
final class DenseMaxPoolKernel extends BoundKernel {
  private final boolean scatter;
  private final PoolLayout layout;
  private final PerWorker<Scratch> scratch;
  private final ParallelFor.Task task = this::compute;

  DenseMaxPoolKernel(List<Window> windows, Shape x, boolean scatter, Supplier<PoolLoops> loops) {
    this.scatter = scatter;
    this.layout = new PoolLayout(windows, x, scatter);
    this.scratch = new PerWorker<>(() -> new Scratch(loops.get()));
  }

  /**
   * Returns whether windows move by single elements and never lie on nothing but padding: what this
   * kernel is for.
   */
  static boolean fits(List<Window> windows, Shape x) {
    return windows.stream().allMatch(window -> fits(window, x));
  }

  private static boolean fits(Window window, Shape x) {
    for (int axis = 0; axis < window.rank(); axis++) {
      int dilation = window.dilation().get(axis);
      int padding = window.padding().get(axis);
      int reach = (window.size().get(axis) - 1) * dilation;
      boolean maySkipAll = dilation > 1 && padding > 0;
      if (window.stride().get(axis) != 1 || padding > reach || maySkipAll || x.get(axis + 2) == 0) {
        return false;
      }
    }
    return true;
  }

  private final class Scratch {
    final PoolLoops loops;
    final int[] keys = layout.keys();
    final float[] values = layout.values();
    final int[] best = layout.several() ? layout.keys() : keys;
    final Branch[] branches = new Branch[layout.windows.length];

    Scratch(PoolLoops loops) {
      this.loops = loops;
      for (int k = 0; k < branches.length; k++) {
        branches[k] = new Branch(layout.windows[k], layout.several(), this);
      }
    }
  }

  /** What belongs to one window. The only one works on what was loaded, others on copies of it. */
  private final class Branch {
    final PoolLayout.Placed window;
    final int[] keys;
    final float[] values;
    final int[][] picks = new int[3][];

    Branch(PoolLayout.Placed window, boolean copies, Scratch own) {
      this.window = window;
      this.keys = copies ? layout.keys() : own.keys;
      this.values = copies ? layout.values() : own.values;
      for (int axis = 0; axis < 3; axis++) {
        picks[axis] = window.size[axis] > 1 ? layout.picks() : new int[0];
      }
    }

    void copyKeys(int[] from) {
      if (keys != from) {
        System.arraycopy(from, window.shift, keys, 0, layout.length - window.shift);
      }
    }

    void copyValues(float[] from) {
      if (values != from) {
        int length = layout.length - window.shift;
        System.arraycopy(from, layout.lead + window.shift, values, layout.lead, length);
      }
    }

    void greatest(PoolLoops loops) {
      for (int axis = 2; axis >= 0; axis--) {
        if (window.size[axis] > 1) {
          loops.greatest(keys, window.distance[axis], window.size[axis], window.usable(axis));
        }
      }
    }

    void pick(PoolLoops loops) {
      for (int axis = 2; axis >= 0; axis--) {
        if (window.size[axis] > 1) {
          int n = window.usable(axis);
          loops.pick(keys, window.distance[axis], window.size[axis], picks[axis], layout.lead, n);
        }
      }
    }

    void take(PoolLoops loops) {
      for (int axis = 2; axis >= 0; axis--) {
        if (window.size[axis] > 1) {
          int n = window.usable(axis);
          loops.take(picks[axis], values, layout.lead, window.distance[axis], window.size[axis], n);
        }
      }
    }

    /** Sends the gradient back through the slices, the rows and the columns; says where it is. */
    int giveBack(PoolLoops loops) {
      int at = layout.lead;
      int ahead = 0;
      for (int axis = 0; axis < 3; axis++) {
        at += window.back[axis];
        if (window.size[axis] > 1) {
          int n = window.usable(axis) - (at - layout.lead) - ahead;
          loops.giveBack(
              picks[axis], at + ahead, values, at, window.distance[axis], window.size[axis], n);
          ahead += (window.size[axis] - 1) * window.distance[axis];
        }
      }
      return at;
    }
  }

  @Override
  void run(ParallelFor team) {
    scratch.prepare(team.size());
    team.run(layout.blocks.count(), task);
  }

  private void compute(int index, int worker) {
    Scratch own = scratch.get(worker);
    layout.loadKeys(first, index, own.keys, own.loops);
    for (Branch branch : own.branches) {
      branch.copyKeys(own.keys);
    }
    if (scatter) {
      scatter(own, index);
    } else if (first == second) {
      greatest(own, index);
    } else {
      take(own, index);
    }
  }

  private void greatest(Scratch own, int index) {
    Branch[] branches = own.branches;
    for (Branch branch : branches) {
      branch.greatest(own.loops);
    }
    for (int k = 1; k < branches.length; k++) {
      own.loops.greater(branches[0].keys, branches[k].keys, layout.length);
    }
    layout.copyKeys(branches[0].keys, index, result, own.loops);
  }

  private void take(Scratch own, int index) {
    Branch[] branches = own.branches;
    layout.loadValues(second, index, own.values);
    for (int k = 0; k < branches.length; k++) {
      branches[k].pick(own.loops);
      branches[k].copyValues(own.values);
      branches[k].take(own.loops);
      if (k > 0) {
        own.loops.mix(
            branches[0].keys,
            branches[k].keys,
            branches[0].values,
            branches[k].values,
            layout.lead,
            layout.length);
      }
    }
    layout.copyTaken(branches[0].values, index, result);
  }

  private void scatter(Scratch own, int index) {
    Branch[] branches = own.branches;
    for (Branch branch : branches) {
      branch.pick(own.loops);
    }
    layout.loadGradient(second, index, branches[0].values);
    for (int k = branches.length - 1; k > 0; k--) {
      System.arraycopy(branches[0].keys, 0, own.best, 0, layout.length);
      for (int before = 1; before < k; before++) {
        own.loops.greater(own.best, branches[before].keys, layout.length);
      }
      float[] to = branches[k].values;
      Arrays.fill(to, 0, layout.lead, 0);
      own.loops.split(
          own.best, branches[k].keys, branches[0].values, to, layout.lead, layout.length);
    }
    float[] sum = branches[0].values;
    int at = branches[0].giveBack(own.loops);
    for (int k = 1; k < branches.length; k++) {
      int from = branches[k].giveBack(own.loops);
      own.loops.add(sum, at, branches[k].values, from, layout.ownLength());
    }
    layout.copyGradient(sum, at, index, result);
  }
}
