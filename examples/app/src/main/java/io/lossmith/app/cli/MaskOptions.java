package io.lossmith.app.cli;

import io.lossmith.app.data.Foreground;
import io.lossmith.app.data.MaskColors;
import io.lossmith.app.data.MaskRules;
import io.lossmith.app.data.Stacks;
import io.lossmith.app.io.BadInput;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What the numbers and colours of mask files mean, and which mask is whose. */
final class MaskOptions {
  private static final int MOST_CLASSES = 255;
  private static final String FOUND = "found";

  @Option(
      names = "--classes",
      paramLabel = "K",
      defaultValue = "1",
      description = {
        "1: masks tell foreground from background. More: a mask's number, or palette entry, is the"
            + " class, 0 to K-1. Default: ${DEFAULT-VALUE}."
      })
  private int classes;

  @Option(
      names = "--foreground",
      paramLabel = "HOW",
      defaultValue = "clear",
      description = {
        "What is foreground with one class. clear: what each mask leaves no doubt about, such as 1"
            + " beside 0, 255 beside 0, over half with soft edges, one colour on black, or what is"
            + " not transparent; the rest is refused. nonzero: all but 0, as where objects have"
            + " numbers. half: what is over half. Default: ${DEFAULT-VALUE}."
      })
  private Foreground foreground;

  @Option(
      names = {"--ignore", "--ignore-index"},
      paramLabel = "NUMBER",
      description =
          "Pixels whose mask has this number are unknown: nothing is learned from them and they do"
              + " not count, for example 255. May be given several times.")
  private List<Integer> ignored = new ArrayList<>();

  @Option(
      names = "--mask-colors",
      paramLabel = "FILE",
      description =
          "Masks are colours. FILE has lines such as 2 #00ff00, a class and its colour, or ignore"
              + " #ffffff; without classes they count from 0. The word "
              + FOUND
              + " in its place: the colours that masks have, black as 0, in order of red, green and"
              + " blue.")
  private @Nullable Path colors;

  @Option(
      names = "--mask-suffix",
      paramLabel = "TEXT",
      description =
          "What names of masks have after the picture's, such as _mask. Default: found where it is"
              + " the same for all.")
  private @Nullable String suffix;

  @Option(
      names = "--stack",
      description =
          "Files may hold several pictures (TIFF pages, ImageJ stacks, GIF): each is a picture of"
              + " its own, NAME-0001 and on. Masks have as many.")
  private boolean stack;

  /** Returns how many classes there are; 1 means background and foreground. */
  int classes() {
    return classes;
  }

  /** Returns the name of an option that was given and says how to read masks, or null. */
  @Nullable String given() {
    return classes > 1
        ? "--classes"
        : foreground != Foreground.CLEAR
            ? "--foreground"
            : !ignored.isEmpty() ? "--ignore" : colors != null ? "--mask-colors" : null;
  }

  /** Says what does not go together, before anything is read. */
  void check(String command) {
    if (classes < 1 || classes > MOST_CLASSES) {
      throw new BadInput(
          command + ": --classes is " + classes + ", must be in 1.." + MOST_CLASSES + ".");
    }
    for (int number : ignored) {
      if (number < 0) {
        throw new BadInput(
            command + ": --ignore is " + number + ", must be a number that masks hold, 0 or more.");
      }
    }
    if (foreground != Foreground.CLEAR && (classes > 1 || colors != null)) {
      throw new BadInput(
          command + ": --foreground needs one class of numbers, without --mask-colors.");
    }
    if (colors != null && !ignored.isEmpty()) {
      throw new BadInput(
          command
              + ": --ignore takes numbers, --mask-colors has colours; give ignore and the colour in"
              + " its file.");
    }
  }

  /** Returns what comes after a picture's name in its mask's, null where it is to be found. */
  @Nullable String suffix() {
    return suffix;
  }

  /** Returns whether files may hold several pictures. */
  Stacks stacks() {
    return new Stacks(stack);
  }

  /** Returns the numbers of unknown pixels. */
  Set<Integer> ignored() {
    return new HashSet<>(ignored);
  }

  /**
   * Returns what was chosen.
   *
   * @param found finds the colours of masks, if that is asked
   */
  MaskRules rules(boolean invert, Set<Integer> unknown, Supplier<MaskColors> found) {
    MaskColors labels = null;
    if (colors != null) {
      labels = isToFind(colors) ? found.get() : MaskColors.read(colors, classes);
    }
    return new MaskRules(classes, foreground, invert, unknown, labels, false);
  }

  /** A training that goes on has the word as a path, as it has folders. */
  private static boolean isToFind(Path colors) {
    return colors.endsWith(FOUND) && !Files.exists(colors);
  }
}
