package io.lossmith.losses;

import io.lossmith.autodiff.Gradients;
import io.lossmith.autodiff.Tensor;
import io.lossmith.autodiff.Tracing;
import io.lossmith.autodiff.ValueAndGradients;
import io.lossmith.core.Elements;
import io.lossmith.core.Shape;
import io.lossmith.core.ShapeException;
import io.lossmith.losses.kit.Either;
import io.lossmith.losses.kit.Entry;
import io.lossmith.losses.kit.NumberRange;
import io.lossmith.losses.kit.Option;
import io.lossmith.losses.kit.OptionText;
import io.lossmith.losses.kit.Settings;
import java.io.Serial;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * One loss on several outputs of a network, from fine to coarse.
 *
 * <pre>
 * Σ_l weight_l·loss(prediction_l, target_l)      target_l the target in the size of prediction_l
 * weights exp: max(½^l, 1/16)     same: 1     two: 1, then ½</pre>
 *
 * <p>Predictions {@code [N, C, spatial...]}, the finest first as a rule, with 1 to 3 spatial axes
 * each and the same N. The target is what the loss takes at the finest size: dense {@code [N, C,
 * spatial...]}, or class indices {@code [N, spatial...]} or {@code [N, 1, spatial...]}; a mask has
 * the spatial sizes of the target. Where sizes differ from a prediction's, target and mask are
 * resized to them by the nearest element below the centre of each new one (PyTorch's
 * nearest-exact), larger along all spatial axes or smaller along all, so that class indices stay
 * whole numbers.
 *
 * <p>Options: {@code weights} as above or a list, one for each prediction; {@code normalize}
 * divides by their sum. As a {@link Loss} it takes one prediction, which is the first of the list.
 *
 * <pre>{@code
 * DeepSupervision loss = DeepSupervision.of(Dice.softmax().plus(CrossEntropy.create()));
 * ValueAndGradients r = loss.valueAndGradients(List.of(full, half, quarter), labels);
 * }</pre>
 *
 * <p>Use it where a network has outputs at several depths: it brings the gradient to the deep
 * layers without a detour.
 *
 * <p>Source: Lee et al. 2015, arXiv:1409.5185. Tested against MONAI's {@code DeepSupervisionLoss}.
 * nnU-Net normalizes, takes ½^l and leaves the coarsest out: that is a list with normalize.
 */
