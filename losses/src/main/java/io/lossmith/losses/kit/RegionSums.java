package io.lossmith.losses.kit;

import io.lossmith.autodiff.Tensor;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The sums that region losses are made of: I = Σm·p·t, P = Σm·p, T = Σm·t, for each sample and
 * class {@code [N, C]}, each class {@code [C]} or all {@code []}; the background dropped if so
 * asked.
 */
public final class RegionSums {
  private final LossInputs s;
  private final Over over;
  private final boolean background;
  private final double a;
  private final double b;
  private final Tensor p;
  private final Tensor t;

  /** What sums run over beside the pixels. */
  public enum Over {
    PIXELS,
    BATCH,
    BATCH_AND_CLASSES
  }

  /**
   * Takes probabilities and the target.
   *
   * @param over what sums run over
   * @param background whether class 0 counts
   * @param a what is added to the numerators of ratios
   * @param b what is added to their denominators
   */
  public RegionSums(
      LossInputs s, Tensor probabilities, Over over, boolean background, double a, double b) {
    s.requireForeground(background);
    this.s = s;
    this.over = over;
    this.background = background;
    this.a = a;
    this.b = b;
    this.p = probabilities;
    this.t = s.target();
  }

  /** Returns what the sums are of. */
  public LossInputs inputs() {
    return s;
  }

  /** Returns the probabilities, {@code [N, C, spatial...]}. */
  public Tensor p() {
    return p;
  }

  /** Returns the target, {@code [N, C, spatial...]}. */
  public Tensor t() {
    return t;
  }

  /** Returns I = Σm·p·t. */
  public Tensor hits() {
    return sum(s.inside(t, p));
  }

  /** Returns (P + T − Σm·|p − t|)/2, which is I too where the target is hard. */
  public Tensor softHits() {
    return predicted().plus(actual()).minus(sum(p.minus(t).abs())).div(2);
  }

  /** Returns Σm·p·(1 − t), what is found too much. */
  public Tensor extra() {
    return sum(s.outside(t, p));
  }

  /** Returns Σm·(1 − p)·t, what is missed. */
  public Tensor missed() {
    return sum(s.inside(t, rest(p)));
  }

  /** Returns Σm·(1 − p)·(1 − t), what is rightly left out. */
  public Tensor leftOut() {
    return sum(s.outside(t, rest(p)));
  }

  private static Tensor rest(Tensor x) {
    return x.unaryMinus().plus(1);
  }

  /** Returns P = Σm·p. */
  public Tensor predicted() {
    return sum(p);
  }

  /** Returns T = Σm·t. */
  public Tensor actual() {
    return sum(t);
  }

  /** Returns the sum of weights Σm behind each value, or null if none can be 0. */
  public @Nullable Tensor weights() {
    Tensor weight = s.valid().weight();
    if (weight == null) {
      return null;
    }
    return over == Over.BATCH_AND_CLASSES
        ? weight.sum().times(classes())
        : weight.sum(axes(false)); // [N, 1] or [1]
  }

  /** Returns how many elements are behind each value. */
  public double elements() {
    double elements = over == Over.BATCH_AND_CLASSES ? classes() : 1;
    for (int axis : axes(false)) {
      elements *= s.shape().get(axis);
    }
    return elements;
  }

  /** Returns how many classes are counted. */
  public int classes() {
    return background ? s.classes() : s.classes() - 1;
  }

  /** Returns the weighted sum of one value for each element, {@code [N, C, spatial...]}. */
  public Tensor sum(Tensor values) {
    Tensor weighed = s.valid().weigh(values);
    if (background) {
      return weighed.sum(axes(over == Over.BATCH_AND_CLASSES));
    }
    Tensor sums = weighed.sum(axes(false));
    int classAxis = over == Over.PIXELS ? 1 : 0;
    Tensor foreground = sums.slice(classAxis, 1, s.classes());
    return over == Over.BATCH_AND_CLASSES ? foreground.sum() : foreground;
  }

  /** Returns (numerator + a)/(denominator + b), where 0/0 is 1, and 1 too where no pixel counts. */
  public Tensor ratio(Tensor numerator, Tensor denominator) {
    Tensor score = SmoothedRatio.of(numerator, denominator, a, b);
    Tensor weights = a == b ? null : weights();
    return weights == null ? score : Tensor.where(weights.equalTo(0), 1, score);
  }

  private int[] axes(boolean classes) {
    List<Integer> axes = new ArrayList<>();
    if (over != Over.PIXELS) {
      axes.add(0);
    }
    if (classes) {
      axes.add(1);
    }
    for (int axis : s.spatialAxes()) {
      axes.add(axis);
    }
    return axes.stream().mapToInt(Integer::intValue).toArray();
  }
}
