package io.lossmith.app.data;

import io.lossmith.app.io.BadInput;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Fills batches with square pieces from random places of random samples: each of the stretch of
 * samples that {@link Stretches} has for it.
 */
public final class CropSampler {
  private final SharedSamples samples;
  private final Pieces pieces;
  private final long seed;
  private final Share share;
  private final Stretches stretches;
  private final ForegroundPlaces foreground;
  private SplittableRandom random;

  /** Makes a sampler that takes each piece from anywhere and changes nothing in it. */
  public CropSampler(List<Sample> samples, int crop, long seed) {
    this(
        SharedSamples.of(samples),
        new Pieces(1, crop, 0, Augmentation.NONE),
        seed,
        Share.whole(1, seed));
  }

  /**
   * Makes a sampler of some pieces of a batch, which are what they are in the whole.
   *
   * @param pieces what to cut
   * @param share which pieces of a batch; samples that these may be of must be here
   * @throws BadInput if a picture is smaller than a piece
   */
  public CropSampler(SharedSamples samples, Pieces pieces, long seed, Share share) {
    samples.facts().forEach(sample -> requireRoom(sample, pieces.crop()));
    this.samples = samples;
    this.pieces = pieces;
    this.seed = seed;
    this.share = share;
    this.stretches = share.stretches(samples.size());
    int around = pieces.foreground() > 0 ? share.pieces() : 0;
    this.foreground =
        new ForegroundPlaces(
            samples::get, stretches, IntStream.range(share.first(), share.first() + around));
    this.random = new SplittableRandom(seed);
  }

  private static void requireRoom(SampleFacts sample, int crop) {
    int fits = sample.side();
    if (fits < crop) {
      throw new BadInput(
          "train: picture "
              + sample.name()
              + " is "
              + sample.size()
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
   * Overwrites pieces: its own of a batch, or of several one after the other.
   *
   * @param pictures {@code [N, channels, crop, crop]}
   * @param labels {@code [N, 1, crop, crop]}
   */
  public void fill(float[] pictures, float[] labels) {
    int items = labels.length / (pieces.crop() * pieces.crop());
    for (int item = 0; item < items; item += share.pieces()) {
      for (int piece = 0; piece < pieces.batch(); piece++) {
        SplittableRandom own = random.split(); // those of others are not known here
        int at = piece - share.first();
        if (at >= 0 && at < share.pieces()) {
          draw(piece, own).cut(pieces.crop(), item + at, pictures, labels);
        }
      }
    }
  }

  private Piece draw(int piece, SplittableRandom own) {
    // Without a wish for foreground no number is drawn for it.
    boolean around = pieces.foreground() > 0 && own.nextDouble() < pieces.foreground();
    ForegroundPlaces.Place place = around ? foreground.draw(piece, own) : null;
    if (place != null) {
      Picture picture = place.sample().picture();
      int left = startAround(place.x(), picture.width(), own);
      int top = startAround(place.y(), picture.height(), own);
      return new Piece(place.sample(), left, top, pieces.augmentation().draw(own));
    }
    Sample sample = samples.get(stretches.draw(piece, own));
    int left = own.nextInt(sample.picture().width() - pieces.crop() + 1);
    int top = own.nextInt(sample.picture().height() - pieces.crop() + 1);
    return new Piece(sample, left, top, pieces.augmentation().draw(own));
  }

  /** Draws among all starts of pieces that hold a pixel. */
  private int startAround(int pixel, int side, SplittableRandom own) {
    int least = Math.max(0, pixel - pieces.crop() + 1);
    int most = Math.min(pixel, side - pieces.crop());
    return own.nextInt(least, most + 1);
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
