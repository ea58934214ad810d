package io.lossmith.core.engine.cpu.fusion;

import io.lossmith.core.engine.cpu.tile.Fusion;
import java.util.List;

/** All patterns that become one instruction, in the order in which they take values. */
public final class Fusions {
  public static final List<Fusion> ALL =
      List.of(
          // Whatever is compared with class labels first: it saves whole arrays of ones and zeros.
          new LabelLookup(),
          new LabelSum(),
          new SoftmaxLabelGradient(),
          new LabelDot(),
          new LabelGradient(),
          new LabelChoice(),
          // What is only summed over all of the loop is never stored.
          new ProductSum(),
          new DistanceSum(),
          new OutOfRangeSum(),
          // Powers of e cost most, so they are shared.
          new SoftmaxNumerator(),
          new ScaledExponential(),
          new Logistic(),
          // A few operations in a row; what takes most comes before what would take a part of it.
          new AdamStep(),
          new LimitedLogarithm(),
          new Clamp(),
          new GuardedQuotient(),
          new SigmoidSlope(),
          new SoftmaxGradient(),
          new RowDot(),
          new MultiplyAdd(),
          new MultiplyFrom());

  private Fusions() {}
}
