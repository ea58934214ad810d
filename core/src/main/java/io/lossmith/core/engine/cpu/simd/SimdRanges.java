package io.lossmith.core.engine.cpu.simd;

import static io.lossmith.core.engine.cpu.simd.Lanes.LANES;
import static io.lossmith.core.engine.cpu.simd.Lanes.SPECIES;

import io.lossmith.core.op.ValueRange;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/** How many elements are out of a range, of at least one vector. */
final class SimdRanges {
  /** From here on every float is a whole number. */
  private static final float WHOLE = 8388608f;

  private SimdRanges() {}

  /** Labels, one of which may be ignored, and numbers: what nobody asks for takes the plain way. */
  static boolean hasLoop(ValueRange range) {
    return range.whole()
        ? range.low() >= 0 && !range.allowsNaN() // large numbers added to less do not round
        : range.except() == null;
  }

  static float outside(ValueRange range, float[] a, int ao, int n) {
    int whole = n - n % LANES;
    float count = ofWhole(range, a, ao, whole);
    for (int i = whole; i < n; i++) {
      count += range.holds(a[ao + i]) ? 0 : 1;
    }
    return count;
  }

  /** Numbers are handed on, not vectors: those become objects where a call is not inlined. */
  private static float ofWhole(ValueRange range, float[] a, int ao, int n) {
    float low = range.low();
    float high = range.high();
    if (range.allowsNaN()) {
      return beyond(low, high, a, ao, n);
    }
    if (range.except() != null) {
      return notWholeNor(range.except(), low, high, a, ao, n);
    }
    return range.whole() ? notWhole(low, high, a, ao, n) : not(low, high, a, ao, n);
  }

  private static float beyond(float least, float most, float[] a, int ao, int n) {
    FloatVector low = FloatVector.broadcast(SPECIES, least);
    FloatVector high = FloatVector.broadcast(SPECIES, most);
    FloatVector one = FloatVector.broadcast(SPECIES, 1f);
    FloatVector count = FloatVector.broadcast(SPECIES, 0f);
    for (int i = 0; i < n; i += LANES) {
      FloatVector x = FloatVector.fromArray(SPECIES, a, ao + i);
      VectorMask<Float> below = x.compare(VectorOperators.LT, low);
      count = count.add(one, below.or(x.compare(VectorOperators.GT, high)));
    }
    return LaneSum.of(count);
  }

  private static float not(float least, float most, float[] a, int ao, int n) {
    FloatVector low = FloatVector.broadcast(SPECIES, least);
    FloatVector high = FloatVector.broadcast(SPECIES, most);
    FloatVector one = FloatVector.broadcast(SPECIES, 1f);
    FloatVector count = FloatVector.broadcast(SPECIES, 0f);
    for (int i = 0; i < n; i += LANES) {
      FloatVector x = FloatVector.fromArray(SPECIES, a, ao + i);
      VectorMask<Float> above = x.compare(VectorOperators.GE, low);
      count = count.add(one, above.and(x.compare(VectorOperators.LE, high)).not());
    }
    return LaneSum.of(count);
  }

  /** As {@link #notWhole}; one comparison more. */
  private static float notWholeNor(
      float allowed, float least, float most, float[] a, int ao, int n) {
    FloatVector large = FloatVector.broadcast(SPECIES, WHOLE);
    FloatVector low = FloatVector.broadcast(SPECIES, least);
    FloatVector high = FloatVector.broadcast(SPECIES, most);
    FloatVector one = FloatVector.broadcast(SPECIES, 1f);
    FloatVector count = FloatVector.broadcast(SPECIES, 0f);
    for (int i = 0; i < n; i += LANES) {
      FloatVector x = FloatVector.fromArray(SPECIES, a, ao + i);
      VectorMask<Float> inside =
          x.compare(VectorOperators.GE, low).and(x.compare(VectorOperators.LE, high));
      VectorMask<Float> whole = x.compare(VectorOperators.EQ, x.add(large).sub(large));
      VectorMask<Float> good = inside.and(whole.or(x.compare(VectorOperators.GE, large)));
      count = count.add(one, good.or(x.compare(VectorOperators.EQ, allowed)).not());
    }
    return LaneSum.of(count);
  }

  /** Rounds by hand: together with {@link SimdMath#rint} it is more than Java 17 inlines. */
  private static float notWhole(float least, float most, float[] a, int ao, int n) {
    FloatVector large = FloatVector.broadcast(SPECIES, WHOLE);
    FloatVector low = FloatVector.broadcast(SPECIES, least);
    FloatVector high = FloatVector.broadcast(SPECIES, most);
    FloatVector one = FloatVector.broadcast(SPECIES, 1f);
    FloatVector count = FloatVector.broadcast(SPECIES, 0f);
    for (int i = 0; i < n; i += LANES) {
      FloatVector x = FloatVector.fromArray(SPECIES, a, ao + i);
      VectorMask<Float> inside =
          x.compare(VectorOperators.GE, low).and(x.compare(VectorOperators.LE, high));
      VectorMask<Float> whole = x.compare(VectorOperators.EQ, x.add(large).sub(large));
      count = count.add(one, inside.and(whole.or(x.compare(VectorOperators.GE, large))).not());
    }
    return LaneSum.of(count);
  }
}
