package io.lossmith.core.engine.cpu.whole;

/**
 * Distances along one line, from squared distances to what lies beside it: each element is the foot
 * of a parabola, and the result is the lowest of them at each place. Whole numbers stay exact up to
 * 2^53. An instance belongs to one worker.
 *
 * <p>Meijster, Roerdink and Hesselink 2000, A general algorithm for computing distance transforms
 * in linear time.
 */
final class LowerEnvelope {
  private final int[] feet;
  private final int[] starts;
  private final double[] heights;

  LowerEnvelope(int longest) {
    feet = new int[longest];
    starts = new int[longest];
    heights = new double[longest];
  }

  /**
   * Replaces element i by min over j of line[j] + scale · (i − j)².
   *
   * @param line squared distances, infinite where there is none
   * @param scale squared distance of neighbours
   */
  void apply(double[] line, int length, double scale) {
    int at = 0;
    while (at < length) {
      if (line[at] == 0) {
        at++;
        continue;
      }
      int end = at + 1;
      while (end < length && line[end] != 0) {
        end++;
      }
      // Nothing behind a zero can be nearer than that zero.
      stretch(line, Math.max(0, at - 1), Math.min(length, end + 1), scale);
      at = end;
    }
  }

  private void stretch(double[] line, int from, int to, double scale) {
    int last = -1;
    for (int foot = from; foot < to; foot++) {
      double height = line[foot];
      if (height == Double.POSITIVE_INFINITY) {
        continue;
      }
      while (last >= 0 && isLower(foot, height, last, scale)) {
        last--;
      }
      double meet = last < 0 ? from - 1 : meet(foot, height, last, scale);
      if (meet < to - 1) {
        last++;
        feet[last] = foot;
        heights[last] = height;
        starts[last] = (int) meet + 1;
      }
    }
    for (int end = to; last >= 0; last--) {
      fill(line, last, end, scale);
      end = starts[last];
    }
  }

  /** Tells whether a parabola is below another already where that one starts to be the lowest. */
  private boolean isLower(int foot, double height, int other, double scale) {
    double there = starts[other] - feet[other];
    double here = starts[other] - foot;
    return height + scale * (here * here) < heights[other] + scale * (there * there);
  }

  /** Returns where a parabola comes down to another further left. */
  private double meet(int foot, double height, int other, double scale) {
    double apart = foot - feet[other];
    double middle = 0.5 * ((double) foot + feet[other]);
    return middle + (height - heights[other]) / (2 * apart * scale);
  }

  private void fill(double[] line, int which, int end, double scale) {
    double height = heights[which];
    int foot = feet[which];
    for (int i = starts[which]; i < end; i++) {
      double apart = i - foot;
      line[i] = height + scale * (apart * apart);
    }
  }
}
