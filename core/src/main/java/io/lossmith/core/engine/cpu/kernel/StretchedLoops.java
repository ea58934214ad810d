package io.lossmith.core.engine.cpu.kernel;

/**
 * Correlates several rows as one stretch, with what lies between them, which is not copied out: so
 * rows may be short, and of any length.
 */
public abstract class StretchedLoops implements WindowLoops {
  /** So many elements of eight channels are computed before they are copied out. */
  private static final int STRETCH = 2048;

  private static final int STRIDE = STRETCH + SLACK;

  private final float[] results = new float[ROWS * STRIDE];

  @Override
  public void correlate(
      int channels,
      WindowRows shape,
      float[] x,
      int from,
      float[] w,
      int at,
      float[] out,
      int to,
      int height) {
    int width = shape.width();
    int piece = Math.min(width, STRETCH);
    int lines = width > STRETCH ? 1 : Math.max(1, STRETCH / shape.distance());
    for (int row = 0; row < height; row += lines) {
      int count = Math.min(lines, height - row);
      for (int column = 0; column < width; column += piece) {
        int length = Math.min(piece, width - column);
        correlate(
            WindowLoops.rows(channels),
            shape.offsets(),
            x,
            from + row * shape.distance() + column,
            w,
            at,
            results,
            STRIDE,
            (count - 1) * shape.distance() + length);
        for (int j = 0; j < channels; j++) {
          int line = to + j * shape.stride() + row * width + column;
          for (int h = 0; h < count; h++) {
            System.arraycopy(
                results, j * STRIDE + h * shape.distance(), out, line + h * width, length);
          }
        }
      }
    }
  }

  /**
   * out[j · stride + i] = Σ over t of x[from + i + offsets[t]] · w[at + 8 t + j], for j &lt; rows
   * and i &lt; n.
   */
  protected abstract void correlate(
      int rows,
      int[] offsets,
      float[] x,
      int from,
      float[] w,
      int at,
      float[] out,
      int stride,
      int n);
}
