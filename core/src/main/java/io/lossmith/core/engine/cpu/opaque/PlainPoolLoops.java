package io.lossmith.core.engine.cpu.opaque;

/** The loops in plain Java, without branches that depend on the data. */
public final class PlainPoolLoops implements PoolLoops {
  @Override
  public void toKeys(float[] x, int from, int[] keys, int at, int n) {
    for (int i = 0; i < n; i++) {
      keys[at + i] = PoolLoops.key(x[from + i]);
    }
  }

  @Override
  public void toFloats(int[] keys, int from, float[] x, int at, int n) {
    for (int i = 0; i < n; i++) {
      x[at + i] = PoolLoops.value(keys[from + i]);
    }
  }

  @Override
  public void greatest(int[] keys, int distance, int taps, int n) {
    for (int i = 0; i < n; i++) {
      int best = keys[i];
      for (int t = 1; t < taps; t++) {
        best = Math.max(best, keys[i + t * distance]);
      }
      keys[i] = best;
    }
  }

  @Override
  public void pick(int[] keys, int distance, int taps, int[] picks, int at, int n) {
    for (int i = 0; i < n; i++) {
      int best = keys[i];
      int pick = 0;
      for (int t = 1; t < taps; t++) {
        int later = keys[i + t * distance];
        pick = later > best ? t : pick;
        best = Math.max(best, later);
      }
      keys[i] = best;
      picks[at + i] = pick;
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
    for (int i = 0; i < n; i++) {
      float sum = 0;
      for (int t = taps - 1, j = i; t >= 0; t--, j += distance) {
        sum += picks[at + j] == t ? g[from + j] : 0;
      }
      g[from + i] = sum;
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
    for (int i = 0; i < n; i++) {
      float all = x[at + i];
      float half = 0.5f * all;
      boolean ties = later[i] == best[i];
      boolean greater = later[i] > best[i];
      y[at + i] = ties ? half : greater ? all : 0;
      x[at + i] = ties ? half : greater ? 0 : all;
    }
  }
}
