package io.lossmith.core.engine.cpu.simd;

import io.lossmith.core.engine.cpu.kernel.PoolLoops;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** The loops of max pooling with the Vector API. */
public final class SimdPoolLoops implements PoolLoops {
  private static final VectorSpecies<Float> FLOATS = SimdWindowLoops.SPECIES;
  private static final VectorSpecies<Integer> KEYS =
      VectorSpecies.of(int.class, FLOATS.vectorShape());
  private static final int L = FLOATS.length();

  @Override
  public void toKeys(float[] x, int from, int[] keys, int at, int n) {
    int i = 0;
    for (; i < FLOATS.loopBound(n); i += L) {
      FloatVector value = FloatVector.fromArray(FLOATS, x, from + i);
      IntVector key = turned(value.add(0f).reinterpretAsInts());
      VectorMask<Integer> isNaN = value.test(VectorOperators.IS_NAN).cast(KEYS);
      key.blend(NAN, isNaN).intoArray(keys, at + i);
    }
    for (; i < n; i++) {
      keys[at + i] = PoolLoops.key(x[from + i]);
    }
  }

  @Override
  public void toFloats(int[] keys, int from, float[] x, int at, int n) {
    int i = 0;
    for (; i < FLOATS.loopBound(n); i += L) {
      turned(IntVector.fromArray(KEYS, keys, from + i)).reinterpretAsFloats().intoArray(x, at + i);
    }
    for (; i < n; i++) {
      x[at + i] = PoolLoops.value(keys[from + i]);
    }
  }

  /** Turns the order of negative numbers round: from bits to keys, and back. */
  private static IntVector turned(IntVector bits) {
    return bits.lanewise(
        VectorOperators.XOR,
        bits.lanewise(VectorOperators.ASHR, 31).lanewise(VectorOperators.AND, Integer.MAX_VALUE));
  }

  @Override
  public void greatest(int[] keys, int distance, int taps, int n) {
    for (int i = 0; i < n; i += L) {
      IntVector best = IntVector.fromArray(KEYS, keys, i);
      for (int t = 1, j = i + distance; t < taps; t++, j += distance) {
        best = best.max(IntVector.fromArray(KEYS, keys, j));
      }
      best.intoArray(keys, i);
    }
  }

  @Override
  public void pick(int[] keys, int distance, int taps, int[] picks, int at, int n) {
    for (int i = 0; i < n; i += L) {
      IntVector best = IntVector.fromArray(KEYS, keys, i);
      IntVector pick = IntVector.zero(KEYS);
      for (int t = 1, j = i + distance; t < taps; t++, j += distance) {
        IntVector later = IntVector.fromArray(KEYS, keys, j);
        pick = pick.blend(t, later.compare(VectorOperators.GT, best));
        best = best.max(later);
      }
      best.intoArray(keys, i);
      pick.intoArray(picks, at + i);
    }
  }

  @Override
  public void take(int[] picks, float[] x, int at, int distance, int taps, int n) {
    for (int i = 0; i < n; i += L) {
      IntVector pick = IntVector.fromArray(KEYS, picks, at + i);
      FloatVector taken = FloatVector.fromArray(FLOATS, x, at + i);
      for (int t = 1, j = at + i + distance; t < taps; t++, j += distance) {
        VectorMask<Float> chosen = pick.compare(VectorOperators.EQ, t).cast(FLOATS);
        taken = taken.blend(FloatVector.fromArray(FLOATS, x, j), chosen);
      }
      taken.intoArray(x, at + i);
    }
  }

  @Override
  public void giveBack(int[] picks, int at, float[] g, int from, int distance, int taps, int n) {
    for (int i = 0; i < n; i += L) {
      FloatVector sum = FloatVector.zero(FLOATS);
      for (int t = taps - 1, j = i; t >= 0; t--, j += distance) {
        VectorMask<Float> chosen =
            IntVector.fromArray(KEYS, picks, at + j).compare(VectorOperators.EQ, t).cast(FLOATS);
        sum = sum.add(FloatVector.fromArray(FLOATS, g, from + j), chosen);
      }
      sum.intoArray(g, from + i);
    }
  }

  @Override
  public void add(float[] x, int at, float[] y, int from, int n) {
    for (int i = 0; i < n; i += L) {
      FloatVector.fromArray(FLOATS, x, at + i)
          .add(FloatVector.fromArray(FLOATS, y, from + i))
          .intoArray(x, at + i);
    }
  }

  @Override
  public void greater(int[] best, int[] later, int n) {
    for (int i = 0; i < n; i += L) {
      IntVector.fromArray(KEYS, best, i)
          .max(IntVector.fromArray(KEYS, later, i))
          .intoArray(best, i);
    }
  }

  @Override
  public void mix(int[] best, int[] later, float[] x, float[] y, int at, int n) {
    for (int i = 0; i < n; i += L) {
      IntVector key = IntVector.fromArray(KEYS, best, i);
      IntVector other = IntVector.fromArray(KEYS, later, i);
      FloatVector one = FloatVector.fromArray(FLOATS, x, at + i);
      FloatVector two = FloatVector.fromArray(FLOATS, y, at + i);
      FloatVector mean = one.mul(0.5f).add(two.mul(0.5f));
      one.blend(two, other.compare(VectorOperators.GT, key).cast(FLOATS))
          .blend(mean, other.compare(VectorOperators.EQ, key).cast(FLOATS))
          .intoArray(x, at + i);
      key.max(other).intoArray(best, i);
    }
  }

  @Override
  public void split(int[] best, int[] later, float[] x, float[] y, int at, int n) {
    FloatVector nothing = FloatVector.zero(FLOATS);
    for (int i = 0; i < n; i += L) {
      IntVector key = IntVector.fromArray(KEYS, best, i);
      IntVector other = IntVector.fromArray(KEYS, later, i);
      FloatVector all = FloatVector.fromArray(FLOATS, x, at + i);
      FloatVector half = all.mul(0.5f);
      VectorMask<Float> greater = other.compare(VectorOperators.GT, key).cast(FLOATS);
      VectorMask<Float> ties = other.compare(VectorOperators.EQ, key).cast(FLOATS);
      nothing.blend(all, greater).blend(half, ties).intoArray(y, at + i);
      all.blend(nothing, greater).blend(half, ties).intoArray(x, at + i);
    }
  }
}
