package io.lossmith.core.engine.cpu.whole;

import io.lossmith.core.Shape;
import io.lossmith.core.engine.cpu.kernel.ParallelFor;
import io.lossmith.core.engine.cpu.kernel.WindowLoops;
import io.lossmith.core.op.Window;
import java.util.Arrays;
import java.util.function.Supplier;

/**
 * The gradient of a convolution in its weights. Bands of images are dealt to a fixed number of
 * slots; each slot adds up its bands, one after the other, and the slots are added in order: the
 * result does not depend on the number of threads.
 *
 * <p>Where rests are wanted, floats add up the bands of one part of an image, and all else is added
 * in double. What an image adds then does not depend on how many others there are.
 */
final class WeightGradientKernel extends BoundKernel {
  /** Slots: more keep more workers busy, and cost more to add up. */
  private static final int SLOTS = 8;

  /** Partial sums are kept over all bands of a slot where they take at most so many elements. */
  private static final int KEPT = 1 << 20;

  /** How many weights one task adds up over the slots. */
  private static final int WEIGHTS = 1024;

  /** A part of an image has about so many places, if rests are wanted. */
  private static final int PART = 2048;

  private final Stencil stencil;
  private final ChannelBlocks blocks;
  private final int bands;
  private final int slots;
  private final int parts; // of an image; 0 where floats add up all of a slot
  private final int units; // whose bands floats add up
  private final int[] offsets;
  private final int taps;
  private final float[] partial;
  private final double[] exact; // instead, where rests are wanted
  private final PerWorker<Scratch> scratch;
  private final ParallelFor.Task compute = this::compute;
  private final ParallelFor.Task combine = this::combine;

  private WeightGradientKernel(
      Stencil stencil, int images, int outputs, int parts, Supplier<WindowLoops> loops) {
    this.stencil = stencil;
    this.blocks = new ChannelBlocks(outputs);
    this.bands = images * stencil.tasks;
    this.parts = parts;
    this.slots = Math.min(SLOTS, parts == 0 ? bands : images * parts);
    this.units = parts == 0 ? slots : images * parts;
    this.offsets = stencil.offsets(3);
    this.taps = offsets.length - 3;
    this.partial = new float[parts == 0 ? slots * weights() : 0];
    this.exact = new double[parts == 0 ? 0 : slots * weights()];
    this.scratch = new PerWorker<>(() -> new Scratch(loops.get()));
  }

  /** Of sums alone. */
  static WeightGradientKernel of(Window window, Shape x, int outputs, Supplier<WindowLoops> loops) {
    return new WeightGradientKernel(Stencil.forward(window, x), x.get(0), outputs, 0, loops);
  }

  /** Of sums and rests. */
  static WeightGradientKernel withRests(
      Window window, Shape x, int outputs, Supplier<WindowLoops> loops) {
    // Bands are those of many images, however many there are.
    Stencil stencil = Stencil.forward(window, x.with(0, SLOTS));
    int places = stencil.output[0] * stencil.output[1] * stencil.output[2];
    int parts = Math.min(stencil.tasks, Math.max(1, places / PART));
    return new WeightGradientKernel(stencil, x.get(0), outputs, parts, loops);
  }

  private int weights() {
    return blocks.channels() * taps;
  }

  private final class Scratch {
    final WindowLoops loops;
    final float[] input = stencil.buffer();
    final float[] gradient = new float[WindowLoops.ROWS * stride()];
    final float[] added = new float[taps];
    final boolean kept;
    final float[] sums;

    Scratch(WindowLoops loops) {
      this.loops = loops;
      long all = (long) blocks.count() * blockSums(loops);
      this.kept = all <= KEPT;
      this.sums = new float[kept ? (int) all : blockSums(loops)];
    }
  }

  private int blockSums(WindowLoops loops) {
    return (taps + 3) * WindowLoops.ROWS * loops.lanes();
  }

  private int stride() {
    return stencil.bandRows * stencil.rowLength + WindowLoops.SLACK;
  }

  @Override
  void run(ParallelFor team) {
    scratch.prepare(team.size());
    team.run(slots, compute);
    team.run((weights() + WEIGHTS - 1) / WEIGHTS, combine);
  }

  private void compute(int slot, int worker) {
    Scratch own = scratch.get(worker);
    if (parts == 0) {
      Arrays.fill(partial, slot * weights(), (slot + 1) * weights(), 0);
    } else {
      Arrays.fill(exact, slot * weights(), (slot + 1) * weights(), 0);
    }
    int end = (int) ((slot + 1L) * units / slots);
    for (int unit = (int) ((long) slot * units / slots); unit < end; unit++) {
      addUp(start(unit), start(unit + 1), slot, own);
    }
  }

  /** Returns the first band of a unit. */
  private int start(int unit) {
    return parts == 0
        ? (int) ((long) unit * bands / units)
        : unit / parts * stencil.tasks + unit % parts * stencil.tasks / parts;
  }

  private void addUp(int start, int end, int slot, Scratch own) {
    for (int band = start; band < end; band++) {
      int n = band / stencil.tasks;
      int part = band % stencil.tasks;
      stencil.load(first, n, part, own.input);
      for (int block = 0; block < blocks.count(); block++) {
        loadGradient(own.gradient, n, part, block);
        int at = own.kept ? block * blockSums(own.loops) : 0;
        if (!own.kept || band == start) {
          Arrays.fill(own.sums, at, at + blockSums(own.loops), 0);
        }
        own.loops.multiply(
            blocks.rows(block),
            own.input,
            offsets,
            stencil.channels,
            stencil.taps(),
            own.gradient,
            stride(),
            stencil.length(part),
            own.sums,
            at);
        if (!own.kept || band == end - 1) {
          collect(own, at, slot, block);
        }
      }
    }
  }

  /** Copies the rows of a band of some channels, as far apart as the stencil's; zeros between. */
  private void loadGradient(float[] to, int n, int part, int block) {
    int width = stencil.output[2];
    int length = stencil.length(part);
    for (int j = 0; j < blocks.used(block); j++) {
      int plane =
          (n * blocks.channels() + blocks.first(block) + j) * stencil.output[0]
              + stencil.slice(part);
      int line = plane * stencil.output[1] + stencil.firstRow(part);
      int at = j * stride();
      for (int h = 0; h < stencil.rows(part); h++) {
        System.arraycopy(second, (line + h) * width, to, at + h * stencil.rowLength, width);
      }
      Arrays.fill(to, at + length, at + length + WindowLoops.SLACK, 0);
    }
  }

  /** Adds the partial sums of a block to the slot. */
  private void collect(Scratch own, int at, int slot, int block) {
    int rows = blocks.rows(block);
    int lanes = own.loops.lanes();
    for (int j = 0; j < blocks.used(block); j++) {
      int to = slot * weights() + (blocks.first(block) + j) * taps;
      own.loops.sum(own.sums, at + j * lanes, rows * lanes, own.added, taps);
      for (int t = 0; t < taps; t++) {
        if (parts == 0) {
          partial[to + t] += own.added[t];
        } else {
          exact[to + t] += own.added[t];
        }
      }
    }
  }

  private void combine(int index, int worker) {
    int end = Math.min(weights(), (index + 1) * WEIGHTS);
    for (int i = index * WEIGHTS; i < end; i++) {
      double sum = 0;
      for (int slot = 0; slot < slots; slot++) {
        sum += parts == 0 ? partial[slot * weights() + i] : exact[slot * weights() + i];
      }
      result[i] = (float) sum;
      if (parts > 0) {
        result[weights() + i] = (float) (sum - result[i]);
      }
    }
  }
}
