package io.lossmith.losses.kit;

import io.lossmith.autodiff.Tensor;
import io.lossmith.core.Shape;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What a loss is given, checked and brought into one form: prediction and dense target {@code [N,
 * C, spatial...]}, labels {@code [N, 1, spatial...]}, both free of what does not count.
 */
public final class LossInputs {
  /** How far rounding may carry a probability out of 0..1. */
  public static final double HAIR = 1e-5;

  private final String who;
  private final LossShapes shapes;
  private final Tensor prediction;
  private final Tensor target;
  private final ValidMask valid;

  private LossInputs(
      String who, LossShapes shapes, Tensor prediction, Tensor target, ValidMask valid) {
    this.who = who;
    this.shapes = shapes;
    this.prediction = prediction;
    this.target = target;
    this.valid = valid;
  }

  /**
   * Checks what a loss is given.
   *
   * @throws io.lossmith.core.ShapeException if the shapes do not go together
   */
  public static LossInputs of(
      String who,
      Tensor prediction,
      Tensor target,
      @Nullable Tensor mask,
      @Nullable Integer ignoreIndex,
      Demand demand) {
    LossShapes shapes =
        LossShapes.of(
            who, prediction.shape(), target.shape(), mask == null ? null : mask.shape(), demand);
    Tensor weights = mask == null ? null : weights(who, mask, shapes);
    Tensor given = reshaped(target, shapes.labels() ? shapes.pixels() : shapes.prediction());
    if (shapes.labels()) {
      // Labels that do not count match no class or weigh 0: only the check must not see them.
      given =
          new ValidMask(weights)
              .select(given)
              .checkLabels(who + ": target", shapes.classes(), ignoreIndex);
    }
    ValidMask valid = new ValidMask(times(kept(given, ignoreIndex), weights));
    if (!shapes.labels()) {
      given = checked(who, valid.select(given), demand);
    }
    return new LossInputs(who, shapes, valid.select(prediction), given, valid);
  }

  private static Tensor weights(String who, Tensor mask, LossShapes shapes) {
    return reshaped(mask, shapes.pixels()).checkRange(who + ": mask", 0, Float.MAX_VALUE, "≥ 0");
  }

  private static Tensor checked(String who, Tensor target, Demand demand) {
    return demand.takesNumbers()
        ? target.checkNotNaN(who + ": target")
        : target.checkRange(who + ": target", 0, 1, "within 0..1");
  }

  /** A pixel is ignored where any of its channels holds the ignore index. */
  private static @Nullable Tensor kept(Tensor target, @Nullable Integer ignoreIndex) {
    if (ignoreIndex == null) {
      return null;
    }
    Tensor kept = target.notEqualTo(ignoreIndex);
    return target.shape().get(1) == 1 ? kept : kept.minKeep(1);
  }

  private static @Nullable Tensor times(@Nullable Tensor a, @Nullable Tensor b) {
    return a == null ? b : b == null ? a : a.times(b);
  }

  private static Tensor reshaped(Tensor x, Shape shape) {
    return x.shape().equals(shape) ? x : x.reshape(shape.toArray());
  }

  public String who() {
    return who;
  }

  /** Returns the prediction's shape. */
  public Shape shape() {
    return shapes.prediction();
  }

  public int classes() {
    return shapes.classes();
  }

  public int[] spatialAxes() {
    return shapes.spatialAxes();
  }

  /** Returns the prediction, 0 where a pixel does not count. */
  public Tensor prediction() {
    return prediction;
  }

  /**
   * Returns the prediction with the demand that it is within 0..1, but for {@link #HAIR}; NaN is no
   * wrong value but a broken model, and stays NaN.
   */
  public Tensor probabilities() {
    return prediction.checkRangeOrNaN(
        who + ": prediction",
        -HAIR,
        1 + HAIR,
        "within 0..1; logits were probably meant: set the activation, sigmoid or softmax");
  }

  public boolean hasLabels() {
    return shapes.labels();
  }

  /**
   * Returns the target with a channel for each class: 1 at the label, computed where it is used.
   */
  public Tensor target() {
    return hasLabels() ? target.equalTo(classNumbers()) : target;
  }

  /** Returns the target as t(1 − ε) + ε/C. */
  public Tensor smoothed(double epsilon) {
    return epsilon == 0 ? target() : target().times(1 - epsilon).plus(epsilon / classes());
  }

  /** Returns the class indices {@code [N, 1, spatial...]}, where there are some. */
  public Tensor labels() {
    return target;
  }

  /** Returns the target's channel of one class, {@code [N, 1, spatial...]}. */
  public Tensor target(int c) {
    return hasLabels() ? target.equalTo(c) : target.slice(1, c, c + 1);
  }

  /**
   * Returns t·x, where t is the target or a channel of it: labels choose, which costs less than a
   * product, and dense targets multiply. So x must be finite, as probabilities are; costs are
   * {@link #insideUnbounded}.
   */
  public Tensor inside(Tensor t, Tensor x) {
    return hasLabels() ? Tensor.where(t, x, 0) : x.times(t);
  }

  /**
   * Returns t·x as {@link #inside}, of an x whose slopes are finite: {@link Choice} then chooses
   * the gradient once. That pays where x is chosen several times, as for each label.
   */
  public Tensor insideSmooth(Tensor t, Tensor x) {
    return hasLabels() ? Choice.orZero(t, x) : x.times(t);
  }

  /**
   * Returns t·x of an x that may be infinite, and 0 where t is 0: a class that a logit of −∞ rules
   * out costs nothing where it is not the target. A dense t need not be the target as it was given.
   */
  public static Tensor insideUnbounded(Tensor t, Tensor x) {
    return t.times(Tensor.where(t, x, 0));
  }

  /** Returns (1 − t)·x, chosen or multiplied likewise. */
  public Tensor outside(Tensor t, Tensor x) {
    return hasLabels() ? Tensor.where(t, 0, x) : x.times(t.unaryMinus().plus(1));
  }

  /** Returns for each pixel, with axis 1 at size 1, the value of its label's channel. */
  public Tensor atLabel(Tensor perClass) {
    return Tensor.where(target(), perClass, 0).sumKeep(1);
  }

  public ValidMask valid() {
    return valid;
  }

  /**
   * Refuses a softmax that would always be 1.
   *
   * @throws IllegalArgumentException if there is one channel
   */
  public void requireSeveralChannels() {
    if (classes() == 1) {
      throw new IllegalArgumentException(
          who
              + ": prediction "
              + shape()
              + " has 1 channel, softmax needs at least 2; for one channel use sigmoid (with"
              + " cross entropy: bce-with-logits)");
    }
  }

  /**
   * Refuses to drop the only channel.
   *
   * @throws IllegalArgumentException if class 0 is to be left out and there is no other
   */
  public void requireForeground(boolean includeBackground) {
    if (!includeBackground && classes() == 1) {
      throw new IllegalArgumentException(
          who
              + ": includeBackground is false, but the prediction "
              + shape()
              + " has 1 channel, which is the foreground; must be true");
    }
  }

  /** Returns 0, 1, ... C − 1 along axis 1. */
  public Tensor classNumbers() {
    int[] sizes = new int[shape().rank()];
    Arrays.fill(sizes, 1);
    sizes[1] = classes();
    return Tensor.iota(classes()).reshape(sizes);
  }
}
