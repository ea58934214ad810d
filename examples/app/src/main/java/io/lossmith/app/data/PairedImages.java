package io.lossmith.app.data;

import io.lossmith.app.io.BadInput;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** Pictures and masks from two folders, matched by file name without the ending. */
public final class PairedImages {
  private PairedImages() {}

  /**
   * Reads all pairs, sorted by name; masks without a picture are passed.
   *
   * @throws BadInput if a file cannot be read, a picture has no mask, or their sizes differ
   */
  public static List<Sample> read(Path images, Path masks, MaskReader reader) {
    SortedMap<String, Path> pictures = ImageFolder.list(images);
    SortedMap<String, Path> truths = ImageFolder.list(masks);
    for (String name : pictures.keySet()) { // before minutes of reading
      if (!truths.containsKey(name)) {
        throw new BadInput(
            pictures.get(name)
                + ": has no mask; "
                + masks
                + " must hold a picture named "
                + name
                + ".");
      }
    }
    List<Sample> samples = new ArrayList<>();
    pictures.forEach((name, file) -> samples.add(read(name, file, truths.get(name), reader)));
    return samples;
  }

  private static Sample read(String name, Path image, @Nullable Path truth, MaskReader reader) {
    Picture picture = PictureReader.read(image);
    Mask mask = reader.read(Objects.requireNonNull(truth));
    if (picture.width() != mask.width() || picture.height() != mask.height()) {
      throw new BadInput(
          truth
              + ": is "
              + mask.size()
              + ", its picture "
              + image
              + " is "
              + picture.size()
              + "; the sizes must be equal.");
    }
    return new Sample(name, picture, mask);
  }

  /**
   * Splits off the last fifth by name, at least one, for validation.
   *
   * @throws BadInput if there are fewer than two samples
   */
  public static DataSet split(List<Sample> samples) {
    if (samples.size() < 2) {
      throw new BadInput(
          "train: there is 1 picture, must be 2 or more to keep one for validation; give"
              + " --validation-images and --validation-masks.");
    }
    int training = samples.size() - Math.max(1, samples.size() / 5);
    return DataSet.of(samples.subList(0, training), samples.subList(training, samples.size()));
  }
}
