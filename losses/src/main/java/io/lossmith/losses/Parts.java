package io.lossmith.losses;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What combinators ask of the losses within them. Those of the catalogue answer for themselves;
 * others, such as lambdas, have no options.
 */
final class Parts {
  private Parts() {}

  /** The one place that tells losses of the catalogue from others. */
  static Optional<CatalogueLoss<?>> ofCatalogue(Loss part) {
    return part instanceof CatalogueLoss<?> loss ? Optional.of(loss) : Optional.empty();
  }

  /**
   * Returns the part with this ignore index.
   *
   * @param ignoreIndex null leaves the part alone
   * @throws IllegalArgumentException if the part has another one, or takes none
   */
  static Loss ignoring(Loss part, @Nullable Integer ignoreIndex, String who) {
    return ignoreIndex == null
        ? part
        : ofCatalogue(part)
            .orElseThrow(() -> takesNone(ignoreIndex, who))
            .ignoring(ignoreIndex, who);
  }

  static IllegalArgumentException takesNone(int ignoreIndex, String who) {
    return new IllegalArgumentException(
        who
            + ": ignoreIndex is "
            + ignoreIndex
            + ", but a part takes none; must be unset, or handled by a mask");
  }

  /** Returns a part's ignore index, in a sum that of any of its parts; null where there is none. */
  static @Nullable Integer ignoreIndex(Loss part) {
    return ofCatalogue(part).map(CatalogueLoss::ignoreIndex).orElse(null);
  }

  /** Returns the part with nothing ignored, and neither in its own parts. */
  static Loss ignoringNothing(Loss part) {
    return ofCatalogue(part).map(CatalogueLoss::ignoringNothing).orElse(part);
  }

  /**
   * Returns the part with its value for each pixel; a loss of one's own is taken to have one.
   *
   * @throws IllegalArgumentException if it has none
   */
  static Loss unreduced(Loss part, String who) {
    return ofCatalogue(part).map(loss -> loss.unreduced(who)).orElse(part);
  }

  /** Tells whether the part asks each pixel by itself; of a loss of one's own that is not known. */
  static boolean asksEachPixel(Loss part) {
    return ofCatalogue(part).map(CatalogueLoss::asksEachPixel).orElse(false);
  }

  /**
   * Refuses to activate again.
   *
   * @throws IllegalArgumentException if the part does, or takes logits when {@code outer} makes
   *     probabilities
   */
  static void requirePlain(Loss part, String who, Activation outer) {
    ofCatalogue(part).ifPresent(loss -> loss.requirePlain(who, outer));
  }

  /** Tells whether the part can be told that predictions are probabilities already. */
  static boolean canTakeProbabilities(Loss part) {
    return ofCatalogue(part).map(CatalogueLoss::canTakeProbabilities).orElse(false);
  }

  /** Returns a sum of one loss, or the sum that it is. */
  static WeightedSum asSum(Loss part) {
    return ofCatalogue(part)
        .map(CatalogueLoss::asSum)
        .orElseGet(() -> WeightedSum.of(List.of(new WeightedSum.Part(part, 1))));
  }
}
