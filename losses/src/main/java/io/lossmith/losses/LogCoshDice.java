package io.lossmith.losses;

import io.lossmith.autodiff.CustomGradient;
import io.lossmith.autodiff.Tensor;
import io.lossmith.losses.kit.Entry;
import io.lossmith.losses.kit.RegionSums;
import io.lossmith.losses.kit.Settings;
import io.lossmith.losses.kit.SmoothedRatio;
import java.io.Serial;
import java.util.List;

/**
 * Log-cosh Dice loss: {@link Dice} with its gradient fading as it nears 0.
 *
 * <pre>ln cosh d      d the reduced Dice loss</pre>
 *
 * <p>Shapes and options are those of {@link Dice}; with reduction {@code none} each value goes
 * through ln cosh.
 *
 * <p>Use it where Dice is jumpy late in training. It is d²/2 for small d, so it nearly stops
 * learning from samples that are almost right.
 *
 * <p>Source: Jadon 2020, arXiv:2006.14822.
 */
public final class LogCoshDice extends RegionLoss<LogCoshDice>
    implements Withers.OfScores<LogCoshDice>, Withers.OfSoftLabels<LogCoshDice> {
  @Serial private static final long serialVersionUID = 1L;

  private static final double LARGE = 20;

  static final Entry<LogCoshDice> ENTRY =
      Entry.of(
              "log-cosh-dice",
              LogCoshDice.class,
              LogCoshDice::new,
              "Dice with its gradient fading as it nears 0",
              "ln cosh(dice)")
          .taking(OPTIONS)
          .taking(Options.EMPTY_TARGET, Dice.SQUARED, Options.SOFT_LABELS, Options.LOG);

  private LogCoshDice(Settings settings) {
    super(settings);
  }

  @Override
  Entry<LogCoshDice> entry() {
    return ENTRY;
  }

  /** Returns it for logits, each channel for itself. */
  public static LogCoshDice sigmoid() {
    return ofProbabilities().withActivation(Activation.SIGMOID);
  }

  /** Returns it for logits of classes of which each pixel has one. */
  public static LogCoshDice softmax() {
    return ofProbabilities().withActivation(Activation.SOFTMAX);
  }

  /** Returns it for predictions that are probabilities. */
  public static LogCoshDice ofProbabilities() {
    return ENTRY.make();
  }

  /** Returns this loss with Σp² + Σt² in the denominator, or with P + T. */
  public LogCoshDice withSquared(boolean squared) {
    return with(Dice.SQUARED, squared);
  }

  @Override
  Tensor value(RegionSums o) {
    Tensor score = Dice.score(o, get(Dice.SQUARED), get(Options.SOFT_LABELS));
    return lnCosh(reduced(o, SmoothedRatio.cost(score, get(Options.LOG))));
  }

  /**
   * ln cosh d = ln(1 + 2·sinh²(d/2)) loses nothing near 0; far away it is |d| − ln 2 to every
   * digit. The derivative is tanh d.
   */
  private static Tensor lnCosh(Tensor dice) {
    Tensor half = dice.clamp(-LARGE, LARGE).div(2);
    Tensor twiceSinh = half.exp().minus(half.unaryMinus().exp());
    Tensor near = twiceSinh.square().div(2).log1p();
    Tensor far = dice.abs().minus(Math.log(2));
    return CustomGradient.of(
        Tensor.where(dice.abs().greaterThan(LARGE), far, near),
        List.of(dice),
        g -> List.of(g.times(dice.tanh())));
  }
}
