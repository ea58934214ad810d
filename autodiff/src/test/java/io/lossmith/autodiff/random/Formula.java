package io.lossmith.autodiff.random;

import io.lossmith.core.Shape;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;

/**
 * A random formula. The seed decides everything, what is left out of it apart: shrinking leaves out
 * steps and outputs and makes axes shorter, and the rest stays as it is.
 *
 * @param seed of the steps and of the numbers
 * @param shape of the inputs
 * @param steps how many operations are tried
 * @param without the steps that are left out
 * @param asked what is asked for, see {@link Question}
 */
record Formula(long seed, Shape shape, int steps, BitSet without, int asked) {
  private static final int[] SIZES = {1, 2, 2, 3, 3, 4, 4, 5, 6, 7, 8, 11, 13, 16, 17, 20, 32};

  /** Beyond a stretch, a local fold, a tile; primes and powers of two. */
  private static final int[] LARGE = {64, 65, 100, 257, 513, 521, 600, 1024, 1025, 1031, 2048};

  static Formula of(long seed) {
    Random random = Luck.of(seed, 1);
    boolean isLarge = isLarge(seed);
    int[] few = {
      SIZES[random.nextInt(SIZES.length)],
      SIZES[random.nextInt(SIZES.length)],
      1 + random.nextInt(4)
    };
    int[] sizes = new int[1 + random.nextInt(4)];
    do {
      for (int i = 0; i < sizes.length; i++) {
        sizes[i] = few[random.nextInt(few.length)];
      }
      if (isLarge || random.nextInt(12) == 0) {
        sizes[random.nextInt(sizes.length)] = LARGE[random.nextInt(LARGE.length)];
      }
      if (isLarge) {
        sizes[random.nextInt(sizes.length)] = 64 + random.nextInt(64);
      }
    } while (count(sizes) > room(seed) / 3);
    int asked = random.nextInt(3) == 0 ? random.nextInt(Question.ALL + 1) : random.nextInt(4);
    return new Formula(seed, Shape.of(sizes), 2 + random.nextInt(12), new BitSet(), asked);
  }

  private static long count(int[] sizes) {
    long count = 1;
    for (int size : sizes) {
      count *= size;
    }
    return count;
  }

  /** Tells whether its arrays are large enough that threads share the work. */
  static boolean isLarge(long seed) {
    return Math.floorMod(seed, 50) == 49;
  }

  /** Returns how many elements a tensor may have. */
  static int room(long seed) {
    return isLarge(seed) ? 80_000 : 6_000;
  }

  int room() {
    return room(seed);
  }

  /** Returns all formulas that are one step simpler, those first that leave out most. */
  List<Formula> simpler() {
    List<Formula> simpler = new ArrayList<>();
    for (int bit = 1; bit <= Question.ALL; bit *= 2) {
      if ((asked & bit) != 0) {
        simpler.add(new Formula(seed, shape, steps, without, asked & ~bit));
      }
    }
    for (int i = steps - 1; i >= 0; i--) {
      if (!without.get(i)) {
        BitSet more = (BitSet) without.clone();
        more.set(i);
        simpler.add(new Formula(seed, shape, steps, more, asked));
      }
    }
    for (int axis = 0; axis < shape.rank(); axis++) {
      int size = shape.get(axis);
      for (int smaller : new int[] {1, 2, size / 2, size - 1}) {
        if (smaller > 0 && smaller < size) {
          simpler.add(new Formula(seed, shape.with(axis, smaller), steps, without, asked));
        }
      }
    }
    return simpler;
  }

  /** Returns a measure for what is worth showing first. */
  int size() {
    return steps - without.cardinality() + 3 * Integer.bitCount(asked);
  }
}
