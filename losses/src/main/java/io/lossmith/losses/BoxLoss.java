package io.lossmith.losses;

import io.lossmith.autodiff.Tensor;
import io.lossmith.core.Shape;
import io.lossmith.core.ShapeException;
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

  static final Entry IOU = entry("box-iou", "intersection over union of boxes", "1 − IoU");
  static final Entry GIOU =
      entry("giou", "IoU of boxes, and what is empty around them", "1 − IoU + (C − U)/C");
  static final Entry DIOU =
      entry("diou", "IoU of boxes, and how far their centres are apart", "1 − IoU + ρ²/c²");
  static final Entry CIOU =
      entry("ciou", "IoU, centres and shape of boxes", "1 − IoU + ρ²/c² + α·v");

  private BoxLoss(Settings settings) {
    super(settings);
  }

  private static Entry entry(String id, String meaning, String formula) {
    return Entry.of(id, BoxLoss.class, BoxLoss::new, meaning, formula)
        .taking(SegmentationLoss.REDUCTION);
  }

  /** Returns 1 − IoU. */
  public static BoxLoss iou() {
    return new BoxLoss(Settings.of(IOU.id));
  }

  /** Returns generalized IoU's loss. */
  public static BoxLoss giou() {
    return new BoxLoss(Settings.of(GIOU.id));
  }

  /** Returns distance IoU's loss. */
  public static BoxLoss diou() {
    return new BoxLoss(Settings.of(DIOU.id));
  }

  /** Returns complete IoU's loss. */
  public static BoxLoss ciou() {
    return new BoxLoss(Settings.of(CIOU.id));
  }

  /** Returns this loss with another reduction. */
  public BoxLoss withReduction(Reduction reduction) {
    return with(SegmentationLoss.REDUCTION, reduction);
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
    Tensor values = value(new Boxes(valid.select(prediction), t));
    return switch (get(SegmentationLoss.REDUCTION)) {
      case NONE -> valid.weigh(values).squeeze(1);
      case SUM -> valid.weigh(values).sum();
      case MEAN -> valid.mean(values);
    };
  }

  private Tensor value(Boxes b) {
    Tensor missing = b.iou().unaryMinus().plus(1);
    return switch (id()) {
      case "giou" -> missing.plus(b.waste());
      case "diou" -> missing.plus(b.distance());
      case "ciou" -> {
        Tensor v = b.shape();
        Tensor alpha = v.div(missing.plus(v).plus(Boxes.EPSILON)).stopGradient();
        yield missing.plus(b.distance()).plus(alpha.times(v));
      }
      default -> missing;
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
