package io.lossmith.app.train;

import io.lossmith.core.Shape;
import java.util.Arrays;

/**
 * Means of what a network answers to a window as it is, mirrored left to right, top to bottom, and
 * both ways: each answer is made probabilities and mirrored back. A window whose sides are
 * multiples of {@link UNet#STEP} has the same pooling when mirrored, so windows meet without seams
 * here, too.
 */
final class FlipEnsemble {
  private final OutputHead head;
  private final int height;
  private final int width;
  private final float[] original;
  private final float[] once;
  private final float[] oneWay;
  private final float[] means;

  /** Prepares for windows {@code [1, channels, height, width]}. */
  FlipEnsemble(OutputHead head, Shape window) {
    this.head = head;
    this.height = window.get(2);
    this.width = window.get(3);
    this.original = new float[window.count()];
    this.once = new float[head.outputs() * height * width];
    this.oneWay = new float[once.length];
    this.means = new float[once.length];
  }

  /**
   * Returns the means {@code [outputs, height, width]}, in an array that the next call overwrites.
   * Sums are taken in pairs, so that a mirrored window has the mirrored answer to the bit.
   *
   * @param seen the window {@code [channels, height, width]}; mirrored in between
   * @param network writes {@code outputs} for what is seen
   * @param outputs of the same sizes
   */
  float[] means(float[] seen, Runnable network, float[] outputs) {
    System.arraycopy(seen, 0, original, 0, original.length);
    Arrays.fill(means, 0);
    Arrays.fill(oneWay, 0);
    for (int mirrors = 0; mirrors < 4; mirrors++) {
      boolean across = (mirrors & 1) != 0;
      boolean down = (mirrors & 2) != 0;
      mirror(original, seen, across, down);
      network.run();
      add(outputs, across, down, across == down ? means : oneWay);
    }
    for (int i = 0; i < means.length; i++) {
      means[i] = (means[i] + oneWay[i]) / 4;
    }
    return means;
  }

  private void mirror(float[] from, float[] to, boolean across, boolean down) {
    int area = height * width;
    for (int plane = 0; plane < from.length; plane += area) {
      for (int pixel = 0; pixel < area; pixel++) {
        to[plane + pixel] = from[plane + mirrored(pixel, across, down)];
      }
    }
  }

  private void add(float[] outputs, boolean across, boolean down, float[] sums) {
    int area = height * width;
    Probabilities rule = head.probabilities(area, once);
    for (int pixel = 0; pixel < area; pixel++) {
      rule.take(pixel, outputs, mirrored(pixel, across, down), area);
    }
    for (int i = 0; i < sums.length; i++) {
      sums[i] += once[i];
    }
  }

  private int mirrored(int pixel, boolean across, boolean down) {
    int y = pixel / width;
    int x = pixel % width;
    return (down ? height - 1 - y : y) * width + (across ? width - 1 - x : x);
  }
}
