package io.lossmith.core.engine.cpu.simd;

import io.lossmith.core.engine.cpu.kernel.DistanceLoops;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The loops with the Vector API. Along a line, a vector of places looks to both sides, a step
 * further each time, until what lies there would be too far away whatever it is. From a vector's
 * length on it passes over blocks that have nothing near enough. So there are about as many steps
 * as distances are long, and few of them where distances are long.
 *
 * <p>Vectors that change in a loop live in methods as short as that loop: in longer ones the
 * compiler makes objects of them.
 */
final class SimdDistanceLoops implements DistanceLoops {
  /** Java 17 makes objects of some of the vectors, short as the methods are. */
  static final boolean ARE_FAST = Runtime.version().feature() > 17;

  private static final VectorSpecies<Float> FLOATS = SimdWindowLoops.SPECIES;
  private static final VectorSpecies<Integer> INTS =
      VectorSpecies.of(int.class, FLOATS.vectorShape());
  private static final int L = INTS.length();

  /** Added to a count, it leaves the count in the last bits. */
  private static final float WHOLE = 1 << 23;

  private static final int WHOLE_BITS = Float.floatToRawIntBits(WHOLE);

  /** So many steps are taken before the next look at whether there were enough. */
  private static final int STEPS = 4;

  /** The line, between two blocks of nothing. */
  private int[] line = {};

  /** What has been found so far at each place of it. */
  private int[] found = {};

  /** The least of each block of the line. */
  private int[] least = {};

  private int lowest;

  @Override
  public int count(float[] x, float[] counts, int top, int rows, int below, int n) {
    int whole = n - n % (2 * L);
    for (int column = 0; column < whole; column += 2 * L) {
      countDown(x, counts, top + column, rows, below);
      countUp(counts, top + column, rows, below);
    }
    return whole;
  }

  /** Where x is 0, nothing is left of the count's bits. */
  private static void countDown(float[] x, float[] counts, int top, int rows, int below) {
    FloatVector left = FloatVector.broadcast(FLOATS, FAR_COUNT);
    FloatVector right = left;
    for (int row = 0, i = top; row < rows; row++, i += below) {
      left =
          left.add(1f)
              .reinterpretAsInts()
              .and(
                  FloatVector.fromArray(FLOATS, x, i)
                      .reinterpretAsInts()
                      .and(Integer.MAX_VALUE)
                      .neg()
                      .lanewise(VectorOperators.ASHR, 31))
              .reinterpretAsFloats();
      right =
          right
              .add(1f)
              .reinterpretAsInts()
              .and(
                  FloatVector.fromArray(FLOATS, x, i + L)
                      .reinterpretAsInts()
                      .and(Integer.MAX_VALUE)
                      .neg()
                      .lanewise(VectorOperators.ASHR, 31))
              .reinterpretAsFloats();
      left.intoArray(counts, i);
      right.intoArray(counts, i + L);
    }
  }

  /** Compares bits, which are in the order of counts: a minimum of floats has NaN in mind. */
  private static void countUp(float[] counts, int top, int rows, int below) {
    FloatVector left = FloatVector.broadcast(FLOATS, FAR_COUNT);
    FloatVector right = left;
    for (int row = 0, i = top + (rows - 1) * below; row < rows; row++, i -= below) {
      left =
          left.add(1f)
              .reinterpretAsInts()
              .min(FloatVector.fromArray(FLOATS, counts, i).reinterpretAsInts())
              .reinterpretAsFloats();
      right =
          right
              .add(1f)
              .reinterpretAsInts()
              .min(FloatVector.fromArray(FLOATS, counts, i + L).reinterpretAsInts())
              .reinterpretAsFloats();
      left.intoArray(counts, i);
      right.intoArray(counts, i + L);
    }
  }

  @Override
  public void square(float[] counts, int from, int[] squares, int to, int n) {
    int i = 0;
    for (; i < INTS.loopBound(n); i += L) {
      IntVector count =
          FloatVector.fromArray(FLOATS, counts, from + i)
              .add(WHOLE)
              .reinterpretAsInts()
              .sub(WHOLE_BITS);
      count.mul(count).min(IntVector.broadcast(INTS, FAR)).intoArray(squares, to + i);
    }
    for (; i < n; i++) {
      int count = (int) counts[from + i];
      squares[to + i] = Math.min(count * count, FAR);
    }
  }