public final class DeepSupervision extends CatalogueLoss<DeepSupervision>
    implements Withers.OfTargets<DeepSupervision> {
  @Serial private static final long serialVersionUID = 1L;

  /** How predictions weigh by their place l = 0, 1, … in the list. */
  public enum Weights {
    /** max(½^l, 1/16). */
    EXP,
    /** 1 each. */
    SAME,
    /** 1 for the first, ½ for the others. */
    TWO
  }

  static final Option<Loss> LOSS = NamedLoss.option("the loss of each prediction");
  private static final Option<Weights> RULE =
      Option.choice(
          "weights", Weights.EXP, List.of(Weights.values()), "the factor of each prediction");
  private static final Option<List<Double>> LIST =
      Option.numbers("weights", NumberRange.AT_LEAST_0, "");
  static final Option<Either<Weights, List<Double>>> WEIGHTS =
      Option.either(
          RULE,
          LIST,
          RULE.type + ", or " + LIST.type,
          Weights.EXP,
          given -> given instanceof Weights || given instanceof String);
  static final Option<Boolean> NORMALIZE =
      Option.flag("normalize", false, "divides by the sum of the weights");
  static final Entry<DeepSupervision> ENTRY =
      Entry.of(
              "deep-supervision",
              DeepSupervision.class,
              DeepSupervision::new,
              "one loss on several outputs of a network",
              "Σ weight_l·loss(prediction_l, resized target)")
          .taking(LOSS, WEIGHTS, NORMALIZE, Options.IGNORE_INDEX);

  private final Loss loss;

  private DeepSupervision(Settings settings) {
    super(settings);
    Integer ignoreIndex = settings.find(Options.IGNORE_INDEX);
    this.loss = Parts.ignoring(NamedLoss.of(settings, LOSS), ignoreIndex, ENTRY.id);
  }

  @Override
  Entry<DeepSupervision> entry() {
    return ENTRY;
  }

  @Override
  public @Nullable PredictionKind predictionKind() {
    return loss.predictionKind();
  }

  /** Returns a loss of several predictions, weighed max(½^l, 1/16). */
  public static DeepSupervision of(Loss loss) {
    return new DeepSupervision(Settings.of(ENTRY.id).with(LOSS, loss));
  }

  /** Returns this loss with predictions weighed by another rule. */
  public DeepSupervision withWeights(Weights rule) {
    return with(WEIGHTS, rule);
  }

  /** Returns this loss with a factor ≥ 0 for each prediction. */
  public DeepSupervision withWeights(double... weights) {
    return with(WEIGHTS, weights);
  }

  /** Returns this loss divided by the sum of the weights, or not. */
  public DeepSupervision withNormalize(boolean normalize) {
    return with(NORMALIZE, normalize);
  }

  /**
   * Returns the loss of several predictions.
   *
   * @throws ShapeException if there are none, or shapes do not go together
   * @throws IllegalArgumentException if there is a list of weights of another length
   */
  public Tensor apply(List<Tensor> predictions, Tensor target) {
    Objects.requireNonNull(target, "target");
    return value(predictions, target, null);
  }

  /**
   * Returns the loss of several predictions with a weight for each pixel of the target; a mask of
   * null is none.
   */
  public Tensor apply(List<Tensor> predictions, Tensor target, @Nullable Tensor mask) {
    Objects.requireNonNull(target, "target");
    return value(predictions, target, mask);
  }

  /** Returns the value and the gradient with respect to each prediction, by one program. */
  public ValueAndGradients valueAndGradients(List<Tensor> predictions, Tensor target) {
    return valueAndGradients(predictions, target, null);
  }

  /**
   * Returns value and gradients with a weight for each pixel of the target; a mask of null is none.
   */
  public ValueAndGradients valueAndGradients(
      List<Tensor> predictions, Tensor target, @Nullable Tensor mask) {
    Objects.requireNonNull(target, "target");
    Elements.requireNone(predictions, "predictions");
    int levels = predictions.size();
    List<Tensor> arguments = new ArrayList<>(predictions);
    arguments.add(target);
    if (mask != null) {
      arguments.add(mask);
    }
    List<Tensor> results =
        Tracing.call(
            this,
            levels + " predictions",
            arguments,
            all -> {
              List<Tensor> traced = all.subList(0, levels);
              Tensor tracedMask = mask == null ? null : all.get(levels + 1);
              Tensor value = value(traced, all.get(levels), tracedMask);
              List<Tensor> outputs = new ArrayList<>(List.of(value));
              outputs.addAll(Gradients.of(value, traced));
              return outputs;
            });
    return new ValueAndGradients(results.get(0), results.subList(1, results.size()));
  }

  @Override
  boolean asksEachPixel() {
    return Parts.asksEachPixel(loss);
  }

  @Override
  Tensor value(Tensor prediction, Tensor target, @Nullable Tensor mask) {
    return value(List.of(prediction), target, mask);
  }

  private Tensor value(List<Tensor> predictions, Tensor target, @Nullable Tensor mask) {
    Elements.requireNone(predictions, "predictions");
    List<Double> weights = weights(predictions.size());
    double sum = weights.stream().mapToDouble(Double::doubleValue).sum();
    double divisor = get(NORMALIZE) && sum > 0 ? sum : 1;
    Tensor total = null;
    for (int l = 0; l < predictions.size(); l++) {
      Tensor prediction = predictions.get(l);
      Tensor resized = resized("target", target, prediction.shape());
      if (mask != null) {
        requireTogether(target, mask, prediction.shape().rank() - 2);
      }
      Tensor value =
          loss.apply(
              prediction, resized, mask == null ? null : resized("mask", mask, prediction.shape()));
      total = WeightedSum.sum(id(), total, value, weights.get(l) / divisor);
    }
    return Objects.requireNonNull(total);
  }

  private List<Double> weights(int levels) {
    if (levels == 0) {
      throw new ShapeException(id() + ": predictions is an empty list, must hold one at least");
    }
    return get(WEIGHTS)
        .fold(
            rule -> IntStream.range(0, levels).mapToObj(l -> weight(rule, l)).toList(),
            given -> requireEach(given, levels));
  }

  private List<Double> requireEach(List<Double> given, int levels) {
    if (given.size() != levels) {
      throw OptionText.mustBe(
          id() + ": weights", given, "a number for each prediction, of which there are " + levels);
    }
    return given;
  }

  private static double weight(Weights rule, int level) {
    return switch (rule) {
      case EXP -> Math.max(Math.pow(0.5, level), 1.0 / 16);
      case SAME -> 1;
      case TWO -> level == 0 ? 1 : 0.5;
    };
  }

  /** A level is larger along no axis and smaller along another: that is a picture turned. */
  private void requireAlike(String what, Shape x, int[] from, Shape prediction, int[] to) {
    boolean grows = IntStream.range(0, to.length).anyMatch(axis -> to[axis] > from[axis]);
    boolean shrinks = IntStream.range(0, to.length).anyMatch(axis -> to[axis] < from[axis]);
    if (grows && shrinks) {
      throw new ShapeException(
          id()
              + ": "
              + what
              + " is "
              + x
              + ", a prediction is "
              + prediction
              + "; it must not be larger along one spatial axis and smaller along another");
    }
  }

  /** The mask belongs to the pixels of the target, whichever prediction they are resized to. */
  private void requireTogether(Tensor target, Tensor mask, int spatial) {
    int[] pixels = spatialSizes(target, spatial);
    if (!Arrays.equals(pixels, spatialSizes(mask, spatial))) {
      throw new ShapeException(
          id()
              + ": mask is "
              + mask.shape()
              + ", target is "
              + target.shape()
              + "; both must have the same spatial sizes");
    }
  }

  private static int[] spatialSizes(Tensor x, int spatial) {
    int[] sizes = x.shape().toArray();
    return Arrays.copyOfRange(sizes, Math.max(0, sizes.length - spatial), sizes.length);
  }

  /** Returns what stands at each pixel of a target or mask in the sizes of a prediction. */
  private Tensor resized(String what, Tensor x, Shape prediction) {
    int[] sizes = prediction.toArray();
    int spatial = sizes.length - 2;
    boolean hasChannels = x.shape().rank() == sizes.length;
    if (spatial < 1 || spatial > 3 || !hasChannels && x.shape().rank() != sizes.length - 1) {
      throw new ShapeException(
          id()
              + ": "
              + what
              + " is "
              + x.shape()
              + ", a prediction is "
              + prediction
              + "; predictions must be [N, C, spatial...] with 1 to 3 spatial axes, the "
              + what
              + " [N, C, spatial...] or [N, spatial...] with as many");
    }
    int[] wanted = Arrays.copyOfRange(sizes, 2, sizes.length);
    Tensor channels = hasChannels ? x : x.unsqueeze(1);
    if (Arrays.equals(wanted, Arrays.copyOfRange(channels.shape().toArray(), 2, sizes.length))) {
      return x;
    }
    requireAlike(
        what,
        x.shape(),
        Arrays.copyOfRange(channels.shape().toArray(), 2, sizes.length),
        prediction,
        wanted);
    Tensor resized = channels.resizeNearestExact(wanted);
    return hasChannels ? resized : resized.squeeze(1);
  }
}
