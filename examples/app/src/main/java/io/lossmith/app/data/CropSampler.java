package io.lossmith.app.data;

import io.lossmith.app.io.BadInput;
import java.util.List;
import java.util.SplittableRandom;

/** Fills batches with square pieces from random places of random samples. */
public final class CropSampler {
  private final List<Sample> samples;
  private final Pieces pieces;
  private final long seed;
  private final ForegroundPlaces foreground;
  private SplittableRandom random;

  /** Makes a sampler that takes pieces from anywhere and changes nothing in them. */
  public CropSampler(List<Sample> samples, int crop, long seed) {
    this(samples, new Pieces(1, crop, 0, Augmentation.NONE), seed);
  }

  /**
   * Makes a sampler.
   *
   * @param pieces what to cut
   * @throws BadInput if a picture is smaller than a piece
   */
  public CropSampler(List<Sample> samples, Pieces pieces, long seed) {
    samples.forEach(sample -> requireRoom(sample, pieces.crop()));
    this.samples = samples;
    this.pieces = pieces;
    this.seed = seed;
    this.foreground = new ForegroundPlaces(pieces.foreground() > 0 ? samples : List.of());
    this.random = new SplittableRandom(seed);
  }

  private static void requireRoom(Sample sample, int crop) {
    Picture picture = sample.picture();
    int fits = Math.min(picture.width(), picture.height());
    if (fits < crop) {
      throw new BadInput(
          "train: picture "
              + sample.name()
              + " is "
              + picture.size()
              + ", --crop is "
              + crop
              + (fits < FittingCrop.LEAST
                  ? "; take it away, pictures must be 4 x 4 or larger."
                  : "; give --crop " + fits / 4 * 4 + " or less, or take it away."));
    }
  }

  /** Makes what is cut from here on depend on the seed and a step's number, and on nothing else. */
  public void startStep(int step) {
    // Not a multiple of the generator's own increment: streams of two steps must not overlap.
    random = new SplittableRandom(seed + step * 0xD1342543DE82EF95L);
  }

  /**
   * Overwrites a batch.
   *
   * @param pictures {@code [N, channels, crop, crop]}
   * @param labels {@code [N, 1, crop, crop]}
   */
  public void fill(float[] pictures, float[] labels) {
    fill(0, labels.length / (pieces.crop() * pieces.crop()), pictures, labels);
  }

  /**
   * Overwrites some samples of a batch with what they are in the whole: all of it is drawn, and
   * only these are cut.
   *
   * @param first the number of the first of them in the batch
   * @param batch how many samples are in the batch
   * @param pictures {@code [samples, channels, crop, crop]}
   * @param labels {@code [samples, 1, crop, crop]}
   */
  public void fill(int first, int batch, float[] pictures, float[] labels) {
    int samples = labels.length / (pieces.crop() * pieces.crop());
    for (int drawn = 0; drawn < batch; drawn++) {
      Piece piece = draw();
      int item = drawn - first;
      if (item >= 0 && item < samples) {
        piece.cut(pieces.crop(), item, pictures, labels);
      }
    }
  }

  private Piece draw() {
    // Without a wish for foreground no number is drawn for it.
    if (!foreground.isEmpty() && random.nextDouble() < pieces.foreground()) {
      ForegroundPlaces.Place place = foreground.draw(random);
      Picture picture = place.sample().picture();
      int left = startAround(place.x(), picture.width());
      int top = startAround(place.y(), picture.height());
      return new Piece(place.sample(), left, top, pieces.augmentation().draw(random));
    }
    Sample sample = samples.get(random.nextInt(samples.size()));
    int left = random.nextInt(sample.picture().width() - pieces.crop() + 1);
    int top = random.nextInt(sample.picture().height() - pieces.crop() + 1);
    return new Piece(sample, left, top, pieces.augmentation().draw(random));
  }

  /** Draws among all starts of pieces that hold a pixel. */
  private int startAround(int pixel, int side) {
    int least = Math.max(0, pixel - pieces.crop() + 1);
    int most = Math.min(pixel, side - pieces.crop());
    return random.nextInt(least, most + 1);
  }

  /** A square of a sample, and what is changed in it. */
  private record Piece(Sample sample, int left, int top, PieceChange change) {
    void cut(int crop, int item, float[] pictures, float[] labels) {
      Picture picture = sample.picture();
      for (int y = 0; y < crop; y++) {
        int from = (top + y) * picture.width() + left;
        for (int channel = 0; channel < picture.channels(); channel++) {
          int to = ((item * picture.channels() + channel) * crop + y) * crop;
          picture.copy(channel, from, crop, pictures, to);
        }
        for (int x = 0; x < crop; x++) {
          labels[(item * crop + y) * crop + x] = sample.mask().label(from + x);
        }
      }
      change.apply(pictures, labels, item, picture.channels(), crop);
    }
  }
}
