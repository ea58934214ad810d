package io.lossmith.app.report;

import io.lossmith.app.data.ClassCounts;
import io.lossmith.app.data.Contrast;
import io.lossmith.app.data.DataSet;
import io.lossmith.app.data.SampleFacts;
import io.lossmith.app.data.Scale;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Says before training what was read, so that what was misunderstood is seen. */
public final class Preview {
  private static final int MOST_CLASSES = 12; // in one line

  private Preview() {}

  /**
   * Returns what to print.
   *
   * @param understood how masks and pictures were read, in words that begin with a semicolon
   */
  public static List<String> lines(DataSet data, int classes, String understood) {
    List<String> lines = new ArrayList<>();
    lines.add(
        parts(data)
            + (data.channels() == 1 ? ", grey; " : ", colour; ")
            + pixels(data, Math.max(2, classes))
            + understood);
    if (!data.scale().equals(Scale.NONE)) {
      lines.add(
          String.format(
              Locale.ROOT,
              "of the greatest value that the files can hold, %.4g is black and %.4g is white"
                  + " (percentiles, %s and %s unless given)",
              data.scale().black(),
              data.scale().white(),
              Contrast.BLACK,
              Contrast.WHITE));
    }
    return lines;
  }

  private static String parts(DataSet data) {
    SampleFacts first = data.training().facts().get(0);
    SampleFacts last = data.validation().facts().get(0);
    boolean shared = data.training().size() == 1 && first.name().equals(last.name());
    return shared
        ? first.height() + " rows of one picture to learn from, " + last.height() + " to measure on"
        : data.training().size() + " to learn from, " + data.validation().size() + " to measure on";
  }

  private static String pixels(DataSet data, int classes) {
    long[] counts = ClassCounts.of(data.facts(), classes).pixels();
    long all = data.facts().stream().mapToLong(SampleFacts::pixels).sum();
    StringBuilder text = new StringBuilder("pixels:");
    long known = 0;
    for (int label = 0; label < classes; label++) {
      known += counts[label];
      if (label < MOST_CLASSES) {
        text.append(label == 0 ? " " : ", ").append(named(label, classes));
        text.append(' ').append(share(counts[label], all));
      }
    }
    if (classes > MOST_CLASSES) {
      text.append(" and ").append(classes - MOST_CLASSES).append(" classes more");
    }
    if (known < all) {
      text.append(", unknown ").append(share(all - known, all));
    }
    return text.toString();
  }

  private static String named(int label, int classes) {
    return classes > 2 ? "class " + label : label == 0 ? "background" : "foreground";
  }

  private static String share(long count, long all) {
    return String.format(Locale.ROOT, "%d (%.1f %%)", count, 100.0 * count / all);
  }
}