  @Override
  public void nearest(int[] squares, int at, int n) {
    int blocks = (n + L - 1) / L;
    prepare(squares, at, n, blocks);
    for (int block = 1; block <= blocks; block++) {
      int reach = IntVector.fromArray(INTS, line, block * L).reduceLanes(VectorOperators.MAX);
      int beside = Math.min(least[block - 1], Math.min(least[block], least[block + 1]));
      if (beside + 1 < reach) {
        reach = lookAround(line, found, block * L, reach);
      }
      lookFurther(block, blocks, reach);
    }
    System.arraycopy(found, L, squares, at, n);
  }

  private void prepare(int[] squares, int at, int n, int blocks) {
    if (least.length != blocks + 2) {
      least = new int[blocks + 2];
      line = new int[least.length * L];
      found = new int[least.length * L];
    }
    Arrays.fill(line, 0, L, FAR);
    System.arraycopy(squares, at, line, L, n);
    Arrays.fill(line, L + n, line.length, FAR);
    System.arraycopy(line, 0, found, 0, line.length);
    lowest = FAR;
    for (int block = 0; block < least.length; block++) {
      least[block] = IntVector.fromArray(INTS, line, block * L).reduceLanes(VectorOperators.MIN);
      lowest = Math.min(lowest, least[block]);
    }
  }

  /** Looks as many steps to both sides as a block is long, and returns the greatest found. */
  private static int lookAround(int[] line, int[] found, int at, int reach) {
    IntVector best = IntVector.fromArray(INTS, line, at);
    int step = 1;
    while (step <= L && step * step < reach) {
      for (int end = step + STEPS; step < end; step++) {
        best =
            best.min(
                IntVector.fromArray(INTS, line, at - step)
                    .min(IntVector.fromArray(INTS, line, at + step))
                    .add(IntVector.broadcast(INTS, step * step)));
      }
      reach = best.reduceLanes(VectorOperators.MAX);
    }
    best.intoArray(found, at);
    return reach;
  }

  /**
   * Looks as many steps again, and again: those to the left end in two blocks, those to the right
   * in two others.
   *
   * @param reach the greatest found: what is not less far away is of no use
   */
  private void lookFurther(int block, int blocks, int reach) {
    int at = block * L;
    int step = L + 1;
    for (int left = block - 1, right = block + 1; step * step + lowest < reach; left--, right++) {
      if (left > 0) {
        reach = look(at, -1, step, Math.min(least[left - 1], least[left]), reach);
      }
      if (right <= blocks) {
        reach = look(at, 1, step, Math.min(least[right], least[right + 1]), reach);
      }
      step += L;
    }
  }

  private int look(int at, int way, int step, int lowest, int reach) {
    return step * step < reach - lowest
        ? look(line, at + way * step, way, step, reach - lowest, found, at)
        : reach;
  }

  /** Looks to one side while squares of steps are below a number; returns the greatest found. */
  private static int look(int[] line, int from, int way, int step, int most, int[] found, int at) {
    IntVector best = IntVector.fromArray(INTS, found, at);
    for (int i = 0; i < L && (step + i) * (step + i) < most; i++) {
      best =
          best.min(
              IntVector.fromArray(INTS, line, from + way * i)
                  .add(IntVector.broadcast(INTS, (step + i) * (step + i))));
    }
    best.intoArray(found, at);
    return best.reduceLanes(VectorOperators.MAX);
  }

  @Override
  public void root(int[] squares, int from, float[] distances, int to, int n) {
    if (n > 0 && squares[from] == FAR) {
      Arrays.fill(distances, to, to + n, Float.POSITIVE_INFINITY);
      return;
    }
    int i = 0;
    for (; i < INTS.loopBound(n); i += L) {
      IntVector square = IntVector.fromArray(INTS, squares, from + i);
      ((FloatVector) square.convert(VectorOperators.I2F, 0)).sqrt().intoArray(distances, to + i);
    }
    for (; i < n; i++) {
      distances[to + i] = (float) Math.sqrt(squares[from + i]);
    }
  }
}
