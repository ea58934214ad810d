package io.lossmith.losses;

import io.lossmith.autodiff.Tensor;
import java.io.Serial;
import java.util.List;

/**
 * A loss made of the Dice score (2I + a)/(P + T + b).
 *
 * @param <L> the loss itself
 */
public abstract class DiceLike<L extends DiceLike<L>> extends OverlapLoss<L> {
  @Serial private static final long serialVersionUID = 1L;

  static final Option<Boolean> SQUARED =
      Option.flag("squared", false, "Σp² + Σt² in place of P + T (V-Net)");
  static final List<Option<?>> DICE_OPTIONS = List.of(SQUARED, SOFT_LABELS, LOG);

  DiceLike(Settings settings) {
    super(settings);
  }

  /** Returns this loss with Σp² + Σt² in the denominator, or with P + T. */
  public final L withSquared(boolean squared) {
    return with(SQUARED, squared);
  }

  /** Returns this loss with I = (P + T − Σ|p − t|)/2, or with Σp·t. */
  public final L withSoftLabels(boolean softLabels) {
    return with(SOFT_LABELS, softLabels);
  }

  @Override
  final Tensor score(Overlap o) {
    Tensor sizes =
        get(SQUARED)
            ? o.sum(o.p().square()).plus(o.sum(o.t().square()))
            : o.predicted().plus(o.actual());
    return ratio(o, hits(o).times(2), sizes);
  }
}
