package io.lossmith.app.data;

/**
 * What a batch is made of: square pieces from random places of random pictures.
 *
 * @param batch how many in a batch
 * @param crop side of a piece in pixels, a multiple of 4
 * @param foreground which part of them, 0 to 1, surely holds a pixel of foreground
 * @param augmentation what is changed in them at random
 */
public record Pieces(int batch, int crop, double foreground, Augmentation augmentation) {
  /** Returns how many pixels a batch has. */
  public long pixels() {
    return (long) batch * crop * crop;
  }
}
