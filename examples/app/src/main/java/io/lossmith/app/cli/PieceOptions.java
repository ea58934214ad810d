package io.lossmith.app.cli;

import io.lossmith.app.data.FittingCrop;
import io.lossmith.app.data.Pieces;
import io.lossmith.app.data.SampleFacts;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which pieces of pictures batches are made of. */
final class PieceOptions {
  private static final int DEFAULT_CROP = 128;

  @Option(
      names = "--batch",
      paramLabel = "N",
      defaultValue = "8",
      description = "Pieces of pictures in a batch. Default: ${DEFAULT-VALUE}.")
  private int batch;

  @Option(
      names = "--crop",
      paramLabel = "PIXELS",
      description =
          "Side of a piece, a multiple of 4. Default: "
              + DEFAULT_CROP
              + ", or what the smallest picture has.")
  private @Nullable Integer crop;

  @Option(
      names = "--foreground-pieces",
      paramLabel = "PART",
      defaultValue = "0",
      description =
          "Cut this part of the pieces, 0 to 1, around a random pixel of foreground, or of a random"
              + " class but 0, of those in the pictures that this piece of a batch may be of, and the"
              + " others anywhere: for small things in large pictures, 0.33 for example. Default:"
              + " ${DEFAULT-VALUE}.")
  private double foreground;

  @Mixin private AugmentOptions augment = new AugmentOptions();

  /** Says what is wrong before anything is read. */
  void check() {
    OptionCheck.require(batch >= 1, "--batch", batch, "1 or more");
    OptionCheck.require(
        crop == null || crop >= 4 && crop % 4 == 0, "--crop", crop, "a multiple of 4");
    OptionCheck.require(
        foreground >= 0 && foreground <= 1, "--foreground-pieces", foreground, "within 0..1");
    augment.augmentation();
  }

  /** Returns how many pieces a batch has. */
  int batch() {
    return batch;
  }

  /** Returns the most pixels that one of so many workers can have of a batch. */
  long mostPixels(int workers) {
    long side = crop == null ? DEFAULT_CROP : crop;
    long share = (batch + workers - 1) / workers;
    return share * side * side;
  }

  /** Returns the pieces of pictures to learn from. */
  Pieces pieces(List<SampleFacts> pictures) {
    return new Pieces(
        batch,
        crop == null ? FittingCrop.of(pictures, DEFAULT_CROP) : crop,
        foreground,
        augment.augmentation());
  }

  /** Adds what was chosen, as the page in --out shows it. */
  void describe(Pieces pieces, Map<String, String> settings) {
    settings.put("batch", pieces.batch() + " pieces of " + pieces.crop() + " x " + pieces.crop());
    settings.put(
        "around foreground",
        foreground == 0 ? "none of them" : Math.round(1000 * foreground) / 10.0 + " % of them");
    settings.put("augment", augment.toString());
  }
}
