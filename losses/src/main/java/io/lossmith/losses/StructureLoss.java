package io.lossmith.losses;

import io.lossmith.autodiff.Tensor;
import io.lossmith.losses.kit.Demand;
import io.lossmith.losses.kit.LossInputs;
import io.lossmith.losses.kit.Settings;
import java.io.Serial;
import org.jspecify.annotations.Nullable;

/**
 * A loss over what pixels form together with others: their neighbours, or an outline.
 *
 * <p>Activation over all channels, then the mask, then the background is dropped: where a pixel
 * does not count, prediction and target are both 0 before any neighbour is looked at, and the mask
 * weighs the sums at the end.
 *
 * @param <L> the loss itself
 */
abstract class StructureLoss<L extends CatalogueLoss<L>> extends CatalogueLoss<L>
    implements Withers.OfChannels<L> {
  @Serial private static final long serialVersionUID = 1L;

  StructureLoss(Settings settings) {
    super(settings);
  }

  @Override
  final Tensor value(Tensor prediction, Tensor target, @Nullable Tensor mask) {
    LossInputs s = inputs(prediction, target, mask, demand());
    s.requireForeground(get(Options.INCLUDE_BACKGROUND));
    Tensor p = counted(s, activated(s, get(Options.ACTIVATION)));
    return value(s, p, counted(s, s.target()));
  }

  /** Says what this loss asks of prediction and target; a sigmoid refuses class indices besides. */
  abstract Demand demand();

  /**
   * Returns the loss.
   *
   * @param s says which pixels count
   * @param p the prediction, activated, without what does not count
   * @param t the target, likewise
   */
  abstract Tensor value(LossInputs s, Tensor p, Tensor t);

  /** Reduces values of samples, or of samples and classes. */
  final Tensor reduce(Tensor values) {
    return get(Options.REDUCTION).of(values);
  }

  private Tensor counted(LossInputs s, Tensor values) {
    Tensor valid = s.valid().select(values);
    return get(Options.INCLUDE_BACKGROUND) ? valid : valid.slice(1, 1, s.classes());
  }
}
