package io.lossmith.core.engine.cpu.kernel;

import static org.assertj.core.api.Assertions.fail;

import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;

/** Compares loops bit by bit: over stretches of one long array with the whole, or two of them. */
final class Bits {
  /** Longer than the blocks that plain Java takes. */
  private static final int LONG = 2500;

  /** What is not in a stretch, and so must not be read. */
  private static final float ELSEWHERE = 7.25f;

  private static final float[] A = numbers(1);
  private static final float[] B = numbers(2);
  private static final float[] C = numbers(3);

  private Bits() {}

  /** A loop over stretches of three operands, of which it may ignore some. */
  interface Loop {
    void run(float[] a, int ao, float[] b, int bo, float[] c, int co, float[] out, int oo, int n);
  }

  /** Checks that each element is the same over every stretch and at every offset, in place too. */
  static void areTheSameEverywhere(String what, Loop loop) {
    float[] whole = whole(loop);
    for (int n : lengths()) {
      for (int k = 0; k < 3; k++) {
        int start = (n * 37 + k * 811) % (LONG - n + 1);
        int ao = (n + k) % 5;
        int bo = (n + 2 * k) % 7;
        int co = (n + 3 * k) % 3;
        int oo = (n + k) % 4;
        float[] a = stretch(A, start, ao, n);
        float[] b = stretch(B, start, bo, n);
        float[] c = stretch(C, start, co, n);
        float[] out = new float[oo + n];
        loop.run(a, ao, b, bo, c, co, out, oo, n);
        compare(what + ", " + n + " of", whole, start, out, oo, n);
        loop.run(a, ao, b, bo, c, co, a, ao, n);
        compare(what + ", in place, " + n + " of", whole, start, a, ao, n);
      }
    }
  }

  /** Checks that two loops give the same. */
  static void areTheSame(String what, Loop is, Loop must) {
    compare(what, whole(must), 0, whole(is), 0, LONG);
  }

  private static TreeSet<Integer> lengths() {
    TreeSet<Integer> lengths = new TreeSet<>(List.of(500, 1000, 1023, 1024, 1025, 2048, 2499));
    IntStream.rangeClosed(1, 200).forEach(lengths::add);
    return lengths;
  }

  private static float[] whole(Loop loop) {
    float[] out = new float[LONG];
    loop.run(A.clone(), 0, B.clone(), 0, C.clone(), 0, out, 0, LONG);
    return out;
  }

  private static float[] stretch(float[] from, int start, int offset, int n) {
    float[] stretch = new float[offset + n + 3];
    Arrays.fill(stretch, ELSEWHERE);
    System.arraycopy(from, start, stretch, offset, n);
    return stretch;
  }

  private static void compare(String what, float[] must, int start, float[] is, int offset, int n) {
    for (int i = 0; i < n; i++) {
      int k = start + i;
      if (Float.floatToIntBits(is[offset + i]) != Float.floatToIntBits(must[k])) {
        fail(
            "%s %s, %s, %s at %d: is %s, must be %s",
            what, A[k], B[k], C[k], i, is[offset + i], must[k]);
      }
    }
  }

  /** Runs of ordinary numbers of several sizes, and others with special values among them. */
  private static float[] numbers(int seed) {
    float[] special = Samples.special();
    float[] numbers = Samples.random(LONG, 1, seed);
    for (int i = 0; i < LONG; i++) {
      int run = i / 97 + seed;
      if (run % 3 == 1 && (i + seed) % 4 == 0) {
        numbers[i] = special[(i * seed + i / 4) % special.length];
      } else if (run % 3 == 2) {
        numbers[i] *= 20;
      } else if (run % 6 == 0) {
        numbers[i] = Math.abs(numbers[i]) + 0.01f;
      }
    }
    return numbers;
  }
}
