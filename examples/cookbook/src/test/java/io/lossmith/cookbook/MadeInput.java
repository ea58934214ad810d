package io.lossmith.cookbook;

/**
 * Inputs that Java and Python make by themselves, so that no file need hold them: the twin of
 * {@code src/test/python/inputs.py}, to the bit.
 *
 * @param shape of the tensor
 * @param values row-major
 */
record MadeInput(int[] shape, float[] values) {
  private static final int BITS = 22;
  private static final int MASK = (1 << BITS) - 1;

  /** Makes an input of its description. */
  static MadeInput of(Fields spec) {
    int[] shape = spec.wholes("shape");
    int seed = spec.whole("seed");
    float[] values =
        switch (spec.text("kind")) {
          case "numbers" -> numbers(count(shape), seed, spec.real("low"), spec.real("high"));
          case "patches" -> patches(shape, seed, spec.whole("size"), spec.whole("count"));
          case "classes" -> classes(shape, seed, spec.whole("size"));
          case "critical" -> critical(shape[1], seed, spec.whole("of"));
          default -> throw new IllegalArgumentException("kind of input: " + spec.text("kind"));
        };
    return new MadeInput(shape, values);
  }

  /** Mixes whole numbers below 2^22: one to one, for each seed. */
  private static int bits(int i, int seed) {
    int k = i + seed * 7919 & MASK;
    k = k * 0x2545F5 & MASK;
    k ^= k >> 11;
    k = k * 0x1B8735 & MASK;
    return k ^ k >> 11;
  }

  /** Returns a whole number from 0 to count − 1. */
  static int whole(int i, int seed, int count) {
    return (int) ((long) bits(i, seed) * count >> BITS);
  }

  /** Returns numbers within low..high, all different. */
  static float[] numbers(int count, int seed, double low, double high) {
    float[] numbers = new float[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = (float) (low + (high - low) * ((bits(i, seed) + 0.5) / (1 << BITS)));
    }
    return numbers;
  }

  /** Returns squares of one whole number each, in planes over the last two axes. */
  private static float[] patches(int[] shape, int seed, int size, int count) {
    int w = shape[shape.length - 1];
    int h = shape[shape.length - 2];
    int down = (h + size - 1) / size;
    int across = (w + size - 1) / size;
    float[] patches = new float[count(shape)];
    for (int i = 0; i < patches.length; i++) {
      int plane = i / (h * w);
      int patch = (plane * down + i / w % h / size) * across + i % w / size;
      patches[i] = whole(patch, seed, count);
    }
    return patches;
  }

  /** Returns the patches of [N, H, W] as ones and zeros [N, C, H, W]. */
  private static float[] classes(int[] shape, int seed, int size) {
    int n = shape[0];
    int c = shape[1];
    int pixels = shape[2] * shape[3];
    float[] labels = patches(new int[] {n, shape[2], shape[3]}, seed, size, c);
    float[] classes = new float[n * c * pixels];
    for (int i = 0; i < labels.length; i++) {
      classes[(i / pixels * c + (int) labels[i]) * pixels + i % pixels] = 1;
    }
    return classes;
  }

  /** Returns [3, K]: positions within {@code of} elements, wanted numbers 0 or 1, weights. */
  private static float[] critical(int k, int seed, int of) {
    float[] critical = new float[3 * k];
    float[] weights = numbers(k, seed + 2, 0.25, 2);
    for (int i = 0; i < k; i++) {
      critical[i] = whole(i, seed, of);
      critical[k + i] = whole(i, seed + 1, 2);
      critical[2 * k + i] = weights[i];
    }
    return critical;
  }

  private static int count(int[] shape) {
    int count = 1;
    for (int size : shape) {
      count *= size;
    }
    return count;
  }
}
