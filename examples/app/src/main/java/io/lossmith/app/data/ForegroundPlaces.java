package io.lossmith.app.data;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * Where masks have foreground, so that a random pixel of it is found without a walk over all of
 * them. Classes are drawn alike, however few pixels one has, then pictures that have the class,
 * then its pixels there.
 */
final class ForegroundPlaces {
  private final List<List<Holder>> classes;

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

  /** Looks for foreground: all but class 0 and what is unknown. */
  ForegroundPlaces(List<Sample> samples) {
    TreeMap<Integer, List<Holder>> byLabel = new TreeMap<>();
    for (Sample sample : samples) {
      int[][] before = new int[Mask.VOID][];
      count(sample.mask(), before);
      for (int label = 1; label < before.length; label++) {
        if (before[label] != null) {
          byLabel
              .computeIfAbsent(label, none -> new ArrayList<>())
              .add(new Holder(sample, label, before[label]));
        }
      }
    }
    this.classes = List.copyOf(byLabel.values());
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

  /** Returns whether there is none. */
  boolean isEmpty() {
    return classes.isEmpty();
  }

  /** Returns a random pixel of foreground; there must be some. */
  Place draw(SplittableRandom random) {
    List<Holder> holders = classes.get(random.nextInt(classes.size()));
    Holder holder = holders.get(random.nextInt(holders.size()));
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
