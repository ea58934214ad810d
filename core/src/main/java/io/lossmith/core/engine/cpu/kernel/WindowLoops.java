package io.lossmith.core.engine.cpu.kernel;

/**
 * The inner loops of convolutions, pools and matrix products, over stretches of one flat array in
 * which a tap of the window is a fixed distance. An instance belongs to one worker: it may keep
 * scratch memory.
 *
 * <p>Every array has {@link #SLACK} more elements behind what a method is told to read or write;
 * what lies there may be read, and overwritten where the array is a result. Blocks of channels are
 * computed with 8, 4 or 1 rows.
 */
public interface WindowLoops {
  /** How far a loop may run over the end of its arrays. */
  int SLACK = 64;

  /** How many rows a full block has. */
  int ROWS = 8;

  /** Returns how many rows a block of so many channels is computed with. */
  static int rows(int channels) {
    return channels > 4 ? ROWS : channels > 1 ? 4 : 1;
  }

  /**
   * Correlates: out[to + j · stride + h · width + i] = Σ over t of x[from + h · distance + i +
   * offsets[t]] · w[at + 8 t + j], for j &lt; channels, h &lt; height and i &lt; width. Nothing
   * else of {@code out} is written. There are weights of as many channels as the block has rows.
   */
  void correlate(
      int channels,
      WindowRows shape,
      float[] x,
      int from,
      float[] w,
      int at,
      float[] out,
      int to,
      int height);

  /** Returns how many partial sums {@link #multiply} keeps for one number. */
  int lanes();

  /**
   * Adds Σ over i of x[i + offsets[t]] · g[j · stride + i] to number t · rows + j of the partial
   * sums from {@code at} on, for t &lt; channels · taps, j &lt; rows and i &lt; n. The taps of one
   * channel follow those of another, each as far off as there and a channel's length. Elements of g
   * behind n must be 0. The number of t is rounded up to a multiple of 4, so offsets and sums must
   * reach that far.
   */
  void multiply(
      int rows,
      float[] x,
      int[] offsets,
      int channels,
      int taps,
      float[] g,
      int stride,
      int n,
      float[] sums,
      int at);

  /**
   * out[i] = the sum of the {@link #lanes()} partial sums from at + i · step on, for i &lt; n;
   * neither array has slack here.
   */
  void sum(float[] sums, int at, int step, float[] out, int n);

  /**
   * a[at + i] += b[from + i], for i &lt; n; within one array the stretches must not overlap, unless
   * {@code from} is at least {@code at}.
   */
  void add(float[] a, int at, float[] b, int from, int n);
}
