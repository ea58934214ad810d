package io.lossmith.app.cli;

import io.lossmith.app.data.Contrast;
import io.lossmith.app.data.DataSet;
import io.lossmith.app.data.FoundColors;
import io.lossmith.app.data.HeldMemory;
import io.lossmith.app.data.MaskColors;
import io.lossmith.app.data.MaskRules;
import io.lossmith.app.data.PairedImages;
import io.lossmith.app.data.Reading;
import io.lossmith.app.data.SampleFacts;
import io.lossmith.app.data.Share;
import io.lossmith.app.data.SharedSamples;
import io.lossmith.app.data.Source;
import io.lossmith.app.data.SyntheticCells;
import io.lossmith.app.data.Tally;
import io.lossmith.app.formats.Formats;
import io.lossmith.app.io.BadInput;
import io.lossmith.app.workers.Agreement;
import io.lossmith.core.collective.Collective;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
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
          "Pictures ("
              + Formats.NAMES
              + "; grey or colour), or one. Where DIR holds none itself, those of its sub-folders."
              + " Default: a made set of cell pictures.")
  private @Nullable Path images;

  @Option(
      names = "--masks",
      paramLabel = "DIR",
      description =
          "Their truth: a picture of the same name, or with a suffix, and size for each. May be the"
              + " folder of --images.")
  private @Nullable Path masks;

  @Option(
      names = "--validation-images",
      paramLabel = "DIR",
      description =
          "Pictures to measure on. Default: the last fifth of --images by name, or"
              + " of one picture its last fifth of rows.")
  private @Nullable Path validationImages;

  @Option(
      names = "--validation-masks",
      paramLabel = "DIR",
      description = "The truth of --validation-images.")
  private @Nullable Path validationMasks;

  @Option(
      names = "--invert-masks",
      description = "What would be foreground in masks is background, and the reverse.")
  private boolean invert;

  @Mixin private MaskOptions meaning = new MaskOptions();

  @Option(
      names = "--black",
      paramLabel = "PERCENT",
      description =
          "This part of all values to learn from is at or below black. Default: "
              + Contrast.BLACK
              + " where pictures use little of what their files can hold, else 0 is black.")
  private @Nullable Double black;

  @Option(
      names = "--white",
      paramLabel = "PERCENT",
      description =
          "This part of all values to learn from is at or below white. Default: "
              + Contrast.WHITE
              + " where pictures use little of what their files can hold, else their greatest"
              + " number is white.")
  private @Nullable Double white;

  private final Tally pictures = new Tally();
  private final Tally understood = new Tally();

  /** Returns how many classes there are; 1 means background and foreground. */
  int classes() {
    return meaning.classes();
  }

  /** Returns the numbers of mask pixels of which nothing is known. */
  Set<Integer> ignored() {
    return meaning.ignored();
  }

  /** Says what does not go together, before anything is read. */
  void check() {
    meaning.check("train");
    if (invert && classes() > 1) {
      throw new BadInput("train: --invert-masks needs one class, --classes is " + classes() + ".");
    }
    requirePercent("--black", black);
    requirePercent("--white", white);
    double low = black == null ? Contrast.BLACK : black;
    double high = white == null ? Contrast.WHITE : white;
    if (low >= high) {
      throw new BadInput(
          "train: --black is " + low + ", --white is " + high + "; white must be above black.");
    }
    requireBoth("--images", images, "--masks", masks);
    requireBoth("--validation-images", validationImages, "--validation-masks", validationMasks);
    if (images == null && validationImages != null) {
      throw new BadInput("train: --validation-images is given without --images.");
    }
    String given = invert ? "--invert-masks" : meaning.given();
    if (images == null && given != null) {
      throw new BadInput("train: " + given + " is given without --images and --masks.");
    }
  }

  private static void requirePercent(String option, @Nullable Double percent) {
    if (percent != null && !(percent >= 0 && percent <= 100)) {
      throw new BadInput("train: " + option + " is " + percent + ", must be in 0..100.");
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

  /**
   * Says in one line if the pictures of a share and the work on a batch would not fit in memory.
   */
  void requireMemory(long batchPixels, Share share) {
    if (images != null) {
      HeldMemory.require(pictures(parts(), share), batchPixels);
    }
  }

  /** Returns how many bytes the pictures of a share and the work on a batch need. */
  long neededMemory(long batchPixels, Share share) {
    return HeldMemory.needed(images == null ? List.of() : pictures(parts(), share), batchPixels);
  }

  private static Set<Source> pictures(PairedImages.Parts parts, Share share) {
    Set<Source> pictures = new LinkedHashSet<>();
    List<Source> training = parts.training().pictures();
    share.training(training.size()).forEach(number -> pictures.add(training.get(number)));
    List<Source> validation = parts.validation().pictures();
    share.validation(validation.size()).forEach(number -> pictures.add(validation.get(number)));
    return pictures;
  }

  /** Pictures to learn from and to measure on. */
  private PairedImages.Parts parts() {
    PairedImages pairs = pairs(images, masks);
    return validationImages == null
        ? pairs.split()
        : new PairedImages.Parts(pairs, pairs(validationImages, validationMasks));
  }

  private PairedImages pairs(@Nullable Path pictures, @Nullable Path truth) {
    return PairedImages.of(
        Objects.requireNonNull(pictures),
        Objects.requireNonNull(truth),
        meaning.suffix(),
        meaning.stacks());
  }

  /**
   * Reads or makes the pictures of a share; mask pixels of {@code ignored} numbers are unknown.
   *
   * @param started what this program was asked for, in words
   * @param others those who read the rest
   * @throws BadInput if others were asked for something else or have other pictures, among others
   */
  DataSet read(
      long seed, Set<Integer> ignored, List<String> started, Share share, Collective others) {
    List<String> known = new ArrayList<>(started);
    if (images == null) {
      Agreement.require(others, known);
      return Reading.read(
          SyntheticCells.origin(0, SYNTHETIC_TRAINING, SYNTHETIC_SIZE, seed),
          SyntheticCells.origin(SYNTHETIC_TRAINING, SYNTHETIC_VALIDATION, SYNTHETIC_SIZE, seed),
          share,
          others);
    }
    PairedImages.Parts parts = parts();
    known.addAll(parts.training().listed("training"));
    known.addAll(parts.validation().listed("validation"));
    Agreement.require(others, known);
    MaskRules rules = meaning.rules(invert, ignored, () -> found(parts, share, others));
    if (rules.colors() != null) { // whose file may be another
      Agreement.require(others, List.of("the colours " + rules.colors()));
    }
    DataSet read =
        Reading.read(
            parts.training().origin(rules), parts.validation().origin(rules), share, others);
    read.facts().forEach(this::understand);
    DataSet data = read.scaled(new Contrast(black, white).scale(read.training(), share, others));
    requireForeground(data);
    return data;
  }

  private MaskColors found(PairedImages.Parts parts, Share share, Collective others) {
    List<Source> all = new ArrayList<>(parts.training().masks());
    SortedSet<Integer> own = new TreeSet<>(share.training(all.size()));
    List<Source> more = parts.validation().masks();
    share.validation(more.size()).forEach(number -> own.add(all.size() + number));
    return FoundColors.in(
        Stream.concat(all.stream(), more.stream()).toList(), own, classes(), others);
  }

  private void understand(SampleFacts sample) {
    understood.add(sample.mask());
    pictures.add(sample.notes());
  }

  /** Proves that nothing is written among the pictures that are read. */
  void requireElsewhere(Path out) {
    OtherFolder.require("train", out, "--images", images);
    OtherFolder.require("train", out, "--masks", masks);
    OtherFolder.require("train", out, "--validation-images", validationImages);
    OtherFolder.require("train", out, "--validation-masks", validationMasks);
  }

  /** Returns in words how masks were read, and what was done to pictures. */
  String understood() {
    String done = pictures.counted();
    return (understood.isEmpty() ? "" : "; masks: " + understood)
        + (done.isEmpty() ? "" : "; pictures: " + done);
  }

  /** Adds what was read, as the page in --out shows it. */
  void describe(DataSet data, Map<String, String> settings) {
    settings.put("pictures", images == null ? "a made set of cells" : String.valueOf(images));
    settings.put(
        "how many",
        data.training().size() + " to learn from, " + data.validation().size() + " to measure on");
    settings.put("channels", data.channels() == 1 ? "grey" : "red, green, blue");
    settings.put("classes", classes() == 1 ? "foreground or not" : classes() + "");
    if (!understood().isEmpty()) {
      settings.put("read", understood().substring(2));
    }
  }

  /**
   * Says so if no prediction of the validation pictures can have a Dice.
   *
   * @param option what was given that needs one
   */
  void requireDice(DataSet data, String option) {
    if (!hasForeground(data.validation())) {
      throw new BadInput(
          "train: "
              + option
              + " goes by validation Dice, but no mask to measure on has a pixel of "
              + wanted()
              + "; give other --validation-images and --validation-masks, or leave it away.");
    }
  }

  private static boolean hasForeground(SharedSamples samples) {
    return samples.facts().stream().anyMatch(SampleFacts::hasForeground);
  }

  private String wanted() {
    return classes() == 1 ? "foreground" : "a class but 0";
  }

  /** A mask that marks nothing teaches nothing: most often its numbers mean something else. */
  private void requireForeground(DataSet data) {
    if (hasForeground(data.training())) {
      return;
    }
    throw new BadInput(
        masks
            + ": no mask to train on has a pixel of "
            + wanted()
            + understood()
            + "; give masks that mark something, or see --help for what their numbers mean.");
  }
}
