package io.lossmith.core.engine.cpu;

import io.lossmith.core.engine.cpu.tile.RunMemory;
import io.lossmith.core.plan.Buffer;
import io.lossmith.core.plan.Plan;

/**
 * The temporary buffers of a run that lie on {@linkplain OutputReuse outputs}; where callers hand
 * in buffers they lie in arrays of their own, for loops that copy what is the caller's write it
 * later.
 */
final class OnOutputs {
  private final Buffer[] buffers;
  private final int[] outputOf;
  private final float[][] apart;

  OnOutputs(Plan plan, Memory memory) {
    this.outputOf = memory.outputOf();
    this.buffers =
        plan.buffers().stream().filter(b -> outputOf[b.id()] >= 0).toArray(Buffer[]::new);
    this.apart = new float[buffers.length][];
  }

  /** Lays them on outputs, which are there. */
  void lay(RunMemory memory) {
    for (Buffer buffer : buffers) {
      memory.lay(buffer.id(), memory.array(outputOf[buffer.id()]));
    }
  }

  /** Lays them in arrays of their own, made when they are needed first. */
  void layApart(RunMemory memory) {
    for (int i = 0; i < buffers.length; i++) {
      if (apart[i] == null) {
        apart[i] = new float[buffers[i].shape().count()];
      }
      memory.lay(buffers[i].id(), apart[i]);
    }
  }

  /** Lets go of the outputs. */
  void forget(RunMemory memory) {
    for (Buffer buffer : buffers) {
      memory.forget(buffer.id());
    }
  }
}
