package io.lossmith.core.engine.cpu.tile;

import io.lossmith.core.engine.cpu.kernel.CacheLines;
import io.lossmith.core.engine.cpu.kernel.Kernels;
import io.lossmith.core.engine.cpu.kernel.PassLoop;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Runs the loop of a whole pass over a tile.
 *
 * @param loop null where there is none, and so no such instruction
 * @param arrays what is read, then what is written, then scratch memory if it needs any
 * @param scratch floats of that
 * @param numbers what is the same all along the column
 * @param folds where in the slot the results of folds go
 */
record PassInstruction(
    @Nullable PassLoop loop, Register[] arrays, int scratch, Register[] numbers, int[] folds)
    implements Instruction {
  /** What is handed to the loop, from {@link PassLoop#FIRST} on; each worker has its own. */
  static final class Arguments {
    final Object[] arrays;
    final int[] offsets;
    final float[] numbers;
    final float[] folds;

    Arguments(PassInstruction of) {
      arrays = new Object[length(of.arrays.length)];
      offsets = new int[length(of.arrays.length)];
      numbers = new float[length(of.numbers.length)];
      folds = new float[length(of.folds.length)];
    }

    private static int length(int count) {
      return PassLoop.FIRST + count + CacheLines.MARGIN;
    }
  }

  /** Tells whether each tile begins at the same index in all arrays. */
  boolean liesTogether(List<TileProgram.Place> views) {
    List<TileProgram.Place> places = new ArrayList<>();
    for (Register array : arrays) {
      views.stream().filter(view -> view.register() == array.index()).forEach(places::add);
    }
    return places.size() == arrays.length
        && places.stream().allMatch(place -> place.isBeside(places.get(0)));
  }

  @Override
  public void run(Kernels kernels, TileWorker w) {
    Arguments given = w.arguments;
    if (given == null) {
      given = new Arguments(this);
      w.arguments = given;
    }
    for (int i = 0; i < arrays.length; i++) {
      given.arrays[PassLoop.FIRST + i] = arrays[i].memory(w);
      given.offsets[PassLoop.FIRST + i] = arrays[i].place(w);
    }
    for (int i = 0; i < numbers.length; i++) {
      given.numbers[PassLoop.FIRST + i] = numbers[i].at(w, 0);
    }
    try {
      Objects.requireNonNull(loop)
          .run(given.arrays, given.offsets, given.numbers, given.folds, w.n);
    } finally {
      Arrays.fill(
          given.arrays,
          PassLoop.FIRST,
          PassLoop.FIRST + arrays.length,
          null); // they are the caller's
    }
    for (int i = 0; i < folds.length; i++) {
      w.partials[w.slot + folds[i]] = given.folds[PassLoop.FIRST + i];
    }
  }
}
