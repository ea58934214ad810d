package io.lossmith.losses.kit;

/**
 * What a loss asks of prediction and target.
 *
 * @param fewestAxes the least number of spatial axes
 * @param takesLabels whether the target may be class indices; it may always be dense, of the
 *     prediction's shape
 * @param takesNumbers whether a dense target may hold any numbers; else they must be within 0..1
 */
public record Demand(int fewestAxes, boolean takesLabels, boolean takesNumbers) {
  /** Any shapes, probabilities or class indices. */
  public static final Demand PIXELS = spatial(0);

  /** Any shapes, no class indices. */
  public static final Demand ELEMENTS = PIXELS.withoutLabels();

  /** Any shapes, no class indices, any numbers. */
  public static final Demand NUMBERS = ELEMENTS.ofNumbers();

  /** Asks for spatial axes, so many or more; for probabilities or class indices. */
  public static Demand spatial(int fewest) {
    return new Demand(fewest, true, false);
  }

  /** Refuses class indices. */
  public Demand withoutLabels() {
    return new Demand(fewestAxes, false, takesNumbers);
  }

  /** Takes any numbers in a dense target. */
  public Demand ofNumbers() {
    return new Demand(fewestAxes, takesLabels, true);
  }
}
