package io.lossmith.core.engine.cpu.simd;

import static io.lossmith.core.engine.cpu.simd.Lanes.LANES;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorShuffle;

/** The sum of a vector's lanes, in an order of our own. */
final class LaneSum {
  /** Lanes half of sixteen further. */
  static final VectorShuffle<Float> BY_8 = by(8);

  static final VectorShuffle<Float> BY_4 = by(4);
  static final VectorShuffle<Float> BY_2 = by(2);

  private LaneSum() {}

  /**
   * Halves are added to each other until one lane is left: four steps for sixteen lanes. For loops
   * that are too long to be inlined themselves: what short ones are inlined into may have no room
   * for this method, and a vector handed to a method is then an object.
   */
  static float of(FloatVector s) {
    FloatVector sum = s;
    if (LANES >= 16) {
      sum = sum.add(sum.rearrange(BY_8));
    }
    if (LANES >= 8) {
      sum = sum.add(sum.rearrange(BY_4));
    }
    sum = sum.add(sum.rearrange(BY_2));
    return sum.lane(0) + sum.lane(1);
  }

  private static VectorShuffle<Float> by(int lanes) {
    return VectorShuffle.fromOp(Lanes.SPECIES, lane -> (lane + lanes) % LANES);
  }
}
