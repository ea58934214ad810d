package io.lossmith.core.engine.cpu.plain;

import static io.lossmith.core.engine.cpu.plain.PlainChoices.notZero;
import static io.lossmith.core.engine.cpu.plain.Scratch.BLOCK;

import io.lossmith.core.engine.cpu.kernel.PoolLoops;
import java.util.Arrays;

/**
 * The loops of max pooling in plain Java. As in {@link PlainChoices} masks of bits choose, in
 * blocks: what is a distance apart is copied to where it has the same index.
 */
public final class PlainPoolLoops implements PoolLoops {
  private static final int INFINITY_BITS = 0x7F800000;
  private static final int SIGN = 31;

  @Override
  public void toKeys(float[] x, int from, int[] keys, int at, int n) {
    Scratch s = Scratch.mine();
    for (int done = 0; done < n; done += BLOCK) {
      int m = Math.min(BLOCK, n - done);
      s.floatsToBits(x, from + done, s.bits, m);
      toKeys(s.bits, m);
      System.arraycopy(s.bits, 0, keys, at + done, m);
    }
  }

  private static void toKeys(int[] x, int n) {
    for (int i = 0; i < n; i++) {
      int bits = x[i] & notZero(x[i] << 1); // so that −0 is 0
      int nan = (INFINITY_BITS - (bits & NAN)) >> SIGN;
      x[i] = (turned(bits) & ~nan) | (NAN & nan);
    }
  }

  @Override
  public void toFloats(int[] keys, int from, float[] x, int at, int n) {
    Scratch s = Scratch.mine();
    for (int done = 0; done < n; done += BLOCK) {
      int m = Math.min(BLOCK, n - done);
      System.arraycopy(keys, from + done, s.bits, 0, m);
      turn(s.bits, m);
      s.bitsToFloats(s.bits, x, at + done, m);
    }
  }

  private static void turn(int[] x, int n) {
    for (int i = 0; i < n; i++) {
      x[i] = turned(x[i]);
    }
  }

  /** Turns the order of negative numbers round: from bits to keys, and back. */
  private static int turned(int bits) {
    return bits ^ ((bits >> SIGN) & Integer.MAX_VALUE);
  }

  @Override
  public void greatest(int[] keys, int distance, int taps, int n) {
    Scratch s = Scratch.mine();
    for (int from = 0; from < n; from += BLOCK) {
      int m = Math.min(BLOCK, n - from);
      System.arraycopy(keys, from, s.bits, 0, m);
      for (int t = 1; t < taps; t++) {
        System.arraycopy(keys, from + t * distance, s.power, 0, m);
        greater(s.bits, s.power, m);
      }
      System.arraycopy(s.bits, 0, keys, from, m);
    }
  }

  @Override
  public void pick(int[] keys, int distance, int taps, int[] picks, int at, int n) {
    Scratch s = Scratch.mine();
    for (int from = 0; from < n; from += BLOCK) {
      int m = Math.min(BLOCK, n - from);
      System.arraycopy(keys, from, s.bits, 0, m);
      Arrays.fill(s.other, 0, m, 0);
      for (int t = 1; t < taps; t++) {
        System.arraycopy(keys, from + t * distance, s.power, 0, m);
        pick(s.bits, s.power, t, s.other, m);
      }
      System.arraycopy(s.bits, 0, keys, from, m);
      System.arraycopy(s.other, 0, picks, at + from, m);
    }
  }

  private static void pick(int[] best, int[] later, int tap, int[] picks, int n) {
    for (int i = 0; i < n; i++) {
      int greatest = Math.max(best[i], later[i]);
      picks[i] ^= (picks[i] ^ tap) & notZero(greatest - best[i]);
      best[i] = greatest;
    }
  }

  @Override
  public void take(int[] picks, float[] x, int at, int distance, int taps, int n) {
    for (int i = 0; i < n; i++) {
      x[at + i] = x[at + i + picks[at + i] * distance];
    }
  }

