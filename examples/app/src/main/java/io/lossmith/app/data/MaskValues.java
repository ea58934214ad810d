package io.lossmith.app.data;

import io.lossmith.app.formats.SampleType;
import io.lossmith.app.formats.Samples;
import io.lossmith.app.formats.Stored;
import io.lossmith.app.io.BadInput;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** The whole numbers of a mask file, or its colours. */
final class MaskValues {
  /** Stands for a pixel of which nothing is known. */
  static final int UNKNOWN = Integer.MIN_VALUE;

  /** How far red, green and blue of a grey pixel may be apart in a JPEG. */
  private static final int GREY_IN_JPEG = 24;

  private final Source source;
  private final Stored stored;
  private final int[] values;
  private int greatest;
  private boolean colours;
  private MaskTransparency.Use transparency = MaskTransparency.Use.NONE;

  private MaskValues(Source source, Stored stored) {
    this.source = source;
    this.stored = stored;
    this.values = new int[Math.multiplyExact(stored.width(), stored.height())];
  }

  /** Reads the numbers of a mask: grey values, palette entries, colours, or its transparency. */
  static MaskValues numbers(Source source) {
    Stored stored = source.read();
    MaskValues mask = new MaskValues(source, stored);
    mask.transparency = MaskTransparency.of(source, stored);
    if (mask.transparency == MaskTransparency.Use.MASK) {
      mask.readBand(stored.layout().colours());
    } else if (stored.layout().colours() == 1) {
      mask.readBand(0);
    } else {
      mask.readColours();
    }
    return mask;
  }

  /** Reads the colours of a mask, whatever it stores them as. */
  static MaskValues colours(Source source) {
    Stored stored = source.read();
    MaskValues mask = new MaskValues(source, stored);
    mask.readColours();
    mask.toColours();
    return mask;
  }

  private void readBand(int band) {
    SampleType type = stored.type();
    double[] row = new double[width()];
    boolean whole = true;
    double most = 0;
    for (int y = 0; y < height() && type.isDecimal(); y++) {
      stored.samples().row(band, y, row);
      for (double value : row) {
        whole &= value == Math.rint(value);
        most = Math.max(most, value);
      }
    }
    // Parts of 1 become parts of the 65535 that 16 bits have.
    int factor = whole ? 1 : 0xFFFF;
    greatest =
        type.isDecimal()
            ? whole ? most <= 1 ? 1 : 0xFF : factor
            : (int) Math.min(Integer.MAX_VALUE, type.white());
    for (int y = 0; y < height(); y++) {
      stored.samples().row(band, y, row);
      for (int x = 0; x < row.length; x++) {
        if (!whole && !(row[x] >= 0 && row[x] <= 1)) {
          throw new BadInput(
              at(x, y) + row[x] + ", must be a whole number; save masks as whole numbers.");
        }
        double value = Math.rint(row[x] * factor);
        if (Math.abs(value) > Integer.MAX_VALUE && value != type.white()) {
          throw new BadInput(
              Double.isInfinite(value)
                  ? at(x, y) + value + ", must be a whole number; save masks as whole numbers."
                  : at(x, y)
                      + (long) value
                      + ", must be of 32 bits; save masks of lesser numbers.");
        }
        values[y * width() + x] = (int) Math.min(Integer.MAX_VALUE, value);
      }
    }
  }

  /** Reads red, green and blue of each pixel; where all are equal, they are numbers. */
  private void readColours() {
    int[] palette = stored.palette();
    Samples samples = stored.samples();
    boolean three = stored.layout().colours() == 3;
    int apart = stored.lossy() ? GREY_IN_JPEG : 0;
    double[][] rows = new double[3][width()];
    boolean deep = stored.type().bits() > Byte.SIZE && palette == null;
    DeepColours told = new DeepColours();
    for (int y = 0, i = 0; y < height(); y++) {
      for (int band = 0; band < 3; band++) {
        samples.row(three ? band : 0, y, rows[band]);
      }
      for (int x = 0; x < width(); x++, i++) {
        int rgb =
            palette != null
                ? palette[(int) rows[0][x]]
                : eight(rows[0][x]) << 16 | eight(rows[1][x]) << 8 | eight(rows[2][x]);
        values[i] = rgb;
        if (three && deep) {
          colours |= told.add(rgb, rows, x);
        } else {
          colours |= palette == null && three && isColour(rgb, apart);
        }
      }
    }
    greatest = 0xFF;
    if (colours && deep) {
      told.requireDistinct(source);
    }
    if (!colours && palette == null) {
      if (deep) {
        readBand(1);
      } else {
        toNumbers();
      }
    }
  }

