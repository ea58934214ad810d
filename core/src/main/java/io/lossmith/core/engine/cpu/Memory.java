package io.lossmith.core.engine.cpu;

import io.lossmith.core.engine.cpu.tile.TileProgram;
import io.lossmith.core.plan.Buffer;
import io.lossmith.core.plan.Plan;
import io.lossmith.core.plan.Step;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;

/**
 * Which temporary buffers share an array: those whose lives do not overlap. A buffer lives from the
 * first step that writes it to the last that reads it; what a loop reads last it may write over.
 *
 * @param arrayOf for each buffer its array, −1 for those of others
 * @param sizes floats of each array
 * @param outputOf for each buffer the id of the {@linkplain OutputReuse output} that it lies on, if
 *     that is an array; −1 for none
 */
record Memory(int[] arrayOf, List<Integer> sizes, int[] outputOf) {
  /**
   * @param loops the plan's loops, in its order
   */
  static Memory of(Plan plan, List<TileProgram> loops) {
    int[] last = lastUses(plan);
    int[] outputOf = OutputReuse.of(plan, loops, last);
    Iterator<TileProgram> compiled = loops.iterator();
    int[] arrayOf = new int[plan.buffers().size()];
    Arrays.fill(arrayOf, -1);
    List<Integer> sizes = new ArrayList<>();
    List<Integer> free = new ArrayList<>();
    for (int step = 0; step < plan.steps().size(); step++) {
      Set<Buffer> handedOn = new HashSet<>();
      if (plan.steps().get(step) instanceof Step.Loop) {
        for (TileProgram.Overwrite pair : compiled.next().overwrites()) {
          boolean ends = arrayOf[pair.from().id()] >= 0 && last[pair.from().id()] == step;
          if (ends && isNew(pair.to(), arrayOf, outputOf) && handedOn.add(pair.from())) {
            arrayOf[pair.to().id()] = arrayOf[pair.from().id()];
          }
        }
      }
      for (Buffer buffer : plan.steps().get(step).writes()) {
        if (isNew(buffer, arrayOf, outputOf)) {
          arrayOf[buffer.id()] = take(buffer.shape().count(), free, sizes);
        }
      }
      for (Buffer buffer : plan.buffers()) {
        int array = arrayOf[buffer.id()];
        if (last[buffer.id()] == step && array >= 0 && !handedOn.contains(buffer)) {
          free.add(array);
        }
      }
    }
    return new Memory(arrayOf, sizes, outputOf);
  }

  private static boolean isNew(Buffer buffer, int[] arrayOf, int[] outputOf) {
    return buffer.kind() == Buffer.Kind.TEMPORARY
        && arrayOf[buffer.id()] < 0
        && outputOf[buffer.id()] < 0;
  }

  /** Takes the smallest free array that is large enough, else the largest and lets it grow. */
  private static int take(int count, List<Integer> free, List<Integer> sizes) {
    int best = -1;
    for (int array : free) {
      boolean fits = sizes.get(array) >= count;
      if (best < 0
          || (fits
              ? sizes.get(best) < count || sizes.get(array) < sizes.get(best)
              : sizes.get(best) < count && sizes.get(array) > sizes.get(best))) {
        best = array;
      }
    }
    if (best < 0) {
      sizes.add(count);
      return sizes.size() - 1;
    }
    free.remove(Integer.valueOf(best));
    sizes.set(best, Math.max(count, sizes.get(best)));
    return best;
  }

  private static int[] lastUses(Plan plan) {
    int[] last = new int[plan.buffers().size()];
    Arrays.fill(last, -1);
    for (int step = 0; step < plan.steps().size(); step++) {
      for (Buffer buffer : plan.steps().get(step).reads()) {
        last[buffer.id()] = step;
      }
      for (Buffer buffer : plan.steps().get(step).writes()) {
        last[buffer.id()] = Math.max(last[buffer.id()], step);
      }
    }
    for (Buffer check : plan.checks()) {
      last[check.id()] = plan.steps().size();
    }
    return last;
  }

  /** Returns the same but for what lies on outputs, which lies on nothing of these. */
  Memory besideOutputs() {
    int[] none = new int[outputOf.length];
    Arrays.fill(none, -1);
    return new Memory(arrayOf, sizes, none);
  }

  /** Returns how many bytes the arrays take. */
  long bytes() {
    return sizes.stream().mapToLong(s -> 4L * s).sum();
  }
}