  @Override
  public void giveBack(int[] picks, int at, float[] g, int from, int distance, int taps, int n) {
    Scratch s = Scratch.mine();
    for (int done = 0; done < n; done += BLOCK) {
      int m = Math.min(BLOCK, n - done);
      Arrays.fill(s.total, 0, m, 0f);
      for (int t = taps - 1, j = done; t >= 0; t--, j += distance) {
        s.floatsToBits(g, from + j, s.bits, m);
        System.arraycopy(picks, at + j, s.power, 0, m);
        keep(s.bits, s.power, t, m);
        s.bitsToFloats(s.bits, s.x, 0, m);
        PlainRows.add(s.total, s.x, m);
      }
      System.arraycopy(s.total, 0, g, from + done, m);
    }
  }

  /** Makes 0 of what was picked by another tap. */
  private static void keep(int[] x, int[] picks, int tap, int n) {
    for (int i = 0; i < n; i++) {
      x[i] &= ~notZero(picks[i] ^ tap);
    }
  }

  @Override
  public void add(float[] x, int at, float[] y, int from, int n) {
    Scratch s = Scratch.mine();
    for (int start = 0; start < n; start += BLOCK) {
      int m = Math.min(BLOCK, n - start);
      System.arraycopy(x, at + start, s.x, 0, m);
      System.arraycopy(y, from + start, s.y, 0, m);
      add(s.x, s.y, m);
      System.arraycopy(s.x, 0, x, at + start, m);
    }
  }

  private static void add(float[] x, float[] y, int n) {
    for (int i = 0; i < n; i++) {
      x[i] += y[i];
    }
  }

  @Override
  public void greater(int[] best, int[] later, int n) {
    for (int i = 0; i < n; i++) {
      best[i] = Math.max(best[i], later[i]);
    }
  }

  @Override
  public void mix(int[] best, int[] later, float[] x, float[] y, int at, int n) {
    for (int i = 0; i < n; i++) {
      float mean = 0.5f * x[at + i] + 0.5f * y[at + i];
      float winner = later[i] > best[i] ? y[at + i] : x[at + i];
      x[at + i] = later[i] == best[i] ? mean : winner;
    }
    greater(best, later, n);
  }

  @Override
  public void split(int[] best, int[] later, float[] x, float[] y, int at, int n) {
    Scratch s = Scratch.mine();
    for (int from = 0; from < n; from += BLOCK) {
      int m = Math.min(BLOCK, n - from);
      int place = at + from;
      System.arraycopy(best, from, s.other, 0, m);
      System.arraycopy(later, from, s.more, 0, m);
      compare(s.other, s.more, m);
      s.floatsToBits(x, place, s.bits, m);
      System.arraycopy(x, place, s.x, 0, m);
      halve(s.x, m);
      s.floatsToBits(s.x, 0, s.power, m);
      share(s.bits, s.power, s.more, s.other, m);
      s.bitsToFloats(s.bits, x, place, m);
      s.bitsToFloats(s.power, y, place, m);
    }
  }

  /** Makes best the mask of where it is less, and later that of where it is. */
  private static void compare(int[] best, int[] later, int n) {
    for (int i = 0; i < n; i++) {
      int greatest = Math.max(best[i], later[i]);
      best[i] = notZero(greatest - best[i]);
      later[i] = notZero(greatest - later[i]);
    }
  }

  private static void halve(float[] x, int n) {
    for (int i = 0; i < n; i++) {
      x[i] *= 0.5f;
    }
  }

  /** all = what is shared out here, half = what there; without a mask, half goes to either. */
  private static void share(int[] all, int[] half, int[] here, int[] there, int n) {
    for (int i = 0; i < n; i++) {
      int ties = half[i] & ~(here[i] | there[i]);
      int shared = all[i];
      all[i] = ties | (shared & here[i]);
      half[i] = ties | (shared & there[i]);
    }
  }
}
