package io.lossmith.losses;

import io.lossmith.autodiff.Tensor;
import java.io.Serial;
import java.util.List;

/**
 * A loss made of the Tversky index (I + a)/(I + α·FP + β·FN + b).
 *
 * @param <L> the loss itself
 */
public abstract class TverskyLike<L extends TverskyLike<L>> extends OverlapLoss<L> {
  @Serial private static final long serialVersionUID = 1L;

  static final Option<Double> ALPHA =
      Option.number("alpha", 0.5, Range.AT_LEAST_0, "α: the price of false positives");
  static final Option<Double> BETA =
      Option.number("beta", 0.5, Range.AT_LEAST_0, "β: the price of false negatives");
  static final List<Option<?>> TVERSKY_OPTIONS = List.of(ALPHA, BETA, LOG);

  TverskyLike(Settings settings) {
    super(settings);
  }

  /** Returns this loss with another price ≥ 0 of false positives. */
  public final L withAlpha(double alpha) {
    return with(ALPHA, alpha);
  }

  /** Returns this loss with another price ≥ 0 of false negatives. */
  public final L withBeta(double beta) {
    return with(BETA, beta);
  }

  @Override
  final Tensor score(Overlap o) {
    Tensor hits = o.hits();
    Tensor extra = o.predicted().minus(hits).times(get(ALPHA));
    Tensor missed = o.actual().minus(hits).times(get(BETA));
    return ratio(o, hits, hits.plus(extra).plus(missed));
  }
}
