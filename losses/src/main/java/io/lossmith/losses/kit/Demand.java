package io.lossmith.losses.kit;

/**
 * What a loss asks of prediction and target.
 *
 * @param fewest the least number of spatial axes
 * @param dense whether class indices are refused
 * @param numbers whether a dense target may hold any numbers; else they must be within 0..1
 */
public record Demand(int fewest, boolean dense, boolean numbers) {
  /** Any shapes, probabilities or class indices. */
  public static final Demand PIXELS = spatial(0);

  /** Any shapes, no class indices. */
  public static final Demand ELEMENTS = PIXELS.dense(true);

  /** Any shapes, no class indices, any numbers. */
  public static final Demand NUMBERS = ELEMENTS.ofNumbers();

  /** Asks for spatial axes, so many or more; for probabilities or class indices. */
  public static Demand spatial(int fewest) {
    return new Demand(fewest, false, false);
  }

  /** Refuses class indices, or does not. */
  public Demand dense(boolean refused) {
    return new Demand(fewest, refused, numbers);
  }

  /** Takes any numbers in a dense target. */
  public Demand ofNumbers() {
    return new Demand(fewest, dense, true);
  }
}
