package io.lossmith.losses;

import io.lossmith.autodiff.Tensor;
import java.io.Serial;

/**
 * A ratio loss that is 1 − score, or −ln score, of a score that is 1 where prediction and target
 * agree.
 *
 * @param <L> the loss itself
 */
public abstract class OverlapLoss<L extends OverlapLoss<L>> extends RatioLoss<L> {
  @Serial private static final long serialVersionUID = 1L;

  private static final double LEAST_SCORE = 1e-7;

  static final Option<Boolean> LOG =
      Option.flag("log", false, "−ln max(score, 1e-7) instead of 1 − score");
  static final Option<Boolean> SOFT_LABELS =
      Option.flag(
          "softLabels", false, "I = (P + T − Σ|p − t|)/2, least at p = t for soft targets too");

  OverlapLoss(Settings settings) {
    super(settings);
  }

  /** Returns this loss with another rule for classes that the target does not hold. */
  public final L withEmptyTarget(EmptyTarget rule) {
    return with(EMPTY_TARGET, rule);
  }

  /** Returns this loss as −ln max(score, 1e-7), or as 1 − score. */
  public final L withLog(boolean log) {
    return with(LOG, log);
  }

  @Override
  Tensor cost(Overlap o) {
    Tensor score = score(o);
    return get(LOG) ? score.maximum(LEAST_SCORE).log().unaryMinus() : score.unaryMinus().plus(1);
  }

  abstract Tensor score(Overlap o);

  /** Returns Σm·p·t, or with soft labels (P + T − Σm·|p − t|)/2. */
  final Tensor hits(Overlap o) {
    return get(SOFT_LABELS)
        ? o.predicted().plus(o.actual()).minus(o.sum(o.p().minus(o.t()).abs())).div(2)
        : o.hits();
  }
}
