package io.lossmith.core.engine.cpu;

import io.lossmith.core.engine.cpu.tile.TileProgram;
import io.lossmith.core.plan.Buffer;
import io.lossmith.core.plan.Plan;
import io.lossmith.core.plan.Step;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Looks whether buffers that share an array keep out of each other's way: what is read is what was
 * written last into its array; and a buffer written over another in the step that reads that one is
 * written where it is read, and not before.
 */
final class MemoryVerifier {
  private final Plan plan;
  private final Memory memory;
  private final @Nullable Buffer[] holders;

  private MemoryVerifier(Plan plan, Memory memory) {
    this.plan = plan;
    this.memory = memory;
    this.holders = new Buffer[memory.sizes().size() + plan.buffers().size()];
  }

  /**
   * Verifies which buffers share arrays.
   *
   * @param loops the plan's loops, in its order
   * @throws IllegalStateException if one is overwritten before it is read for the last time
   */
  static void verify(Plan plan, List<TileProgram> loops, Memory memory) {
    MemoryVerifier verifier = new MemoryVerifier(plan, memory);
    Iterator<TileProgram> compiled = loops.iterator();
    for (int i = 0; i < plan.steps().size(); i++) {
      Step step = plan.steps().get(i);
      List<TileProgram.Overwrite> inPlace =
          step instanceof Step.Loop ? compiled.next().overwrites() : List.of();
      verifier.verify(step, inPlace, "step " + (i + 1));
    }
    plan.checks().forEach(buffer -> verifier.requireHeld(buffer, "the checks"));
  }

  private void verify(Step step, List<TileProgram.Overwrite> inPlace, String where) {
    step.reads().forEach(buffer -> requireHeld(buffer, where));
    for (Buffer buffer : step.writes()) {
      int array = array(buffer);
      if (array < 0) {
        continue;
      }
      Buffer other = holders[array];
      boolean isShared = other != null && other != buffer && step.reads().contains(other);
      if (isShared && !inPlace.contains(new TileProgram.Overwrite(other, buffer))) {
        throw broken(where, buffer, "lies on " + other + ", which the step reads elsewhere");
      }
      if (size(array) < buffer.shape().count()) {
        throw broken(where, buffer, "lies in an array of " + size(array));
      }
      holders[array] = buffer;
    }
  }

  /** Returns the array of a buffer, outputs' behind those of the run; −1 for those of others. */
  private int array(Buffer buffer) {
    int output = buffer.kind() == Buffer.Kind.OUTPUT ? buffer.id() : memory.outputOf()[buffer.id()];
    return output >= 0 ? memory.sizes().size() + output : memory.arrayOf()[buffer.id()];
  }

  private int size(int array) {
    int runs = memory.sizes().size();
    return array < runs
        ? memory.sizes().get(array)
        : plan.buffers().get(array - runs).shape().count();
  }

  private void requireHeld(Buffer buffer, String where) {
    int array = array(buffer);
    if (array >= 0 && holders[array] != buffer) {
      throw broken(where, buffer, "was overwritten by " + holders[array] + " and is read again");
    }
  }

  private static IllegalStateException broken(String where, Buffer buffer, String what) {
    return new IllegalStateException("cpu: " + where + ": " + buffer + " " + what);
  }
}
