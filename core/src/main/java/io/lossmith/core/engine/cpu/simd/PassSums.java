package io.lossmith.core.engine.cpu.simd;

import static io.lossmith.core.engine.cpu.simd.Lanes.LANES;
import static io.lossmith.core.engine.cpu.simd.Lanes.SPECIES;

import jdk.incubator.vector.FloatVector;

/**
 * The sums of a pass: four vectors each, which take turns, and are joined as those of {@link
 * SimdFolds}. They lie in scratch memory: in registers, of which they would take half, they drive
 * out what a step computes, and what the compiler then keeps on the stack may lie across cache
 * lines. A vector of a sum is loaded and stored every fourth step, which nobody waits for.
 */
final class PassSums {
  /** Floats of one sum. */
  static final int SIZE = 4 * LANES;

  private PassSums() {}

  /** Begins sums: so many floats. */
  static void clear(float[] scratch, int at, int n) {
    FloatVector zero = FloatVector.broadcast(SPECIES, 0f);
    for (int i = 0; i < n; i += LANES) {
      zero.intoArray(scratch, at + i);
    }
  }

  /** Returns a sum, after a number of steps that is a multiple of four. */
  static float of(float[] scratch, int at) {
    FloatVector.fromArray(SPECIES, scratch, at)
        .add(FloatVector.fromArray(SPECIES, scratch, at + LANES))
        .add(
            FloatVector.fromArray(SPECIES, scratch, at + 2 * LANES)
                .add(FloatVector.fromArray(SPECIES, scratch, at + 3 * LANES)))
        .intoArray(scratch, at);
    return fourth(scratch, at)
        + fourth(scratch, at + 2)
        + (fourth(scratch, at + 1) + fourth(scratch, at + 3));
  }

  /**
   * Returns the sum of each fourth lane, in the order of {@link LaneSum}; number by number, for
   * Java 17 looks through a shuffle before each use.
   */
  private static float fourth(float[] lanes, int at) {
    return switch (LANES) {
      case 16 -> lanes[at] + lanes[at + 8] + (lanes[at + 4] + lanes[at + 12]);
      case 8 -> lanes[at] + lanes[at + 4];
      default -> lanes[at];
    };
  }
}
