package io.lossmith.losses;

import io.lossmith.autodiff.Tensor;
import io.lossmith.losses.kit.Choice;
import io.lossmith.losses.kit.Entry;
import io.lossmith.losses.kit.Option;
import io.lossmith.losses.kit.RegionSums;
import io.lossmith.losses.kit.Settings;
import io.lossmith.losses.kit.SmoothedRatio;
import java.io.Serial;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Generalized Dice loss: one Dice ratio over all classes, small classes weighed up.
 *
 * <pre>mean over samples of  1 − (2·Σ_c w_c·I_c + a)/(Σ_c w_c·(P_c + T_c) + b)
 * w = 1/T² (square), 1/T (simple) or 1 (uniform)</pre>
 *
 * <p>Prediction {@code [N, C, spatial...]} with 1 to 3 spatial axes. Target: of the prediction's
 * shape within 0..1, or class indices {@code [N, spatial...]} or {@code [N, 1, spatial...]} (not
 * with {@code sigmoid}). A class that the target does not hold gets the largest finite weight of
 * its sample (with {@code aggregate} batch: of the batch); where no class is present the loss is 0.
 * Reduction {@code none} gives {@code [N]}, or {@code [1]}.
 *
 * <p>Use it for classes of very different sizes. With {@code square} one tiny class may outweigh
 * all others; {@code simple} is milder.
 *
 * <p>Source: Sudre et al. 2017, arXiv:1707.03237. Tested against MONAI's {@code
 * GeneralizedDiceLoss}.
 */
public final class GeneralizedDice extends CatalogueLoss<GeneralizedDice>
    implements Withers.OfRegions<GeneralizedDice> {
  @Serial private static final long serialVersionUID = 1L;

  /** How a class weighs, by its size T in the target. */
  public enum WeightType {
    /** 1/T². */
    SQUARE,
    /** 1/T. */
    SIMPLE,
    /** 1. */
    UNIFORM
  }

  static final Option<WeightType> WEIGHT_TYPE =
      Option.choice(
          "weightType",
          WeightType.SQUARE,
          List.of(WeightType.values()),
          "the weight of a class of size T: 1/T², 1/T or 1");
  static final Entry<GeneralizedDice> ENTRY =
      Entry.of(
              "generalized-dice",
              GeneralizedDice.class,
              GeneralizedDice::new,
              "one Dice ratio over all classes, small ones weighed up",
              "1 − (2·Σ w·I + a)/(Σ w·(P + T) + b)")
          .taking(Options.OF_REGIONS)
          .taking(
              Option.choice(
                  Options.AGGREGATE.name,
                  Aggregate.SAMPLE,
                  List.of(Aggregate.SAMPLE, Aggregate.BATCH),
                  "whether each sample has a ratio, or the batch"),
              WEIGHT_TYPE);

  private GeneralizedDice(Settings settings) {
    super(settings);
  }

  @Override
  Entry<GeneralizedDice> entry() {
    return ENTRY;
  }

  /** Returns it for logits, each channel for itself. */
  public static GeneralizedDice sigmoid() {
    return ofProbabilities().withActivation(Activation.SIGMOID);
  }

  /** Returns it for logits of classes of which each pixel has one. */
  public static GeneralizedDice softmax() {
    return ofProbabilities().withActivation(Activation.SOFTMAX);
  }

  /** Returns it for predictions that are probabilities. */
  public static GeneralizedDice ofProbabilities() {
    return ENTRY.make();
  }

  /** Returns this loss with classes weighed another way by their size. */
  public GeneralizedDice withWeightType(WeightType type) {
    return with(WEIGHT_TYPE, type);
  }

  @Override
  Tensor value(Tensor prediction, Tensor target, @Nullable Tensor mask) {
    RegionSums o = RegionLoss.sums(this, prediction, target, mask);
    Tensor sizes = o.actual();
    int classes = sizes.shape().rank() - 1;
    Tensor w = weights(sizes, classes);
    Tensor hits = w.times(o.hits()).sumKeep(classes).times(2);
    Tensor both = w.times(o.predicted().plus(sizes)).sumKeep(classes);
    double a = get(Options.SMOOTH_NUMERATOR);
    double b = get(Options.SMOOTH_DENOMINATOR);
    Tensor cost = SmoothedRatio.of(hits, both, a, b).unaryMinus().plus(1);
    Tensor values = Choice.orZero(sizes.maxKeep(classes), cost); // no class present: 0
    return get(Options.REDUCTION).of(values.reshape(values.shape().get(0)));
  }

  private Tensor weights(Tensor sizes, int classes) {
    Tensor raw =
        switch (get(WEIGHT_TYPE)) {
          case SQUARE -> sizes.square().reciprocal();
          case SIMPLE -> sizes.reciprocal();
          case UNIFORM -> Tensor.ones(sizes.shape().toArray());
        };
    Tensor infinite = raw.greaterThan(Float.MAX_VALUE);
    Tensor largest = Tensor.where(infinite, 0, raw).maxKeep(classes);
    return Tensor.where(infinite, largest, raw);
  }
}