  private int eight(double value) {
    double part = value / stored.type().white();
    return (int) Math.round(0xFF * Math.max(0, Math.min(1, part)));
  }

  private void toNumbers() {
    for (int i = 0; i < values.length; i++) {
      values[i] = values[i] >> 8 & 0xFF; // green: of the three, JPEG changes it least
    }
  }

  private void toColours() {
    if (!colours && stored.palette() == null) {
      for (int i = 0; i < values.length; i++) {
        int level = (int) Math.round(0xFF * (double) values[i] / greatest);
        values[i] = level << 16 | level << 8 | level;
      }
    }
    colours = true;
  }

  static boolean isColour(int rgb, int apart) {
    int red = rgb >> 16 & 0xFF;
    int green = rgb >> 8 & 0xFF;
    int blue = rgb & 0xFF;
    return Math.max(red, Math.max(green, blue)) - Math.min(red, Math.min(green, blue)) > apart;
  }

  /** Makes pixels with one of these numbers unknown. */
  MaskValues without(Set<Integer> ignored) {
    for (int i = 0; i < values.length && !ignored.isEmpty(); i++) {
      if (ignored.contains(values[i])) {
        values[i] = UNKNOWN;
      }
    }
    return this;
  }

  /**
   * Makes numbers brightness: of palette entries their grey values, or colours where one that is
   * used has some.
   */
  MaskValues bright() {
    int[] palette = stored.palette();
    if (palette != null) {
      lookUp(palette);
    } else if (stored.whiteIsZero()) {
      for (int i = 0; i < values.length; i++) {
        values[i] = values[i] == UNKNOWN ? UNKNOWN : greatest - values[i];
      }
    }
    return this;
  }

  private void lookUp(int[] palette) {
    Set<Integer> entries = counts().keySet();
    if (entries.stream().map(entry -> palette[entry]).distinct().count() < entries.size()) {
      throw new BadInput(
          source
              + ": its palette shows several numbers in one colour; give --foreground nonzero if"
              + " all but number 0 is foreground, or --classes if each is a class.");
    }
    colours = entries.stream().anyMatch(entry -> isColour(palette[entry], 0));
    greatest = 0xFF;
    for (int i = 0; i < values.length; i++) {
      if (values[i] != UNKNOWN) {
        values[i] = colours ? palette[values[i]] : palette[values[i]] & 0xFF;
      }
    }
  }

  /** Returns how often each number or colour occurs; unknown pixels are not counted. */
  SortedMap<Integer, Long> counts() {
    Map<Integer, long[]> counts = new HashMap<>();
    int last = UNKNOWN;
    long[] count = new long[1];
    for (int value : values) { // long stretches are of one number
      if (value != last) {
        last = value;
        count = counts.computeIfAbsent(value, key -> new long[1]);
      }
      count[0]++;
    }
    counts.remove(UNKNOWN);
    SortedMap<Integer, Long> sorted = new TreeMap<>();
    counts.forEach((value, times) -> sorted.put(value, times[0]));
    return sorted;
  }

  /** Returns the number or colour of a pixel, counted row by row, or {@link #UNKNOWN}. */
  int get(int pixel) {
    return values[pixel];
  }

  int width() {
    return stored.width();
  }

  int height() {
    return stored.height();
  }

  /** Returns the number that is white. */
  int greatest() {
    return greatest;
  }

  /** Returns whether these are colours, 0xRRGGBB. */
  boolean isColours() {
    return colours;
  }

  boolean hasPalette() {
    return stored.palette() != null;
  }

  boolean isLossy() {
    return stored.lossy();
  }

  /** Returns in words what is special about where the numbers are from, or nothing. */
  String remark() {
    return transparency.remark + (stored.whiteIsZero() ? " (0 is white in the file)" : "");
  }

  Source source() {
    return source;
  }

  /** Begins a message about a pixel, counted row by row. */
  String at(int pixel) {
    return at(pixel % width(), pixel / width());
  }

  private String at(int x, int y) {
    return source + ": pixel (" + x + ", " + y + ") is ";
  }

  /** Writes a number or colour as people do. */
  String word(int value) {
    return colours ? "#%06x".formatted(value) : String.valueOf(value);
  }
}
