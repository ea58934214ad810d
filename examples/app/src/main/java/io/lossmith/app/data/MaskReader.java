package io.lossmith.app.data;

import io.lossmith.app.io.BadInput;
import java.util.SortedMap;
import java.util.function.IntPredicate;

/** Reads masks, each by itself, and remembers how they were understood. Not thread-safe. */
public final class MaskReader {
  private final MaskRules rules;
  private final Tally understood = new Tally();

  /** Makes a reader by rules that hold for all masks. */
  public MaskReader(MaskRules rules) {
    this.rules = rules;
  }

  /**
   * Reads a mask.
   *
   * @throws BadInput if it cannot be read, or what it holds has no meaning or several
   */
  public Mask read(Source source) {
    MaskColors colors = rules.colors();
    if (colors != null) {
      understood.add("colours are classes, " + colors);
      return colors.read(source, rules.predicted());
    }
    MaskValues values = MaskValues.numbers(source);
    values.without(rules.ignored());
    if (rules.classes() == 1) {
      ForegroundRule rule = ForegroundRule.of(seen(values), rules);
      understood.add(rule.said() + values.remark() + (rules.invert() ? ", inverted" : ""));
      return foreground(values, rule.foreground());
    }
    return classes(values);
  }

  /** With {@link Foreground#NONZERO} palette entries count, else their colours. */
  private MaskValues seen(MaskValues values) {
    boolean entries = rules.foreground() == Foreground.NONZERO && values.hasPalette();
    return entries ? values : values.bright();
  }

  /** Returns in words how masks were read so far, and how many of them each way. */
  public Tally understood() {
    return understood;
  }

  private Mask foreground(MaskValues values, IntPredicate foreground) {
    byte[] labels = new byte[values.width() * values.height()];
    for (int i = 0; i < labels.length; i++) {
      int value = values.get(i);
      labels[i] =
          value == MaskValues.UNKNOWN
              ? (byte) Mask.VOID
              : (byte) (foreground.test(value) != rules.invert() ? 1 : 0);
    }
    return new Mask(values.width(), values.height(), labels);
  }

  private Mask classes(MaskValues values) {
    if (values.isLossy()) {
      throw new BadInput(
          values.source()
              + ": is a JPEG, in which numbers of classes change; save masks of classes as PNG.");
    }
    if (values.isColours()) {
      throw colour(values);
    }
    boolean white = isWhiteOne(values);
    understood.add(
        (white ? values.greatest() + " is class 1" : "numbers are classes") + values.remark());
    byte[] labels = new byte[values.width() * values.height()];
    for (int i = 0; i < labels.length; i++) {
      int value = values.get(i);
      labels[i] =
          (byte) (white && value != MaskValues.UNKNOWN && value != 0 ? 1 : label(values, i));
    }
    return new Mask(values.width(), values.height(), labels);
  }

  /** Tells whether a mask of two classes has white for class 1. */
  private boolean isWhiteOne(MaskValues values) {
    SortedMap<Integer, Long> counts = values.counts();
    return rules.classes() == 2
        && !values.hasPalette()
        && counts.size() - (counts.containsKey(0) ? 1 : 0) == 1
        && (counts.lastKey() == values.greatest() || counts.lastKey() == 0xFF);
  }

  private BadInput colour(MaskValues values) {
    int pixel = 0;
    while (!MaskValues.isColour(values.get(pixel), 0)) {
      pixel++;
    }
    return new BadInput(
        values.at(pixel)
            + "the colour "
            + values.word(values.get(pixel))
            + ", must be a class in 0.."
            + (rules.classes() - 1)
            + "; give --mask-colors, or save masks as grey or palette pictures.");
  }

  private int label(MaskValues values, int pixel) {
    int value = values.get(pixel);
    if (value == MaskValues.UNKNOWN) {
      return Mask.VOID;
    }
    if (value < 0 || value >= rules.classes()) {
      throw new BadInput(
          values.at(pixel)
              + value
              + (rules.predicted() ? ", in a prediction it" : ",")
              + " must be a class in 0.."
              + (rules.classes() - 1)
              + "; give --classes"
              + (rules.predicted() ? "" : ", --ignore " + value + " if it means unknown")
              + ", or one class and --foreground nonzero if all but 0 is foreground.");
    }
    return value;
  }
}
