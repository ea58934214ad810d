package io.lossmith.app.data;

import io.lossmith.app.io.BadInput;
import java.util.List;
import java.util.SplittableRandom;

/** Fills batches with square pieces from random places of random samples. */
public final class CropSampler {
  private final List<Sample> samples;
  private final int crop;
  private final long seed;
  private final Augmentation augmentation;
  private SplittableRandom random;

  /** Makes a sampler that changes nothing in the pieces. */
  public CropSampler(List<Sample> samples, int crop, long seed) {
    this(samples, crop, Augmentation.NONE, seed);
  }

  /**
   * Makes a sampler.
   *
   * @param crop side of a piece in pixels
   * @param augmentation what is changed in the pieces
   * @throws BadInput if a picture is smaller than a piece
   */
  public CropSampler(List<Sample> samples, int crop, Augmentation augmentation, long seed) {
    for (Sample sample : samples) {
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
    this.samples = samples;
    this.crop = crop;
    this.seed = seed;
    this.augmentation = augmentation;
    this.random = new SplittableRandom(seed);
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
    int area = crop * crop;
    for (int item = 0; item < labels.length / area; item++) {
      Sample sample = samples.get(random.nextInt(samples.size()));
      Picture picture = sample.picture();
      int left = random.nextInt(picture.width() - crop + 1);
      int top = random.nextInt(picture.height() - crop + 1);
      for (int y = 0; y < crop; y++) {
        int from = (top + y) * picture.width() + left;
        for (int channel = 0; channel < picture.channels(); channel++) {
          int to = ((item * picture.channels() + channel) * crop + y) * crop;
          picture.copy(channel, from, crop, pictures, to);
        }
        for (int x = 0; x < crop; x++) {
          labels[item * area + y * crop + x] = sample.mask().label(from + x);
        }
      }
      augmentation.change(pictures, labels, item, picture.channels(), crop, random);
    }
  }
}
