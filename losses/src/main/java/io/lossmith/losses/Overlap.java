package io.lossmith.losses;

import io.lossmith.autodiff.Tensor;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The sums that region losses are made of: I = Σm·p·t, P = Σm·p, T = Σm·t, for each sample and
 * class {@code [N, C]}, each class {@code [C]} or all {@code []}; the background dropped if so
 * asked.
 */
final class Overlap {
  private final Segmentation s;
  private final Aggregate aggregate;
  private final boolean background;
  private final Tensor p;
  private final Tensor t;

  Overlap(Segmentation s, Tensor probabilities, Aggregate aggregate, boolean background) {
    s.requireForeground(background);
    this.s = s;
    this.aggregate = aggregate;
    this.background = background;
    this.p = probabilities;
    this.t = s.target();
  }

  Tensor p() {
    return p;
  }

  Tensor t() {
    return t;
  }

  /** Returns I = Σm·p·t. */
  Tensor hits() {
    return sum(s.hasLabels() ? Tensor.where(t, p, 0) : p.times(t));
  }

  /** Returns Σm·p·(1 − t), what is found too much. */
  Tensor extra() {
    return sum(s.hasLabels() ? Tensor.where(t, 0, p) : p.times(rest(t)));
  }

  /** Returns Σm·(1 − p)·t, what is missed. */
  Tensor missed() {
    return sum(s.hasLabels() ? Tensor.where(t, rest(p), 0) : rest(p).times(t));
  }

  /** Returns Σm·(1 − p)·(1 − t), what is rightly left out. */
  Tensor leftOut() {
    return sum(s.hasLabels() ? Tensor.where(t, 0, rest(p)) : rest(p).times(rest(t)));
  }

  private static Tensor rest(Tensor x) {
    return x.unaryMinus().plus(1);
  }

  /** Returns P = Σm·p. */
  Tensor predicted() {
    return sum(p);
  }

  /** Returns T = Σm·t. */
  Tensor actual() {
    return sum(t);
  }

  /** Returns the sum of weights Σm behind each value, or null if none can be 0. */
  @Nullable Tensor weights() {
    Tensor weight = s.valid().weight();
    if (weight == null) {
      return null;
    }
    return aggregate == Aggregate.ALL
        ? weight.sum().times(classes())
        : weight.sum(axes(false)); // [N, 1] or [1]
  }

  /** Returns how many elements are behind each value. */
  double elements() {
    double elements = aggregate == Aggregate.ALL ? classes() : 1;
    for (int axis : axes(false)) {
      elements *= s.shape().get(axis);
    }
    return elements;
  }

  /** Returns how many classes are counted. */
  int classes() {
    return background ? s.classes() : s.classes() - 1;
  }

  /** Returns the weighted sum of one value for each element, {@code [N, C, spatial...]}. */
  Tensor sum(Tensor values) {
    Tensor weighed = s.valid().weigh(values);
    if (background) {
      return weighed.sum(axes(aggregate == Aggregate.ALL));
    }
    Tensor sums = weighed.sum(axes(false));
    int classAxis = aggregate == Aggregate.SAMPLE ? 1 : 0;
    Tensor foreground = sums.slice(classAxis, 1, s.classes());
    return aggregate == Aggregate.ALL ? foreground.sum() : foreground;
  }

  private int[] axes(boolean classes) {
    List<Integer> axes = new ArrayList<>();
    if (aggregate != Aggregate.SAMPLE) {
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
