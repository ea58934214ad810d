package io.lossmith.app.cli;

import io.lossmith.app.data.DataSet;
import io.lossmith.app.data.HeldMemory;
import io.lossmith.app.data.MaskReader;
import io.lossmith.app.data.PairedImages;
import io.lossmith.app.data.Sample;
import io.lossmith.app.data.SyntheticCells;
import io.lossmith.app.io.BadInput;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which pictures to learn from. */
final class DataOptions {
  private static final int SYNTHETIC_TRAINING = 40;
  private static final int SYNTHETIC_VALIDATION = 8;
  private static final int SYNTHETIC_SIZE = 160;

  @Option(
      names = "--images",
      paramLabel = "DIR",
      description =
          "Pictures (PNG, JPEG, TIFF; grey or colour). Default: a made set of cell pictures.")
  private @Nullable Path images;

  @Option(
      names = "--masks",
      paramLabel = "DIR",
      description = "Their truth: a picture of the same name and size for each.")
  private @Nullable Path masks;

  @Option(
      names = "--validation-images",
      paramLabel = "DIR",
      description = "Pictures to measure on. Default: the last fifth of --images by name.")
  private @Nullable Path validationImages;

  @Option(
      names = "--validation-masks",
      paramLabel = "DIR",
      description = "The truth of --validation-images.")
  private @Nullable Path validationMasks;

  @Option(
      names = "--invert-masks",
      description = "Mask pixels over half are background, not foreground.")
  private boolean invert;

  @Option(
      names = "--classes",
      paramLabel = "K",
      defaultValue = "1",
      description = {
        "1: a mask pixel over half is foreground. More: its value, or palette index, is the class,"
            + " 0 to K-1. Default: ${DEFAULT-VALUE}."
      })
  private int classes;

  /** Returns how many classes there are; 1 means background and foreground. */
  int classes() {
    return classes;
  }

  /** Says what does not go together, before anything is read. */
  void check() {
    if (classes < 1 || classes > 255) {
      throw new BadInput("train: --classes is " + classes + ", must be in 1..255.");
    }
    if (invert && classes > 1) {
      throw new BadInput("train: --invert-masks needs one class, --classes is " + classes + ".");
    }
    requireBoth("--images", images, "--masks", masks);
    requireBoth("--validation-images", validationImages, "--validation-masks", validationMasks);
    if (images == null && validationImages != null) {
      throw new BadInput("train: --validation-images is given without --images.");
    }
    if (images == null && (invert || classes > 1)) {
      throw new BadInput(
          "train: "
              + (invert ? "--invert-masks" : "--classes")
              + " is given without --images and --masks.");
    }
  }

  private static void requireBoth(
      String first, @Nullable Path one, String second, @Nullable Path other) {
    if ((one == null) != (other == null)) {
      throw new BadInput(
          "train: "
              + (one == null ? second : first)
              + " is given without "
              + (one == null ? first : second)
              + ".");
    }
  }

  /** Returns where the pictures are from, in words. */
  String source() {
    return images == null ? "a made set of cells" : String.valueOf(images);
  }

  /** Says in one line if the pictures and the work on a batch would not fit in memory. */
  void requireMemory(long batchPixels) {
    if (images != null) {
      HeldMemory.require(
          validationImages == null ? List.of(images) : List.of(images, validationImages),
          batchPixels);
    }
  }

  /** Reads or makes the pictures; {@code ignored} labels may stand in masks beside the classes. */
  DataSet read(long seed, Set<Integer> ignored) {
    if (images == null || masks == null) {
      return SyntheticCells.make(SYNTHETIC_TRAINING, SYNTHETIC_VALIDATION, SYNTHETIC_SIZE, seed);
    }
    MaskReader reader = new MaskReader(classes, invert, ignored);
    List<Sample> samples = PairedImages.read(images, masks, reader);
    DataSet data =
        validationImages == null || validationMasks == null
            ? PairedImages.split(samples)
            : DataSet.of(samples, PairedImages.read(validationImages, validationMasks, reader));
    requireForeground(data);
    return data;
  }

  /** A mask that marks nothing teaches nothing: most often its numbers mean something else. */
  private void requireForeground(DataSet data) {
    for (Sample sample : data.training()) {
      for (byte label : sample.mask().labels()) {
        if (label != 0) {
          return;
        }
      }
    }
    throw new BadInput(
        masks
            + ": no mask to train on has a pixel of "
            + (classes == 1 ? "foreground (over half); " : "a class but 0; ")
            + (classes == 1
                ? "if its values are class numbers, give --classes 2."
                : "see --help."));
  }
}
