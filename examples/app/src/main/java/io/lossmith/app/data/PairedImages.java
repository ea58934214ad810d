package io.lossmith.app.data;

import io.lossmith.app.io.BadInput;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Pictures and masks from two folders, or one, matched by file name without the ending. */
public final class PairedImages {
  private static final int LEAST_ROWS = 20; // of one picture that is shared out

  private final List<Stacks.Pair> pairs;

  private PairedImages(List<Stacks.Pair> pairs) {
    this.pairs = pairs;
  }

  /**
   * Finds all pairs, sorted by name; masks without a picture are passed. No pixels are read yet.
   *
   * @param suffix what names of masks have after the picture's; null where it is to be found
   * @throws BadInput if a picture has no mask
   */
  public static PairedImages of(Path images, Path masks, @Nullable String suffix, Stacks stacks) {
    return new PairedImages(stacks.pairs(Pairing.of(images, masks, suffix)));
  }

  /** Returns where the pictures are. */
  public List<Source> pictures() {
    return pairs.stream().map(Stacks.Pair::picture).toList();
  }

  /** Returns where the masks are. */
  public List<Source> masks() {
    return pairs.stream().map(Stacks.Pair::mask).toList();
  }

  /**
   * Reads all pairs.
   *
   * @param notes takes what was done to pictures
   * @throws BadInput if a file cannot be read, or sizes differ
   */
  public List<Sample> read(MaskReader reader, Tally notes) {
    return pairs.stream().map(pair -> read(pair, reader, notes)).toList();
  }

  private static Sample read(Stacks.Pair pair, MaskReader reader, Tally notes) {
    Picture picture = PictureReader.read(pair.picture(), notes);
    Mask mask = reader.read(pair.mask());
    if (picture.width() != mask.width() || picture.height() != mask.height()) {
      throw new BadInput(
          pair.mask()
              + ": is "
              + mask.size()
              + ", its picture "
              + pair.picture()
              + " is "
              + picture.size()
              + "; the sizes must be equal.");
    }
    return new Sample(pair.name(), picture, mask);
  }

  /**
   * Splits off the last fifth by name, at least one, for validation; of one picture alone its last
   * fifth of rows.
   *
   * @throws BadInput if there is one picture with few rows
   */
  public static DataSet split(List<Sample> samples, Contrast contrast) {
    if (samples.size() < 2) {
      return splitRows(samples.get(0), contrast);
    }
    int training = samples.size() - Math.max(1, samples.size() / 5);
    return DataSet.of(
        samples.subList(0, training), samples.subList(training, samples.size()), contrast);
  }

  private static DataSet splitRows(Sample sample, Contrast contrast) {
    int rows = sample.picture().height();
    if (rows < LEAST_ROWS) {
      throw new BadInput(
          "train: there is 1 picture of "
              + sample.picture().size()
              + ", must be 2 or more, or "
              + LEAST_ROWS
              + " rows, to keep a part for validation; give --validation-images and"
              + " --validation-masks.");
    }
    int training = rows - rows / 5;
    return DataSet.of(
        List.of(part(sample, 0, training)),
        List.of(part(sample, training, rows - training)),
        contrast);
  }

  private static Sample part(Sample sample, int top, int count) {
    return new Sample(
        sample.name(), sample.picture().rows(top, count), sample.mask().rows(top, count));
  }
}
