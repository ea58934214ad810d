package io.lossmith.app.data;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the numbers of mask files mean.
 *
 * @param classes 1: foreground or not; more: the number, or palette entry, is the class
 * @param foreground with one class, which numbers are foreground
 * @param invert with one class, what would be foreground is background, and the reverse
 * @param ignored numbers, or palette entries, that say that nothing is known of a pixel
 * @param colors the class of each colour, null where numbers are classes
 * @param predicted whether these are predictions, which say something of every pixel: nothing is
 *     ignored there, nor can be
 */
public record MaskRules(
    int classes,
    Foreground foreground,
    boolean invert,
    Set<Integer> ignored,
    @Nullable MaskColors colors,
    boolean predicted) {
  /** Returns the rules for so many classes and nothing else. */
  public static MaskRules of(int classes) {
    return new MaskRules(classes, Foreground.CLEAR, false, Set.of(), null, false);
  }

  /** Returns these rules for predicted masks. */
  public MaskRules ofPredictions() {
    return new MaskRules(
        classes, foreground, invert, Set.of(), colors == null ? null : colors.known(), true);
  }

  /** Returns these rules with numbers of unknown pixels. */
  MaskRules ignoring(Set<Integer> numbers) {
    return new MaskRules(classes, foreground, invert, numbers, colors, predicted);
  }
}
