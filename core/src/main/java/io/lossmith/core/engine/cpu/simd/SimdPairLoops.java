package io.lossmith.core.engine.cpu.simd;

import static io.lossmith.core.engine.cpu.simd.Lanes.LANES;
import static io.lossmith.core.engine.cpu.simd.Lanes.SPECIES;

import io.lossmith.core.engine.cpu.kernel.PairLoops;
import io.lossmith.core.engine.cpu.plain.PlainPairLoops;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorShuffle;

/** The loops between rows and rows half as long, a vector of the shorter one at a time. */
final class SimdPairLoops implements PairLoops {
  /** From two vectors in a row, every other element; those of the second are beyond the first. */
  private static final VectorShuffle<Float> EVEN = VectorShuffle.fromOp(SPECIES, i -> 2 * i);

  private static final VectorShuffle<Float> ODD = VectorShuffle.fromOp(SPECIES, i -> 2 * i + 1);

  /** Each element of the first half of a vector twice. */
  private static final VectorShuffle<Float> FIRST = VectorShuffle.fromOp(SPECIES, i -> i / 2);

  private static final VectorShuffle<Float> SECOND =
      VectorShuffle.fromOp(SPECIES, i -> (LANES + i) / 2);

  private final PairLoops plain = new PlainPairLoops();

  @Override
  public void join(float[] a, int ao, float scale, float[] out, int oo, int n) {
    int whole = n - n % LANES;
    for (int i = 0; i < whole; i += LANES) {
      FloatVector left = FloatVector.fromArray(SPECIES, a, ao + 2 * i);
      FloatVector right = FloatVector.fromArray(SPECIES, a, ao + 2 * i + LANES);
      left.rearrange(EVEN, right)
          .add(left.rearrange(ODD, right))
          .mul(FloatVector.broadcast(SPECIES, scale))
          .intoArray(out, oo + i);
    }
    plain.join(a, ao + 2 * whole, scale, out, oo + whole, n - whole);
  }

  @Override
  public void repeat(float[] a, int ao, float scale, float[] out, int oo, int n) {
    int whole = n - n % LANES;
    for (int i = 0; i < whole; i += LANES) {
      FloatVector x =
          FloatVector.fromArray(SPECIES, a, ao + i).mul(FloatVector.broadcast(SPECIES, scale));
      x.rearrange(FIRST).intoArray(out, oo + 2 * i);
      x.rearrange(SECOND).intoArray(out, oo + 2 * i + LANES);
    }
    plain.repeat(a, ao + whole, scale, out, oo + 2 * whole, n - whole);
  }
}
