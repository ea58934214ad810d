package io.lossmith.app.data;

import java.util.SplittableRandom;

/**
 * What is changed at random in each piece of a picture, and in its truth where that must follow.
 *
 * @param flips mirrored left to right, and top to bottom, each half of the time
 * @param rotations turned by 0, 1, 2 or 3 quarters
 * @param brightness all values times a number in 0.8..1.2, plus one in −0.1..0.1 (1 is white)
 */
public record Augmentation(boolean flips, boolean rotations, boolean brightness) {
  /** Pieces stay as they are. */
  public static final Augmentation NONE = new Augmentation(false, false, false);

  private static final double GAIN = 0.2;
  private static final double OFFSET = 0.1;

  /** Draws what is changed in a piece; takes as many numbers as the changes need, none for none. */
  PieceChange draw(SplittableRandom random) {
    boolean mirror = flips && random.nextBoolean();
    boolean upsideDown = flips && random.nextBoolean();
    int quarters = rotations ? random.nextInt(4) : 0;
    float gain = brightness ? (float) random.nextDouble(1 - GAIN, 1 + GAIN) : 1;
    float offset = brightness ? (float) random.nextDouble(-OFFSET, OFFSET) : 0;
    return new PieceChange(mirror, upsideDown, quarters, gain, offset);
  }
}
