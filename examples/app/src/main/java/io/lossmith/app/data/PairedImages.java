package io.lossmith.app.data;

import io.lossmith.app.io.BadInput;
import io.lossmith.app.io.Reasons;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Pictures and masks from two folders, or one, matched by file name without the ending. */
public final class PairedImages {
  private final List<Stacks.Pair> pairs;
  private final @Nullable RowSplit split; // where one picture is shared out
  private final boolean upper;

  private PairedImages(List<Stacks.Pair> pairs, @Nullable RowSplit split, boolean upper) {
    this.pairs = pairs;
    this.split = split;
    this.upper = upper;
  }

  /** SharedSamples to learn from, and others to measure on. */
  public record Parts(PairedImages training, PairedImages validation) {}

  /**
   * Finds all pairs, sorted by name; masks without a picture are passed. No pixels are read yet.
   *
   * @param suffix what names of masks have after the picture's; null where it is to be found
   * @throws BadInput if a picture has no mask
   */
  public static PairedImages of(Path images, Path masks, @Nullable String suffix, Stacks stacks) {
    return new PairedImages(stacks.pairs(Pairing.of(images, masks, suffix)), null, false);
  }

  /**
   * Splits off the last fifth by name, at least one, for validation; of one picture alone its last
   * fifth of rows, of which it must then have enough.
   */
  public Parts split() {
    if (pairs.size() < 2) {
      RowSplit rows = new RowSplit();
      return new Parts(new PairedImages(pairs, rows, true), new PairedImages(pairs, rows, false));
    }
    int training = pairs.size() - Math.max(1, pairs.size() / 5);
    return new Parts(
        new PairedImages(pairs.subList(0, training), null, false),
        new PairedImages(pairs.subList(training, pairs.size()), null, false));
  }

  /** Returns how many there are. */
  public int size() {
    return pairs.size();
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
   * Returns a line for each that tells it from others as well as can be without reading it.
   *
   * @param part what they are for
   */
  public List<String> listed(String part) {
    return pairs.stream()
        .map(
            pair ->
                part
                    + " picture "
                    + pair.name()
                    + ", files of "
                    + bytes(pair.picture().file())
                    + " and "
                    + bytes(pair.mask().file())
                    + " bytes")
        .toList();
  }

  private static long bytes(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      throw new BadInput(file + ": cannot be read; " + Reasons.of(e) + ".", e);
    }
  }

  /**
   * Returns the samples, as rules for masks understand them. Files that cannot be read, and sizes
   * that differ, are a {@link BadInput} then.
   */
  public Origin origin(MaskRules rules) {
    return new Origin() {
      @Override
      public int size() {
        return pairs.size();
      }

      @Override
      public SortedMap<Integer, Seen> read(SortedSet<Integer> numbers) {
        SortedMap<Integer, Seen> seen = new TreeMap<>();
        numbers.forEach(number -> seen.put(number, seen(pairs.get(number), rules)));
        return seen;
      }
    };
  }

  private Origin.Seen seen(Stacks.Pair pair, MaskRules rules) {
    if (split == null) {
      return whole(pair, rules);
    }
    return upper ? split.upper(() -> whole(pair, rules)) : split.lower(() -> whole(pair, rules));
  }

  private static Origin.Seen whole(Stacks.Pair pair, MaskRules rules) {
    Tally notes = new Tally();
    Picture picture = PictureReader.read(pair.picture(), notes);
    MaskReader reader = new MaskReader(rules);
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
    Sample sample = new Sample(pair.name(), picture, mask);
    return new Origin.Seen(sample, SampleFacts.of(sample, reader.understood(), notes));
  }
}
