package io.lossmith.app.data;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Where masks have foreground, so that a random pixel of it is found without a walk over all of
 * them. For a piece of a batch, the classes that its stretch of pictures has are drawn alike,
 * however few pixels one has, then pictures of the stretch that have the class, then its pixels
 * there.
 */
final class ForegroundPlaces {
  private final Stretches stretches;
  private final IntFunction<Sample> samples;
  private final Map<Integer, List<Holder>> found = new HashMap<>(); // by picture
  private final Map<Integer, List<Holders>> classes = new HashMap<>(); // by piece

  /**
   * A pixel of a sample.
   *
   * @param x its column
   * @param y its row
   */
  record Place(Sample sample, int x, int y) {}

  /**
   * A sample that has pixels of a class.
   *
   * @param label the class
   * @param before how many of its pixels are above each row, and in all rows at last
   */
  private record Holder(Sample sample, int label, int[] before) {}

  /**
   * The samples of a stretch that have pixels of a class.
   *
   * @param upTo how many units of the stretch are in those up to each
   */
  private record Holders(List<Holder> holders, List<Integer> upTo) {
    Holders() {
      this(new ArrayList<>(), new ArrayList<>());
    }

    void add(Holder holder, int units) {
      upTo.add(units + (upTo.isEmpty() ? 0 : upTo.get(upTo.size() - 1)));
      holders.add(holder);
    }

    Holder draw(SplittableRandom random) {
      int unit = random.nextInt(upTo.get(upTo.size() - 1));
      int at = 0;
      while (upTo.get(at) <= unit) {
        at++;
      }
      return holders.get(at);
    }
  }

  /**
   * Looks for foreground: all but class 0 and what is unknown.
   *
   * @param samples returns a sample by its number; asked for those of the pieces alone
   * @param pieces for which there may be draws
   */
  ForegroundPlaces(IntFunction<Sample> samples, Stretches stretches, IntStream pieces) {
    this.samples = samples;
    this.stretches = stretches;
    pieces.forEach(piece -> classes.put(piece, classes(piece)));
  }

  private List<Holders> classes(int piece) {
    TreeMap<Integer, Holders> byLabel = new TreeMap<>();
    for (Stretches.Part part : stretches.of(piece)) {
      for (Holder holder : found.computeIfAbsent(part.picture(), this::holders)) {
        byLabel.computeIfAbsent(holder.label(), none -> new Holders()).add(holder, part.units());
      }
    }
    return List.copyOf(byLabel.values());
  }

  private List<Holder> holders(int picture) {
    Sample sample = samples.apply(picture);
    int[][] before = new int[Mask.VOID][];
    count(sample.mask(), before);
    List<Holder> holders = new ArrayList<>();
    for (int label = 1; label < before.length; label++) {
      if (before[label] != null) {
        holders.add(new Holder(sample, label, before[label]));
      }
    }
    return holders;
  }

  private static void count(Mask mask, int[][] before) {
    for (int y = 0, pixel = 0; y < mask.height(); y++) {
      for (int x = 0; x < mask.width(); x++, pixel++) {
        int label = mask.label(pixel);
        if (label != 0 && label != Mask.VOID) {
          if (before[label] == null) {
            before[label] = new int[mask.height() + 1];
          }
          before[label][y + 1]++;
        }
      }
    }
    for (int[] rows : before) {
      for (int y = 0; rows != null && y < mask.height(); y++) {
        rows[y + 1] += rows[y];
      }
    }
  }

  /** Returns a random pixel of foreground that a piece may have; null where there is none. */
  @Nullable Place draw(int piece, SplittableRandom random) {
    List<Holders> holders = classes.get(piece);
    if (holders == null || holders.isEmpty()) {
      return null;
    }
    Holder holder = holders.get(random.nextInt(holders.size())).draw(random);
    int[] before = holder.before();
    int rank = random.nextInt(before[before.length - 1]);
    int y = row(before, rank);
    Mask mask = holder.sample().mask();
    int pixel = y * mask.width() - 1;
    for (int left = rank - before[y]; left >= 0; ) {
      pixel++;
      left -= mask.label(pixel) == holder.label() ? 1 : 0;
    }
    return new Place(holder.sample(), pixel - y * mask.width(), y);
  }

  /** Returns the row that has the pixel which so many others come before. */
  private static int row(int[] before, int rank) {
    int from = 0;
    int to = before.length - 1;
    while (to - from > 1) {
      int middle = (from + to) >>> 1;
      if (before[middle] <= rank) {
        from = middle;
      } else {
        to = middle;
      }
    }
    return from;
  }
}
