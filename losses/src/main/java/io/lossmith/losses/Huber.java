package io.lossmith.losses;

import io.lossmith.autodiff.CustomGradient;
import io.lossmith.autodiff.Tensor;
import io.lossmith.losses.kit.Demand;
import io.lossmith.losses.kit.Entry;
import io.lossmith.losses.kit.LossInputs;
import io.lossmith.losses.kit.NumberRange;
import io.lossmith.losses.kit.Option;
import io.lossmith.losses.kit.Settings;
import java.io.Serial;
import java.util.List;

/**
 * Huber loss: squared near the target, linear far from it.
 *
 * <pre>mean of  d²/2 where |d| ≤ δ, else δ·(|d| − δ/2)        d = p − t</pre>
 *
 * <p>Prediction {@code [N, C, spatial...]} with 0 to 3 spatial axes, target of the same shape; both
 * any numbers, a target that is NaN is an error. Option: {@code delta} δ &gt; 0.
 *
 * <p>Use it for maps of numbers with outliers. {@link SmoothL1} is this divided by δ.
 *
 * <p>Source: Huber 1964. Tested against PyTorch's {@code HuberLoss}.
 */
public final class Huber extends SegmentationLoss<Huber> {
  @Serial private static final long serialVersionUID = 1L;

  static final Option<Double> DELTA =
      Option.number("delta", 1.0, NumberRange.POSITIVE, "δ: where it turns from squared to linear");
  static final Entry<Huber> ENTRY =
      Entry.of(
              "huber",
              Huber.class,
              Huber::new,
              "squared near the target, linear far from it",
              "d²/2 where |d| ≤ δ, else δ·(|d| − δ/2)")
          .perPixel()
          .taking(Options.OF_PIXELS)
          .taking(DELTA);

  private Huber(Settings settings) {
    super(settings);
  }

  @Override
  Entry<Huber> entry() {
    return ENTRY;
  }

  @Override
  public PredictionKind predictionKind() {
    return PredictionKind.VALUES;
  }

  /** Returns it with every option left out. */
  public static Huber create() {
    return ENTRY.make();
  }

  /** Returns this loss turning linear at another distance &gt; 0. */
  public Huber withDelta(double delta) {
    return with(DELTA, delta);
  }

  @Override
  Demand demand() {
    return Demand.NUMBERS;
  }

  @Override
  Tensor value(LossInputs s) {
    return reduceElements(s, of(s.prediction().minus(s.target()), get(DELTA)));
  }

  /** With n = d, cut at ±δ, it is n·(d − n/2), in one piece, and its slope is n. */
  static Tensor of(Tensor difference, double delta) {
    Tensor near = difference.maximum(-delta).minimum(delta);
    return CustomGradient.of(
        near.times(difference.minus(near.times(0.5))),
        List.of(difference),
        g -> List.of(near.times(g)));
  }
}
