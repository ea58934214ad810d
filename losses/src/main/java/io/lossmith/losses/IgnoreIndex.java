package io.lossmith.losses;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A combinator's ignore index holds for every part. */
final class IgnoreIndex {
  private IgnoreIndex() {}

  /**
   * Returns the part with this ignore index.
   *
   * @param ignoreIndex null leaves the part alone
   * @throws IllegalArgumentException if the part has another one, or takes none
   */
  static Loss handedTo(Loss part, @Nullable Integer ignoreIndex, String who) {
    if (ignoreIndex == null) {
      return part;
    }
    if (!(part instanceof CatalogueLoss)
        || !((CatalogueLoss<?>) part).takes(SegmentationLoss.IGNORE_INDEX)) {
      throw new IllegalArgumentException(
          who
              + ": ignoreIndex is "
              + ignoreIndex
              + ", but a part takes none; must be unset, or handled by a mask");
    }
    CatalogueLoss<?> loss = (CatalogueLoss<?>) part;
    Integer own = loss.find(SegmentationLoss.IGNORE_INDEX);
    if (own != null && !own.equals(ignoreIndex)) {
      throw new IllegalArgumentException(
          who
              + ": ignoreIndex is "
              + ignoreIndex
              + ", that of its part "
              + loss.id()
              + " is "
              + own
              + "; must be one value");
    }
    return loss.with(SegmentationLoss.IGNORE_INDEX, ignoreIndex);
  }

  /** Returns a part's ignore index, in a sum that of any of its parts; null where there is none. */
  static @Nullable Integer of(Loss part) {
    if (!(part instanceof CatalogueLoss)) {
      return null;
    }
    CatalogueLoss<?> loss = (CatalogueLoss<?>) part;
    Integer own =
        loss.takes(SegmentationLoss.IGNORE_INDEX) ? loss.find(SegmentationLoss.IGNORE_INDEX) : null;
    return own != null || !(part instanceof WeightedSum)
        ? own
        : ((WeightedSum) part)
            .parts().stream()
                .map(p -> of(p.loss()))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
  }

  /** Returns the part with nothing ignored, and neither in its own parts. */
  static Loss without(Loss part) {
    if (part instanceof WeightedSum) {
      return ((WeightedSum) part).mapped(IgnoreIndex::without);
    }
    return part instanceof CatalogueLoss
            && ((CatalogueLoss<?>) part).takes(SegmentationLoss.IGNORE_INDEX)
        ? ((CatalogueLoss<?>) part).with(SegmentationLoss.IGNORE_INDEX, null)
        : part;
  }
}
