package io.lossmith.app.data;

import java.util.Arrays;

/**
 * Numbers in 0..1 (or any, for decimal files) in as little memory as the file has them in; they
 * become floats where they are used.
 */
public sealed interface Levels {
  /** Returns how many numbers there are. */
  int length();

  /** Returns one number. */
  float get(int index);

  /** Copies {@code count} numbers from {@code from} on to {@code target[at…]}. */
  void copy(int from, int count, float[] target, int at);

  /** Returns the first numbers, in an array of their own. */
  Levels first(int count);

  /**
   * Makes room for whole numbers of so many bits, or for decimals where {@code bits} is over 16.
   */
  static Levels ofBits(int bits, int length) {
    if (bits > Short.SIZE) {
      return new Floats(new float[length]);
    }
    int greatest = (1 << bits) - 1;
    return bits > Byte.SIZE
        ? new Shorts(new short[length], greatest)
        : new Bytes(new byte[length], brightness(greatest));
  }

  /** Stores a number of the file: a whole one, or for {@link Floats} the brightness itself. */
  void set(int index, float stored);

  private static float[] brightness(int greatest) {
    float[] brightness = new float[1 << Byte.SIZE];
    for (int level = 0; level < brightness.length; level++) {
      brightness[level] = level / (float) greatest;
    }
    return brightness;
  }

  /** At most 8 bits each. */
  record Bytes(byte[] levels, float[] brightness) implements Levels {
    @Override
    public int length() {
      return levels.length;
    }

    @Override
    public float get(int index) {
      return brightness[levels[index] & 0xFF];
    }

    @Override
    public void set(int index, float stored) {
      levels[index] = (byte) (int) stored;
    }

    @Override
    public void copy(int from, int count, float[] target, int at) {
      for (int i = 0; i < count; i++) {
        target[at + i] = brightness[levels[from + i] & 0xFF];
      }
    }

    @Override
    public Levels first(int count) {
      return new Bytes(Arrays.copyOf(levels, count), brightness);
    }
  }

  /** At most 16 bits each. */
  record Shorts(short[] levels, float greatest) implements Levels {
    @Override
    public int length() {
      return levels.length;
    }

    @Override
    public float get(int index) {
      return (levels[index] & 0xFFFF) / greatest;
    }

    @Override
    public void set(int index, float stored) {
      levels[index] = (short) (int) stored;
    }

    @Override
    public void copy(int from, int count, float[] target, int at) {
      for (int i = 0; i < count; i++) {
        target[at + i] = get(from + i);
      }
    }

    @Override
    public Levels first(int count) {
      return new Shorts(Arrays.copyOf(levels, count), greatest);
    }
  }

  /** Decimals, as they are. */
  record Floats(float[] levels) implements Levels {
    @Override
    public int length() {
      return levels.length;
    }

    @Override
    public float get(int index) {
      return levels[index];
    }

    @Override
    public void set(int index, float stored) {
      levels[index] = stored;
    }

    @Override
    public void copy(int from, int count, float[] target, int at) {
      System.arraycopy(levels, from, target, at, count);
    }

    @Override
    public Levels first(int count) {
      return new Floats(Arrays.copyOf(levels, count));
    }
  }
}
