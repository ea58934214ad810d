package io.lossmith.core.engine.cpu;

import io.lossmith.core.engine.cpu.tile.TileProgram;
import io.lossmith.core.plan.Buffer;
import io.lossmith.core.plan.Plan;
import io.lossmith.core.plan.Step;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;

/**
 * Finds which temporary buffers may lie on an output until that is written over them: less memory
 * to go through, and what is written is in the cache already. A caller's output is no input, and
 * nobody reads it before a run is over.
 */
final class OutputReuse {
  private final Plan plan;
  private final int[] last;
  private final int[] outputOf;

  private OutputReuse(Plan plan, int[] last) {
    this.plan = plan;
    this.last = last;
    this.outputOf = new int[plan.buffers().size()];
    Arrays.fill(outputOf, -1);
  }

  /**
   * Returns for each buffer the id of the output that it lies on, or −1.
   *
   * @param loops the plan's loops, in its order
   * @param last the last step that reads or writes each buffer
   */
  static int[] of(Plan plan, List<TileProgram> loops, int[] last) {
    OutputReuse reuse = new OutputReuse(plan, last);
    Iterator<TileProgram> compiled = loops.iterator();
    for (int step = 0; step < plan.steps().size(); step++) {
      if (plan.steps().get(step) instanceof Step.Loop) {
        reuse.find(step, compiled.next().overwrites());
      }
    }
    return reuse.outputOf;
  }

  private void find(int step, List<TileProgram.Overwrite> overwrites) {
    for (TileProgram.Overwrite pair : overwrites) {
      int from = pair.from().id();
      if (pair.from().kind() == Buffer.Kind.TEMPORARY
          && pair.to().kind() == Buffer.Kind.OUTPUT
          && last[from] == step
          && outputOf[from] < 0
          && isUntouched(pair.to(), step)) {
        outputOf[from] = pair.to().id();
      }
    }
  }

  /** Tells whether nothing is in an output before a step, nor lies on it. */
  private boolean isUntouched(Buffer output, int step) {
    return Arrays.stream(outputOf).noneMatch(id -> id == output.id())
        && plan.steps().subList(0, step).stream()
            .noneMatch(s -> s.reads().contains(output) || s.writes().contains(output));
  }
}
