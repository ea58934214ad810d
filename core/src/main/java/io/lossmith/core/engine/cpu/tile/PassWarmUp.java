package io.lossmith.core.engine.cpu.tile;

import io.lossmith.core.engine.cpu.kernel.PassLoop;
import java.util.Arrays;

/**
 * Calls a loop in registers, on numbers of its own, until the JVM has seen enough of it to compile
 * it. Until then each vector is an object; so the calls are short, and no longer in all than they
 * must be.
 */
final class PassWarmUp {
  /** The JVM counts calls and steps together; the fewer steps a call has, the fewer it takes. */
  private static final int VECTORS = 8;

  /** Without vectors loops that are seen to be short are not made of vectors by the compiler. */
  private static final int PLACES = 1024;

  /**
   * HotSpot takes notes after up to 2048 calls, and compiles what has made 15 000 calls and steps
   * since; at each 1024th call it looks.
   */
  private static final int CALLS = 4600;

  /** More where that was too few, because others wait for the compiler. */
  private static final int MORE_CALLS = 512;

  private final PassLoop loop;
  private final PassInstruction.Arguments given;
  private final int n;
  private int calls = CALLS;

  PassWarmUp(PassInstruction pass, int lanes) {
    n = lanes > 1 ? VECTORS * lanes : PLACES;
    loop = pass.loop();
    given = new PassInstruction.Arguments(pass);
    for (int i = 0; i < pass.arrays().length; i++) {
      float[] array = new float[Math.max(n, pass.scratch())];
      Arrays.fill(array, 0.5f);
      given.arrays[PassLoop.FIRST + i] = array;
    }
    Arrays.fill(given.numbers, 0.5f);
  }

  /** Tells whether there are calls to be made. */
  boolean isDue() {
    return calls > 0;
  }

  void call() {
    loop.run(given.arrays, given.offsets, given.numbers, given.folds, n);
    calls--;
  }

  /** Has more calls made. */
  void extend() {
    calls = MORE_CALLS;
  }
}
