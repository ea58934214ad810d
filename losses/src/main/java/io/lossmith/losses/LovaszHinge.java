package io.lossmith.losses;

import io.lossmith.autodiff.Tensor;
import io.lossmith.losses.kit.Demand;
import io.lossmith.losses.kit.Entry;
import io.lossmith.losses.kit.LossInputs;
import io.lossmith.losses.kit.LovaszSteps;
import io.lossmith.losses.kit.Settings;
import java.io.Serial;

/**
 * Lovász hinge: the Jaccard loss of a binary mask, made continuous, from logits.
 *
 * <pre>e = max(0, 1 − x·(2t − 1))    sorted, greatest first
 * Σ_k e_k·(J_k − J_{k−1})       J_k the Jaccard loss when the first k pixels are wrong</pre>
 *
 * <p>From logits, always: a pixel costs nothing from a margin of 1 on. Prediction {@code [N, C,
 * spatial...]} with 1 to 3 spatial axes, target of the same shape within 0..1; channels are
 * questions of their own, each with a value of its own. Options: {@code perImage} takes each sample
 * for itself, else the batch is one picture. Reduction {@code none} gives {@code [N, C]}, or {@code
 * [C]}. A weight of the mask is a multiplicity: a pixel of weight 2 is there twice.
 *
 * <p>Use it to fine-tune for intersection over union what cross entropy has trained; alone it
 * converges badly. It sorts every pixel, so it costs several times what {@link
 * IntersectionOverUnion} costs. For one of several classes a pixel take {@link LovaszSoftmax}.
 *
 * <p>Source: Berman et al. 2018, arXiv:1705.08790. Tested against segmentation_models.pytorch,
 * which sorts all channels of a multi-label prediction together, and defaults to no image for
 * itself as this does. Weights of errors are constants for the gradient, which is that of the
 * Lovász extension wherever no two errors tie.
 */
public final class LovaszHinge extends SegmentationLoss<LovaszHinge> {
  @Serial private static final long serialVersionUID = 1L;

  static final Entry<LovaszHinge> ENTRY =
      Entry.of(
              "lovasz-hinge",
              LovaszHinge.class,
              LovaszHinge::new,
              "the Jaccard loss of binary masks, made continuous, from logits",
              "Σ_k e_k·(J_k − J_{k−1}), e = max(0, 1 − x·(2t − 1)) sorted")
          .taking(Options.PER_IMAGE, Options.REDUCTION, Options.IGNORE_INDEX);

  private LovaszHinge(Settings settings) {
    super(settings);
  }

  @Override
  Entry<LovaszHinge> entry() {
    return ENTRY;
  }

  @Override
  public PredictionKind predictionKind() {
    return PredictionKind.LOGITS;
  }

  /** Returns it with every option left out. */
  public static LovaszHinge create() {
    return ENTRY.make();
  }

  /** Returns this loss with each sample for itself, or the batch as one picture. */
  public LovaszHinge withPerImage(boolean perImage) {
    return with(Options.PER_IMAGE, perImage);
  }

  @Override
  Demand demand() {
    return Demand.spatial(1).withoutLabels();
  }

  @Override
  Tensor value(LossInputs s) {
    Tensor t = s.target();
    Tensor errors = s.prediction().times(t.times(-2).plus(1)).plus(1).relu();
    return reduce(new LovaszSteps(s, get(Options.PER_IMAGE)).cost(errors, t));
  }
}
