package io.lossmith.losses.kit;

import io.lossmith.autodiff.CustomGradient;
import io.lossmith.autodiff.Tensor;
import java.util.List;
import java.util.stream.IntStream;

/** Two lists of boxes and what can be measured on them, each {@code [N, 1]}. */
public final class BoxPair {
  public static final double EPSILON = 1e-7;

  private static final String CORNERS =
      "≥ 0; boxes are given as x1, y1, x2, y2, not as centre and size";

  private final String who;
  private final Tensor p;
  private final Tensor t;
  private final Tensor common;
  private final Tensor union;

  /** Takes {@code [N, 4]} each, as x1, y1, x2, y2; a target must not be turned inside out. */
  public BoxPair(String who, Tensor p, Tensor t) {
    this.who = who;
    this.p = p;
    this.t = t;
    common = common(0).times(common(1));
    union = length(p, 0).times(length(p, 1)).plus(areaOfTarget()).minus(common);
  }

  private static Tensor at(Tensor boxes, int i) {
    return boxes.slice(1, i, i + 1);
  }

  /** Returns the length along x (0) or y (1); a box turned inside out has none. */
  private static Tensor length(Tensor boxes, int axis) {
    return at(boxes, axis + 2).minus(at(boxes, axis)).relu();
  }

  private Tensor areaOfTarget() {
    return ofTarget("width", 0).times(ofTarget("height", 1));
  }

  private Tensor ofTarget(String what, int axis) {
    return at(t, axis + 2)
        .minus(at(t, axis))
        .checkRange(who + ": " + what + " of target", 0, Float.MAX_VALUE, CORNERS);
  }

  private Tensor common(int axis) {
    return at(p, axis + 2).minimum(at(t, axis + 2)).minus(at(p, axis).maximum(at(t, axis))).relu();
  }

  private Tensor around(int axis) {
    return at(p, axis + 2).maximum(at(t, axis + 2)).minus(at(p, axis).minimum(at(t, axis)));
  }

  /** Returns intersection over union; boxes without an area agree if they are the same. */
  public Tensor iou() {
    return Choice.of(union.equalTo(0), same(), common.div(union.plus(EPSILON)));
  }

  /** Compares column by column: a fold over them would want all four in each tile. */
  private Tensor same() {
    return IntStream.range(0, 4)
        .mapToObj(i -> at(p, i).equalTo(at(t, i)))
        .reduce(Tensor::times)
        .orElseThrow();
  }

  /** Returns how much of the box around both is in neither. */
  public Tensor waste() {
    Tensor area = around(0).times(around(1));
    return area.minus(union).div(area.plus(EPSILON));
  }

  /**
   * Returns the squared distance of the centres over the squared diagonal of the box around both.
   */
  public Tensor distance() {
    Tensor diagonal = around(0).square().plus(around(1).square()).plus(EPSILON);
    return centres(0).square().plus(centres(1).square()).div(diagonal);
  }

  private Tensor centres(int axis) {
    return at(p, axis).plus(at(p, axis + 2)).minus(at(t, axis)).minus(at(t, axis + 2)).div(2);
  }

  /** Returns 4/π² times the squared difference of the angles of both diagonals. */
  public Tensor shape() {
    return angle(t).minus(angle(p)).square().times(4 / (Math.PI * Math.PI));
  }

  /**
   * Returns atan2(w, h), 0 for a box that is a point. Its derivatives h/(w² + h²) and −w/(w² + h²)
   * are 0 there: rules would go through w/h.
   */
  private static Tensor angle(Tensor boxes) {
    Tensor w = length(boxes, 0);
    Tensor h = length(boxes, 1);
    Tensor flat = h.equalTo(0);
    Tensor upright = w.div(Tensor.where(flat, 1, h)).atan();
    Tensor value = Tensor.where(flat, w.greaterThan(0).times(Math.PI / 2), upright);
    Tensor squares = w.square().plus(h.square());
    Tensor scale = Tensor.where(squares.equalTo(0), 1, squares);
    return CustomGradient.of(
        value,
        List.of(w, h),
        g -> List.of(g.times(h).div(scale), g.times(w).div(scale).unaryMinus()));
  }
}
