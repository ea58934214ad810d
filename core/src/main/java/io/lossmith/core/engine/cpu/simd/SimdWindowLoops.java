package io.lossmith.core.engine.cpu.simd;

import io.lossmith.core.engine.cpu.kernel.StretchedLoops;
import io.lossmith.core.engine.cpu.kernel.WindowRows;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The loops with the Vector API. All sums of a loop are local variables, which the compiler keeps
 * in registers: that is where the speed comes from, and why the bodies are written out.
 */
public final class SimdWindowLoops extends StretchedLoops {
  /** The machine's vectors, of 16 lanes at most: what {@link #SLACK} has room for. */
  static final VectorSpecies<Float> SPECIES =
      FloatVector.SPECIES_PREFERRED.length() > 16
          ? FloatVector.SPECIES_512
          : FloatVector.SPECIES_PREFERRED;

  private static final int L = SPECIES.length();

  /** Vectors of 512 bits come with 32 registers, others mostly with 16. */
  private static final boolean MANY_REGISTERS = L == 16;

  /** Stretches of eight gradient rows that stay in the first-level cache. */
  private static final int STRETCH = 512;

  /** Where one vector is read for two products, the second-level cache is fast enough. */
  private static final int LONG_STRETCH = 8192;

  /** Rows of whole vectors are written where they belong. */
  @Override
  public void correlate(
      int channels,
      WindowRows shape,
      float[] x,
      int from,
      float[] w,
      int at,
      float[] out,
      int to,
      int height) {
    int vectors = shape.width() / L * height;
    if (MANY_REGISTERS && shape.width() % L == 0 && vectors >= 4) {
      if (channels == ROWS) {
        eightRows(shape, x, from, w, at, out, to, vectors);
        return;
      }
      if (channels == 4) {
        fourRows(shape, x, from, w, at, out, to, vectors);
        return;
      }
      if (channels == 1) {
        oneRow(shape, x, from, w, at, out, to, vectors);
        return;
      }
    }
    super.correlate(channels, shape, x, from, w, at, out, to, height);
  }

  /** The last vectors are computed twice where they are no whole block. */
  private static void eightRows(
      WindowRows shape, float[] x, int from, float[] w, int at, float[] out, int to, int vectors) {
    for (int block = 0; block < vectors; block += 3) {
      int v = Math.min(block, vectors - 3);
      SimdCorrelation.eightByThree(
          x,
          from + place(shape, v),
          from + place(shape, v + 1),
          from + place(shape, v + 2),
          shape.offsets(),
          w,
          at,
          out,
          to + v * L,
          shape.stride());
    }
  }

  private static void fourRows(
      WindowRows shape, float[] x, int from, float[] w, int at, float[] out, int to, int vectors) {
    for (int block = 0; block < vectors; block += 4) {
      int v = Math.min(block, vectors - 4);
      SimdCorrelation.fourByFour(
          x,
          from + place(shape, v),
          from + place(shape, v + 1),
          from + place(shape, v + 2),
          from + place(shape, v + 3),
          shape.offsets(),
          w,
          at,
          out,
          to + v * L,
          shape.stride());
    }
  }

  private static void oneRow(
      WindowRows shape, float[] x, int from, float[] w, int at, float[] out, int to, int vectors) {
    for (int block = 0; block < vectors; block += 4) {
      int v = Math.min(block, vectors - 4);
      SimdCorrelation.oneByFour(
          x,
          from + place(shape, v),
          from + place(shape, v + 1),
          from + place(shape, v + 2),
          from + place(shape, v + 3),
          shape.offsets(),
          w,
          at,
          out,
          to + v * L);
    }
  }

  /** Returns where a vector of the result has its first tap. */
  private static int place(WindowRows shape, int vector) {
    int element = vector * L;
    int row = element / shape.width();
    return row * shape.distance() + element - row * shape.width();
  }

  @Override
  protected void correlate(
      int rows,
      int[] offsets,
      float[] x,
      int from,
      float[] w,
      int at,
      float[] out,
      int stride,
      int n) {
    if (rows == 1) {
      for (int i = from; i < from + n; i += 4 * L) {
        SimdCorrelation.oneByFour(x, i, i + L, i + 2 * L, i + 3 * L, offsets, w, at, out, i - from);
      }
    } else if (!MANY_REGISTERS) {
      for (int i = from; i < from + n; i += 3 * L) {
        for (int j = 0; j < rows; j += 4) {
          int to = j * stride + i - from;
          SimdCorrelation.fourByThree(x, i, i + L, i + 2 * L, offsets, w, at + j, out, to, stride);
        }
      }
    } else if (rows == 4) {
      for (int i = from; i < from + n; i += 4 * L) {
        SimdCorrelation.fourByFour(
            x, i, i + L, i + 2 * L, i + 3 * L, offsets, w, at, out, i - from, stride);
      }
    } else {
      for (int i = from; i < from + n; i += 3 * L) {
        SimdCorrelation.eightByThree(x, i, i + L, i + 2 * L, offsets, w, at, out, i - from, stride);
      }
    }
  }

  @Override
  public int lanes() {
    return L;
  }

  @Override
  public void multiply(
      int rows,
      float[] x,
      int[] offsets,
      int channels,
      int taps,
      float[] g,
      int stride,
      int n,
      float[] sums,
      int at) {
    int all = channels * taps;
    int stretch = MANY_REGISTERS ? LONG_STRETCH : STRETCH;
    for (int from = 0; from < n; from += stretch) {
      int end = Math.min(n, from + stretch);
      if (rows == 1) {
        for (int t = 0; t < all; t += 4) {
          SimdProducts.oneByFour(x, offsets, t, g, from, end, sums, at + t * L);
        }
      } else if (!MANY_REGISTERS) {
        for (int t = 0; t < all; t += 3) {
          for (int j = 0; j < rows; j += 4) {
            int to = at + (t * rows + j) * L;
            SimdProducts.fourByThree(
                x, offsets, t, g, j * stride, stride, from, end, sums, to, rows);
          }
        }
      } else {
        for (int t = 0; t < all; t += 4) {
          for (int j = 0; j < rows; j += 4) {
            int to = at + (t * rows + j) * L;
            SimdProducts.fourByFour(
                x, offsets, t, g, j * stride, stride, from, end, sums, to, rows);
          }
        }
      }
    }
  }

  @Override
  public void sum(float[] sums, int at, int step, float[] out, int n) {
    int i = 0;
    for (; SimdLaneSums.BY_SIXTEEN && i + 16 <= n; i += 16) {
      SimdLaneSums.sixteen(sums, at + i * step, step, out, i);
    }
    for (; i < n; i++) {
      out[i] = SimdLaneSums.one(sums, at + i * step);
    }
  }

  @Override
  public void add(float[] a, int at, float[] b, int from, int n) {
    int i = 0;
    for (; i < SPECIES.loopBound(n); i += L) {
      FloatVector.fromArray(SPECIES, a, at + i)
          .add(FloatVector.fromArray(SPECIES, b, from + i))
          .intoArray(a, at + i);
    }
    for (; i < n; i++) {
      a[at + i] += b[from + i];
    }
  }
}
