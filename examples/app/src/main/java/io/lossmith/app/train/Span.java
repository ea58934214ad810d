package io.lossmith.app.train;

import java.util.ArrayList;
import java.util.List;

/**
 * A window along one side of a picture, and the pixels whose answer is taken from it.
 *
 * @param start the window's first pixel, a multiple of 4
 * @param from the first pixel answered
 * @param to the pixel after the last one answered
 */
record Span(int start, int from, int to) {
  /** Covers a side with windows whose answered pixels see all that the network can see. */
  static List<Span> of(int side, int window) {
    int rounded = (side + UNet.STEP - 1) / UNet.STEP * UNet.STEP;
    List<Span> spans = new ArrayList<>();
    int from = 0;
    while (from < side) {
      int start = Math.max(0, Math.min(from - UNet.REACH, rounded - window));
      boolean last = start + window >= side;
      int to = last ? side : start + window - UNet.REACH;
      spans.add(new Span(start, from, to));
      from = to;
    }
    return spans;
  }
}
