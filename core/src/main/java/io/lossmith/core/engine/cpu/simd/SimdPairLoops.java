package io.lossmith.core.engine.cpu.simd;

import static io.lossmith.core.engine.cpu.simd.Lanes.LANES;
import static io.lossmith.core.engine.cpu.simd.Lanes.SPECIES;

import io.lossmith.core.engine.cpu.kernel.PairLoops;
import io.lossmith.core.engine.cpu.plain.PlainPairLoops;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
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

  /** The first halves of two vectors, in turn one of each; elements of the second are beyond. */
  private static final VectorShuffle<Float> LOWER =
      VectorShuffle.fromOp(SPECIES, i -> i / 2 + i % 2 * LANES);

  private static final VectorShuffle<Float> UPPER =
      VectorShuffle.fromOp(SPECIES, i -> (LANES + i) / 2 + i % 2 * LANES);

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

  @Override
  public void greatest(float[] a, int top, int bottom, float[] out, int oo, int n) {
    int whole = n - n % LANES;
    for (int i = 0; i < whole; i += LANES) {
      FloatVector upper =
          FloatVector.fromArray(SPECIES, a, top + 2 * i)
              .max(FloatVector.fromArray(SPECIES, a, bottom + 2 * i));
      FloatVector lower =
          FloatVector.fromArray(SPECIES, a, top + 2 * i + LANES)
              .max(FloatVector.fromArray(SPECIES, a, bottom + 2 * i + LANES));
      upper.rearrange(EVEN, lower).max(upper.rearrange(ODD, lower)).intoArray(out, oo + i);
    }
    plain.greatest(a, top + 2 * whole, bottom + 2 * whole, out, oo + whole, n - whole);
  }

  @Override
  public void pick(float[] a, int top, int bottom, float[] values, float[] out, int oo, int n) {
    plain.pick(a, top, bottom, values, out, oo, n);
  }

  @Override
  public void giveBack(float[] a, int top, int bottom, float[] g, int from, float[] out, int n) {
    FloatVector zero = FloatVector.zero(SPECIES);
    int whole = n - n % LANES;
    for (int i = 0; i < whole; i += LANES) {
      int upper = top + 2 * i;
      int lower = bottom + 2 * i;
      FloatVector left = FloatVector.fromArray(SPECIES, a, upper);
      FloatVector right = FloatVector.fromArray(SPECIES, a, upper + LANES);
      FloatVector p = left.rearrange(EVEN, right);
      FloatVector q = left.rearrange(ODD, right);
      left = FloatVector.fromArray(SPECIES, a, lower);
      right = FloatVector.fromArray(SPECIES, a, lower + LANES);
      FloatVector r = left.rearrange(EVEN, right);
      FloatVector s = left.rearrange(ODD, right);
      FloatVector sum = p.add(q).add(r.add(s));
      if (sum.compare(VectorOperators.NE, sum).anyTrue()) { // perhaps NaN, which is greatest
        plain.giveBack(a, upper, lower, g, from + i, out, LANES);
        continue;
      }
      VectorMask<Float> second = q.compare(VectorOperators.GT, p);
      VectorMask<Float> fourth = s.compare(VectorOperators.GT, r);
      VectorMask<Float> below = r.blend(s, fourth).compare(VectorOperators.GT, p.blend(q, second));
      FloatVector given = FloatVector.fromArray(SPECIES, g, from + i);
      FloatVector high = given.blend(zero, below);
      FloatVector low = zero.blend(given, below);
      FloatVector odd = zero.blend(high, second);
      FloatVector even = high.blend(zero, second);
      even.rearrange(LOWER, odd).intoArray(out, upper);
      even.rearrange(UPPER, odd).intoArray(out, upper + LANES);
      odd = zero.blend(low, fourth);
      even = low.blend(zero, fourth);
      even.rearrange(LOWER, odd).intoArray(out, lower);
      even.rearrange(UPPER, odd).intoArray(out, lower + LANES);
    }
    plain.giveBack(a, top + 2 * whole, bottom + 2 * whole, g, from + whole, out, n - whole);
  }
}
