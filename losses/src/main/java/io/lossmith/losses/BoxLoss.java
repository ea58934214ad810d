package io.lossmith.losses;

import io.lossmith.autodiff.Tensor;
import io.lossmith.core.Shape;
import io.lossmith.core.ShapeException;
import io.lossmith.losses.kit.BoxPair;
import io.lossmith.losses.kit.Entry;
import io.lossmith.losses.kit.Settings;
import io.lossmith.losses.kit.ValidMask;
import java.io.Serial;
import org.jspecify.annotations.Nullable;

/**
 * How far boxes are apart.
 *
 * <pre>iou    1 − IoU                        mean over the boxes
 * giou   1 − IoU + (C − U)/C             C the area of the box around both, U the union
 * diou   1 − IoU + ρ²/c²                 ρ between the centres, c the diagonal around both
 * ciou   1 − IoU + ρ²/c² + α·v           v = 4/π²·(atan2(w_t, h_t) − atan2(w_p, h_p))²
 *                                        α = v/(1 − IoU + v), a constant for the gradient</pre>
 *
 * <p>Prediction and target {@code [N, 4]} as x1, y1, x2, y2, mask {@code [N]}; reduction {@code
 * none} gives {@code [N]}. Denominators carry ε = 1e-7. A predicted box turned inside out counts as
 * empty. Identical boxes without an area cost 0, and gradients stay finite.
 *
 * <p>Boxes that do not meet have no gradient in {@code iou}; {@code giou} and the others pull them
 * together. {@code ciou} also learns the shape.
 *
 * <p>Sources: Rezatofighi et al. 2019, arXiv:1902.09630; Zheng et al. 2020, arXiv:1911.08287.
 * Tested against torchvision, which gives NaN for boxes of height 0.
 */
public final class BoxLoss extends CatalogueLoss<BoxLoss> {
  @Serial private static final long serialVersionUID = 1L;

  private static final int COORDINATES = 4;

  /** What is added to 1 − IoU. */
  private enum Kind {
    IOU,
    GIOU,
    DIOU,
    CIOU
  }

  static final Entry<BoxLoss> IOU =
      entry(Kind.IOU, "box-iou", "intersection over union of boxes", "1 − IoU");
  static final Entry<BoxLoss> GIOU =
      entry(
          Kind.GIOU, "giou", "IoU of boxes, and what is empty around them", "1 − IoU + (C − U)/C");
  static final Entry<BoxLoss> DIOU =
      entry(
          Kind.DIOU,
          "diou",
          "IoU of boxes, and how far their centres are apart",
          "1 − IoU + ρ²/c²");
  static final Entry<BoxLoss> CIOU =
      entry(Kind.CIOU, "ciou", "IoU, centres and shape of boxes", "1 − IoU + ρ²/c² + α·v");

  private final Kind kind;

  private BoxLoss(Settings settings, Kind kind) {
    super(settings);
    this.kind = kind;
  }

  private static Entry<BoxLoss> entry(Kind kind, String id, String meaning, String formula) {
    return Entry.of(id, BoxLoss.class, given -> new BoxLoss(given, kind), meaning, formula)
        .taking(Options.REDUCTION);
  }

  @Override
  Entry<BoxLoss> entry() {
    return switch (kind) {
      case IOU -> IOU;
      case GIOU -> GIOU;
      case DIOU -> DIOU;
      case CIOU -> CIOU;
    };
  }

  @Override
  public PredictionKind predictionKind() {
    return PredictionKind.VALUES;
  }

  /** Returns 1 − IoU. */
  public static BoxLoss iou() {
    return IOU.make();
  }

  /** Returns generalized IoU's loss. */
  public static BoxLoss giou() {
    return GIOU.make();
  }

  /** Returns distance IoU's loss. */
  public static BoxLoss diou() {
    return DIOU.make();
  }

  /** Returns complete IoU's loss. */
  public static BoxLoss ciou() {
    return CIOU.make();
  }

  /** Returns this loss with another reduction. */
  public BoxLoss withReduction(Reduction reduction) {
    return with(Options.REDUCTION, reduction);
  }

  @Override
  Tensor value(Tensor prediction, Tensor target, @Nullable Tensor mask) {
    requireBoxes(prediction.shape(), target.shape(), mask == null ? null : mask.shape());
    int n = prediction.shape().get(0);
    ValidMask valid =
        new ValidMask(
            mask == null
                ? null
                : mask.reshape(n, 1).checkRange(id() + ": mask", 0, Float.MAX_VALUE, "≥ 0"));
    Tensor t = valid.select(target).checkNotNaN(id() + ": target");
    Tensor values = value(new BoxPair(id(), valid.select(prediction), t));
    Reduction reduction = get(Options.REDUCTION);
    Tensor reduced = reduction.of(values, valid);
    return reduction == Reduction.NONE ? reduced.squeeze(1) : reduced;
  }

  private Tensor value(BoxPair b) {
    Tensor missing = b.iou().unaryMinus().plus(1);
    return switch (kind) {
      case IOU -> missing;
      case GIOU -> missing.plus(b.waste());
      case DIOU -> missing.plus(b.distance());
      case CIOU -> {
        Tensor v = b.shape();
        Tensor alpha = v.div(missing.plus(v).plus(BoxPair.EPSILON)).stopGradient();
        yield missing.plus(b.distance()).plus(alpha.times(v));
      }
    };
  }

  private void requireBoxes(Shape prediction, Shape target, @Nullable Shape mask) {
    boolean boxes = prediction.rank() == 2 && prediction.get(1) == COORDINATES;
    if (!boxes || prediction.get(0) == 0) {
      throw new ShapeException(
          id()
              + ": prediction is "
              + prediction
              + ", must be [N, 4] as x1, y1, x2, y2, with one box at least");
    }
    if (!target.equals(prediction)) {
      throw new ShapeException(
          id() + ": target is " + target + ", must have the prediction's shape " + prediction);
    }
    if (mask != null && !mask.equals(prediction.without(1))) {
      throw new ShapeException(
          id() + ": mask is " + mask + ", must be " + prediction.without(1) + ", one for each box");
    }
  }
}
