package io.lossmith.losses;

import io.lossmith.autodiff.Tensor;
import io.lossmith.core.Elements;
import io.lossmith.losses.kit.ClassDistances;
import io.lossmith.losses.kit.Demand;
import io.lossmith.losses.kit.Entry;
import io.lossmith.losses.kit.LossInputs;
import io.lossmith.losses.kit.Option;
import io.lossmith.losses.kit.Settings;
import io.lossmith.losses.kit.SmoothedRatio;
import java.io.Serial;
import java.util.List;

/**
 * Generalized Wasserstein Dice loss: Dice where taking one class for another costs as much as the
 * two are apart.
 *
 * <pre>M = distances ÷ their greatest        δ = Σ_c M[y, c]·p_c        A = α_y·(1 − δ)
 * default:  mean over samples of  1 − (2·ΣA + a)/(2·ΣA + Σδ + b)         α = 0 for class 0, else 1
 * gdl:      mean over samples of  1 − (2·ΣA + a)/(Σα_y·(2 − δ) + b)      α_c = 1/(T_c + 1)</pre>
 *
 * <p>Prediction {@code [N, C, spatial...]} with 1 to 3 spatial axes and C ≥ 2; {@code activation}
 * is {@code softmax} unless told that predictions are probabilities. Target: class indices {@code
 * [N, spatial...]} or {@code [N, 1, spatial...]}; or dense of the prediction's shape within 0..1,
 * where every sum over pixels of label l runs over all pixels times t_l.
 *
 * <p>Options: {@code distances}, C lists of C numbers, row y the distances from class y (all
 * classes equally far where it is left out); {@code weighting}; {@code smoothNumerator} a and
 * {@code smoothDenominator} b. Reduction {@code none} gives {@code [N]}.
 *
 * <p>Use it for classes with a structure: parts of one organ are nearer to each other than to the
 * background. The distances must be known; without them it is a Dice of the foreground.
 *
 * <p>Source: Fidon et al. 2017, arXiv:1707.00478. Tested against MONAI's {@code
 * GeneralizedWassersteinDiceLoss}.
 */
public final class WassersteinDice extends SegmentationLoss<WassersteinDice>
    implements Withers.OfActivations<WassersteinDice>, Withers.OfRatios<WassersteinDice> {
  @Serial private static final long serialVersionUID = 1L;

  /** How a pixel weighs by its class. */
  public enum Weighting {
    /** The background 0, all other classes 1. */
    DEFAULT,
    /** 1/(T + 1) by the size T of the class in its sample. */
    GDL
  }

  static final Option<Activation> ACTIVATION =
      Option.choice(
          Options.ACTIVATION.name,
          Activation.SOFTMAX,
          List.of(Activation.NONE, Activation.SOFTMAX),
          Options.ACTIVATION.meaning);
  static final Option<ClassDistances> DISTANCES =
      Option.of(
          "distances",
          "list of C lists of C numbers ≥ 0",
          null,
          "how far classes are apart; all equally where it is left out",
          ClassDistances::read);
  static final Option<Weighting> WEIGHTING =
      Option.choice(
          "weighting",
          Weighting.DEFAULT,
          List.of(Weighting.values()),
          "the weight of a class: 1 but for the background, or 1/(size + 1)");
  static final Entry<WassersteinDice> ENTRY =
      Entry.of(
              "wasserstein-dice",
              WassersteinDice.class,
              WassersteinDice::new,
              "Dice where mistakes cost as much as classes are apart",
              "1 − (2·ΣA + a)/(2·ΣA + Σδ + b), δ = Σ_c M[y, c]·p_c, A = α_y·(1 − δ)")
          .taking(DISTANCES, WEIGHTING, ACTIVATION, Options.SMOOTH_BOTH)
          .taking(Options.SMOOTH_NUMERATOR, Options.SMOOTH_DENOMINATOR)
          .taking(Options.REDUCTION, Options.IGNORE_INDEX);

  private WassersteinDice(Settings settings) {
    super(settings);
  }

  @Override
  Entry<WassersteinDice> entry() {
    return ENTRY;
  }

  /** Returns it with every option left out: from logits, all classes equally far apart. */
  public static WassersteinDice create() {
    return ENTRY.make();
  }

  /** Returns this loss with other distances ≥ 0, row y those from class y. */
  public WassersteinDice withDistances(double[][] distances) {
    return with(DISTANCES, Elements.require(distances, "distances"));
  }

  /** Returns this loss with classes weighed another way. */
  public WassersteinDice withWeighting(Weighting weighting) {
    return with(WEIGHTING, weighting);
  }

  @Override
  Demand demand() {
    return Demand.spatial(1);
  }

  @Override
  Tensor value(LossInputs s) {
    s.requireSeveralChannels();
    requireDistances(s);
    Tensor size = sum(s, s.target());
    Tensor apart = apart(s, activated(s, get(ACTIVATION)), size);
    Tensor agreed = size.minus(apart);
    Tensor both = agreed.plus(size); // 2·(T − Σδ) + Σδ
    if (get(WEIGHTING) == Weighting.GDL) {
      Tensor alpha = size.plus(1).reciprocal();
      agreed = agreed.times(alpha);
      both = both.times(alpha);
    } else {
      Tensor foreground = Tensor.iota(s.classes());
      agreed = Tensor.where(foreground, agreed, 0);
      both = Tensor.where(foreground, both, apart);
    }
    return reduce(cost(s, agreed.sum(1).times(2), both.sum(1)));
  }

  private Tensor cost(LossInputs s, Tensor numerator, Tensor denominator) {
    double a = get(Options.SMOOTH_NUMERATOR);
    double b = get(Options.SMOOTH_DENOMINATOR);
    Tensor cost = SmoothedRatio.of(numerator, denominator, a, b).unaryMinus().plus(1);
    Tensor weight = s.valid().weight();
    return weight == null ? cost : Tensor.where(weight.sum(s.spatialAxes()).reshape(-1), cost, 0);
  }

  /** Returns Σδ over the pixels of each label, {@code [N, C]}. */
  private Tensor apart(LossInputs s, Tensor p, Tensor size) {
    ClassDistances distances = find(DISTANCES);
    if (distances == null || distances.areEqual()) {
      // δ is what the other classes have, and probabilities add up to 1 where they are softmax's.
      Tensor own = sum(s, s.insideSmooth(s.target(), p));
      return get(ACTIVATION) == Activation.SOFTMAX
          ? size.minus(own)
          : sum(s, s.insideSmooth(s.target(), p.sumKeep(1))).minus(own);
    }
    Tensor[] labels = new Tensor[s.classes()];
    for (int label = 0; label < labels.length; label++) {
      Tensor sums = sum(s, s.insideSmooth(s.target(label), p));
      labels[label] = sums.times(distances.from(label)).sumKeep(1);
    }
    return Tensor.concat(1, labels);
  }

  /** Returns sums over pixels, {@code [N, C]}. */
  private static Tensor sum(LossInputs s, Tensor values) {
    return s.valid().weigh(values).sum(s.spatialAxes());
  }

  private void requireDistances(LossInputs s) {
    ClassDistances given = find(DISTANCES);
    if (given != null && given.classes() != s.classes()) {
      throw new IllegalArgumentException(
          id()
              + ": distances has "
              + given.classes()
              + " rows, must have one for each of the "
              + s.classes()
              + " channels of the prediction "
              + s.shape());
    }
  }
}
