package io.lossmith.app.formats;

import org.jspecify.annotations.Nullable;

/**
 * A picture as its file stores it, upright: no colour management, which would bend grey values.
 *
 * @param layout sizes, and what the numbers are
 * @param samples the numbers
 * @param alpha whether the band after the colours is transparency, the greatest number opaque
 * @param palette 0xRRGGBB for each entry, null where there is none
 * @param whiteIsZero whether small numbers are bright
 * @param lossy whether saving it may have changed numbers
 * @param turned whether the file holds it turned or mirrored
 */
public record Stored(
    PictureLayout layout,
    Samples samples,
    boolean alpha,
    int @Nullable [] palette,
    boolean whiteIsZero,
    boolean lossy,
    boolean turned) {
  /** Returns how many pixels a row has. */
  public int width() {
    return layout.width();
  }

  /** Returns how many rows there are. */
  public int height() {
    return layout.height();
  }

  /** Returns what the numbers are. */
  public SampleType type() {
    return layout.type();
  }

  /** Returns this picture upright. */
  Stored upright(Orientation orientation) {
    return orientation == Orientation.UPRIGHT
        ? this
        : new Stored(
            orientation.of(layout),
            orientation.of(samples, layout),
            alpha,
            palette,
            whiteIsZero,
            lossy,
            true);
  }
}
