package io.lossmith.app.data;

/**
 * Which values of picture files a network sees as black (0) and white (1), as parts of the greatest
 * value that a file can hold.
 *
 * @param black what becomes 0
 * @param white what becomes 1, more than black
 */
public record Scale(float black, float white) {
  /** Values as they are. */
  public static final Scale NONE = new Scale(0, 1);

  /** Values are cut this far below black and above white, counted in white − black. */
  private static final float BEYOND = 1;

  /** Returns a value as the network sees it. */
  float of(float value) {
    if (this.equals(NONE)) {
      return value;
    }
    float scaled = (value - black) / (white - black);
    return Math.max(-BEYOND, Math.min(1 + BEYOND, scaled));
  }

  /** Changes values in place to what the network sees. */
  void apply(float[] values, int from, int to) {
    if (!this.equals(NONE)) {
      for (int i = from; i < to; i++) {
        values[i] = of(values[i]);
      }
    }
  }
}
