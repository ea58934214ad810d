package io.lossmith.core.engine.cpu.plain;

import io.lossmith.core.engine.cpu.kernel.CacheLines;
import java.lang.ref.WeakReference;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Arrays of one thread in which a block is worked on. The compiler turns loops into vector
 * instructions only where all arrays are indexed alike, so blocks that are no array's first are
 * copied to the start of these; and not where bits of a float are looked at, so those take the way
 * through a buffer, in bulk.
 */
final class Scratch {
  /** Floats in a block; those arrays that a loop uses stay in the first-level cache. */
  static final int BLOCK = 2048;

  private static final int LENGTH = CacheLines.lengthApart(BLOCK);

  /** Weakly, for threads outlive class loaders, and a thread holds what is in here. */
  private static final ThreadLocal<@Nullable WeakReference<Scratch>> MINE = new ThreadLocal<>();

  /** Holds each scratch as long as its thread is there. */
  private static final List<Held> HELD = new ArrayList<>();

  private record Held(WeakReference<Thread> thread, Scratch scratch) {}

  /** Of fewer the bits are looked at one by one: the way through the buffer is long for them. */
  private static final int FEW = 16;

  /** The operand. */
  final float[] x = new float[LENGTH];

  final float[] y = new float[LENGTH];
  final float[] z = new float[LENGTH];

  /** Kept while a block goes through several rows. */
  final float[] shared = new float[LENGTH];

  final float[] total = new float[LENGTH];
  final int[] bits = new int[LENGTH];
  final int[] power = new int[LENGTH];
  final int[] other = new int[LENGTH];
  final int[] more = new int[LENGTH];

  private double[] sums = new double[0];

  private final ByteBuffer bytes =
      ByteBuffer.allocateDirect(BLOCK * Float.BYTES).order(ByteOrder.nativeOrder());
  private final FloatBuffer floats = bytes.asFloatBuffer();
  private final IntBuffer ints = bytes.asIntBuffer();

  private Scratch() {}

  static Scratch mine() {
    WeakReference<Scratch> mine = MINE.get();
    Scratch scratch = mine == null ? null : mine.get();
    return scratch == null ? make() : scratch;
  }

  private static Scratch make() {
    Scratch scratch = new Scratch();
    synchronized (HELD) {
      HELD.removeIf(held -> held.thread.get() == null);
      HELD.add(new Held(new WeakReference<>(Thread.currentThread()), scratch));
    }
    MINE.set(new WeakReference<>(scratch));
    return scratch;
  }

  /** Returns an array that begins with n elements from a place on: their own, or the copy given. */
  static float[] atStart(float[] a, int at, float[] copy, int n) {
    if (at == 0) {
      return a;
    }
    System.arraycopy(a, at, copy, 0, n);
    return copy;
  }

  /** Returns where a loop writes what goes to a place: right there, or to the array given. */
  static float[] target(float[] out, int at, float[] instead) {
    return at == 0 ? out : instead;
  }

  /** Brings what {@link #target} has had written elsewhere to its place. */
  static void bring(float[] written, float[] out, int at, int n) {
    if (at != 0) {
      System.arraycopy(written, 0, out, at, n);
    }
  }

  /** Returns an array of so many zeros or more. */
  double[] sums(int count) {
    if (sums.length < count) {
      sums = new double[count];
    }
    Arrays.fill(sums, 0, count, 0);
    return sums;
  }

  void floatsToBits(float[] from, int at, int[] to, int n) {
    if (n < FEW) {
      for (int i = 0; i < n; i++) {
        to[i] = Float.floatToRawIntBits(from[at + i]);
      }
      return;
    }
    floats.put(0, from, at, n);
    ints.get(0, to, 0, n);
  }

  void bitsToFloats(int[] from, float[] to, int at, int n) {
    if (n < FEW) {
      for (int i = 0; i < n; i++) {
        to[at + i] = Float.intBitsToFloat(from[i]);
      }
      return;
    }
    ints.put(0, from, 0, n);
    floats.get(0, to, at, n);
  }
}
