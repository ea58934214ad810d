package io.lossmith.app.data;

import io.lossmith.app.formats.SampleType;

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

  /**
   * Returns {@code count} numbers from {@code from} on, as many {@code step} numbers further on,
   * and so forth, {@code times} in all.
   */
  Levels part(int from, int count, int step, int times);

  /** Makes room for numbers of a type. */
  static Levels of(SampleType type, int length) {
    if (type.isDecimal() || type.bits() > Short.SIZE) {
      return new Floats(new float[length], type.white());
    }
    int least = (int) type.least();
    float white = (float) type.white();
    return type.bits() > Byte.SIZE
        ? new Shorts(new short[length], least, white)
        : new Bytes(new byte[length], least, brightness(least, white));
  }

  /** Stores a number of the file. */
  void set(int index, double stored);

  private static float[] brightness(int least, float white) {
    float[] brightness = new float[1 << Byte.SIZE];
    for (int level = 0; level < brightness.length; level++) {
      brightness[level] = (level + least) / white;
    }
    return brightness;
  }

  /** At most 8 bits each, counted from the least number that they can hold. */
  record Bytes(byte[] levels, int least, float[] brightness) implements Levels {
    @Override
    public int length() {
      return levels.length;
    }

    @Override
    public float get(int index) {
      return brightness[levels[index] & 0xFF];
    }

    @Override
    public void set(int index, double stored) {
      levels[index] = (byte) ((int) stored - least);
    }

    @Override
    public void copy(int from, int count, float[] target, int at) {
      for (int i = 0; i < count; i++) {
        target[at + i] = brightness[levels[from + i] & 0xFF];
      }
    }

    @Override
    public Levels part(int from, int count, int step, int times) {
      byte[] part = new byte[count * times];
      for (int i = 0; i < times; i++) {
        System.arraycopy(levels, from + i * step, part, i * count, count);
      }
      return new Bytes(part, least, brightness);
    }
  }

  /** At most 16 bits each, counted from the least number that they can hold. */
  record Shorts(short[] levels, int least, float white) implements Levels {
    @Override
    public int length() {
      return levels.length;
    }

    @Override
    public float get(int index) {
      return ((levels[index] & 0xFFFF) + least) / white;
    }

    @Override
    public void set(int index, double stored) {
      levels[index] = (short) ((int) stored - least);
    }

    @Override
    public void copy(int from, int count, float[] target, int at) {
      for (int i = 0; i < count; i++) {
        target[at + i] = get(from + i);
      }
    }

    @Override
    public Levels part(int from, int count, int step, int times) {
      short[] part = new short[count * times];
      for (int i = 0; i < times; i++) {
        System.arraycopy(levels, from + i * step, part, i * count, count);
      }
      return new Shorts(part, least, white);
    }
  }

  /** Decimals, as they are, and numbers of more than 16 bits as parts of the greatest. */
  record Floats(float[] levels, double white) implements Levels {
    @Override
    public int length() {
      return levels.length;
    }

    @Override
    public float get(int index) {
      return levels[index];
    }

    @Override
    public void set(int index, double stored) {
      levels[index] = (float) (stored / white);
    }

    @Override
    public void copy(int from, int count, float[] target, int at) {
      System.arraycopy(levels, from, target, at, count);
    }

    @Override
    public Levels part(int from, int count, int step, int times) {
      float[] part = new float[count * times];
      for (int i = 0; i < times; i++) {
        System.arraycopy(levels, from + i * step, part, i * count, count);
      }
      return new Floats(part, white);
    }
  }
}
