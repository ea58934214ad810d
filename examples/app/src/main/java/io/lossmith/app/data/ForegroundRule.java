package io.lossmith.app.data;

import io.lossmith.app.io.BadInput;
import java.util.SortedMap;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;

/**
 * Which numbers of one mask are foreground, and why. Other masks are no reason: a folder may hold
 * masks of 0 and 1 beside masks of 0 and 255.
 *
 * @param foreground tells of a number
 * @param said the rule in words
 */
record ForegroundRule(IntPredicate foreground, String said) {
  private static final int MOST_SHOWN = 6; // numbers in a message

  /** Of soft edges at most this part of the pixels is between black and white. */
  private static final double MOST_BETWEEN = 0.25;

  /** Shades that edges have at least; fewer are numbers that mean something. */
  private static final int LEAST_SHADES = 4;

  private static final String HALF = "over half is foreground";

  /**
   * Finds the rule for a mask.
   *
   * @throws BadInput if it may be understood in several ways
   */
  static ForegroundRule of(MaskValues mask, MaskRules rules) {
    return switch (rules.foreground()) {
      case NONZERO -> new ForegroundRule(value -> value != 0, "all but 0 is foreground");
      case HALF -> new ForegroundRule(value -> isBright(mask, value), HALF);
      case CLEAR -> mask.isColours() ? ofColours(mask) : ofNumbers(mask, rules.predicted());
    };
  }

  /** Of a colour the brightest of red, green and blue counts. */
  private static boolean isBright(MaskValues mask, int value) {
    int level =
        mask.isColours()
            ? Math.max(value >> 16 & 0xFF, Math.max(value >> 8 & 0xFF, value & 0xFF))
            : value;
    return level > mask.greatest() / 2;
  }

  private static ForegroundRule ofColours(MaskValues mask) {
    SortedMap<Integer, Long> counts = mask.counts();
    boolean black = counts.isEmpty() || counts.firstKey() == 0;
    if (counts.size() - (black ? 1 : 0) > 1) {
      throw new BadInput(
          mask.source()
              + ": holds the colours "
              + shown(mask, counts)
              + ", must be one on black; give --mask-colors and --classes if each is a class"
              + (mask.hasPalette() ? ", --classes alone if palette entries are" : "")
              + ", or --foreground nonzero if all but black is foreground.");
    }
    return new ForegroundRule(value -> value != 0, "the colour on black is foreground");
  }

  private static ForegroundRule ofNumbers(MaskValues mask, boolean predicted) {
    SortedMap<Integer, Long> counts = mask.counts();
    int most = counts.isEmpty() ? 0 : counts.lastKey();
    boolean two = counts.size() - (counts.containsKey(0) ? 1 : 0) <= 1;
    if (two && most == 1 && !mask.isLossy()) {
      return new ForegroundRule(value -> value == 1, "1 is foreground");
    }
    if (two && (most == 0xFF || most == mask.greatest())) {
      return new ForegroundRule(value -> value == most, most + " is foreground");
    }
    if (two && (most == 0 || isBright(mask, most)) || isSoft(mask, counts)) {
      return new ForegroundRule(
          value -> isBright(mask, value), most == 0 ? "nothing is foreground" : HALF);
    }
    throw new BadInput(
        mask.source()
            + ": holds the numbers "
            + shown(mask, counts)
            + (predicted ? ", a prediction must hold" : ", must be")
            + " 0 and 1, or 0 and "
            + mask.greatest()
            + "; give --foreground nonzero if all but 0 is foreground, --classes if these are"
            + " classes, "
            + (predicted ? "" : ignoring(counts.firstKey() < 0 ? counts.firstKey() : most))
            + "or --foreground half if these are shades.");
  }

  private static String ignoring(int number) {
    return "--ignore " + number + " if that means unknown, ";
  }

  /** Tells whether all is black or white but for some shades at edges, or for what JPEG leaves. */
  private static boolean isSoft(MaskValues mask, SortedMap<Integer, Long> counts) {
    long all = counts.values().stream().mapToLong(Long::longValue).sum();
    int low = mask.greatest() / 10;
    int high = mask.greatest() - low;
    if (counts.firstKey() < 0) {
      return false;
    }
    long between = sum(counts.subMap(low + 1, high));
    if (mask.isLossy()) { // black is 0 there, so a little more than 0 is a number that got lost
      return between <= MOST_BETWEEN * all && isBright(mask, counts.lastKey());
    }
    if (counts.firstKey() > low && between == 0) { // bright, and of several numbers all the same
      return false;
    }
    int shades = counts.subMap(low + 1, high).size();
    boolean few = shades > 0 || !counts.headMap(low + 1).keySet().stream().allMatch(v -> v == 0);
    long coloured = sum(counts.tailMap(1));
    long white = sum(counts.tailMap(high));
    return (!few || shades >= LEAST_SHADES)
        && between <= MOST_BETWEEN * all
        && white >= coloured / 2;
  }

  private static long sum(SortedMap<Integer, Long> counts) {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }

  private static String shown(MaskValues mask, SortedMap<Integer, Long> counts) {
    String list =
        counts.keySet().stream()
            .limit(MOST_SHOWN)
            .map(mask::word)
            .collect(Collectors.joining(", "));
    int more = counts.size() - MOST_SHOWN;
    return more > 0 ? list + " and " + more + " more" : list;
  }
}
