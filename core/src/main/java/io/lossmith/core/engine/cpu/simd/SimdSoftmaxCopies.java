package io.lossmith.core.engine.cpu.simd;

import static io.lossmith.core.engine.cpu.simd.Lanes.LANES;
import static io.lossmith.core.engine.cpu.simd.Lanes.SPECIES;

import io.lossmith.core.engine.cpu.kernel.LabelTable;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import jdk.incubator.vector.FloatVector;

/**
 * What flows back through a softmax, as {@link SimdSoftmaxLabels}, where {@linkplain
 * Lanes#ADDRESSES_WELL each array costs}: what all rows read is copied side by side before, so one
 * place is the place in all of it.
 */
final class SimdSoftmaxCopies {
  /** So many places at a time. */
  private static final int PLACES = 2048;

  /**
   * From one copy to the next: whole lines, but not whole pages, for a load from the place in a
   * page of a store just made would wait for that.
   */
  private static final int APART = PLACES + 8 * LANES;

  private static final int MAXIMA = APART;
  private static final int FACTORS = 2 * APART;
  private static final int SUMS = 3 * APART;
  private static final int ALL = 4 * APART;

  /**
   * Calls of the two loops. No constants, for what a constant calls is inlined: and in one method
   * with others, Java 17 keeps a loop's constants on the stack, or gives up on its vectors.
   */
  private static MethodHandle powers = handle("powers", float[].class, int.class, int.class);

  private static MethodHandle gradients = handle("gradients", float.class);

  private SimdSoftmaxCopies() {}

  private static MethodHandle handle(String name, Class<?>... own) {
    MethodType type =
        MethodType.methodType(void.class, LabelTable.class, float[].class, int.class)
            .appendParameterTypes(own)
            .appendParameterTypes(float[].class, int.class, int.class, int.class);
    try {
      return MethodHandles.lookup().findStatic(SimdSoftmaxCopies.class, name, type);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(name + " is missing", e);
    }
  }

  /** Tells whether the copies have room where n elements of each row have. */
  static boolean haveRoom(int rows, int stride, int n) {
    return (rows - 1L) * stride + n >= ALL;
  }

  static void gradient(
      LabelTable table,
      float[] label,
      int lo,
      float[] a,
      int ao,
      int as,
      float[] m,
      int mo,
      float[] f,
      int fo,
      float more,
      float[] copies,
      int co,
      float[] out,
      int oo,
      int os,
      int n) {
    for (int from = 0; from < n; from += PLACES) {
      int k = Math.min(PLACES, n - from);
      System.arraycopy(label, lo + from, copies, co, k);
      System.arraycopy(m, mo + from, copies, co + MAXIMA, k);
      System.arraycopy(f, fo + from, copies, co + FACTORS, k);
      int to = oo + from;
      try {
        powers.invokeExact(table, copies, co, a, ao + from, as, out, to, os, k);
        gradients.invokeExact(table, copies, co, more, out, to, os, k);
      } catch (RuntimeException | Error e) {
        throw e;
      } catch (Throwable e) {
        throw new IllegalStateException(e);
      }
    }
  }

  /** The powers, each times its factor, and the sums of what was chosen of them. */
  private static void powers(
      LabelTable table,
      float[] copies,
      int co,
      float[] a,
      int ao,
      int as,
      float[] p,
      int po,
      int ps,
      int n) {
    FloatVector none = FloatVector.broadcast(SPECIES, -0f); // keeps the first product's bits
    int end = co + n;
    for (int i = co; i < end; i += LANES) {
      none.intoArray(copies, SUMS + i);
    }
    for (int r = 0; r < table.rows(); r++) {
      FloatVector sought = FloatVector.broadcast(SPECIES, table.number[r]);
      FloatVector chosen = FloatVector.broadcast(SPECIES, table.chosen[r]);
      FloatVector otherwise = FloatVector.broadcast(SPECIES, table.otherwise[r]);
      int x = ao + r * as - co;
      int y = po + r * ps - co;
      for (int i = co; i < end; i += LANES) { // the place that is read most, as it is
        FloatVector e =
            SimdMath.expBelowOne(
                    FloatVector.fromArray(SPECIES, a, x + i)
                        .sub(FloatVector.fromArray(SPECIES, copies, MAXIMA + i)))
                .mul(FloatVector.fromArray(SPECIES, copies, FACTORS + i));
        e.intoArray(p, y + i);
        FloatVector factor =
            SimdMatches.choose(
                FloatVector.fromArray(SPECIES, copies, i), sought, chosen, otherwise);
        FloatVector.fromArray(SPECIES, copies, SUMS + i)
            .add(e.mul(factor))
            .intoArray(copies, SUMS + i);
      }
    }
  }

  private static void gradients(
      LabelTable table, float[] copies, int co, float more, float[] out, int oo, int os, int n) {
    for (int r = 0; r < table.rows(); r++) {
      SimdLabels.gradient(
          copies,
          co,
          table.number[r],
          table.chosen[r],
          table.otherwise[r],
          table.addedChosen[r],
          table.added[r],
          out,
          oo + r * os,
          copies,
          co + SUMS,
          more,
          out,
          oo + r * os,
          n);
    }
  }
}
