package io.lossmith.djl.cells;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.training.loss.Loss;

/** The loss of {@link DjlTraining#loss} in operations of DJL, for comparison. */
final class DiceCrossEntropyOfDjl extends Loss {
  private static final float SMOOTH = 1e-5f;
  private static final int[] PIXELS = {2, 3};

  DiceCrossEntropyOfDjl() {
    super("Loss");
  }

  @Override
  public NDArray evaluate(NDList labels, NDList predictions) {
    NDArray logits = predictions.singletonOrThrow();
    NDArray label = labels.singletonOrThrow().toType(DataType.INT64, false);
    int classes = Math.toIntExact(logits.getShape().get(1));
    NDArray target = label.oneHot(classes, DataType.FLOAT32).transpose(0, 3, 1, 2);
    NDArray logarithms = logits.logSoftmax(1);
    NDArray crossEntropy = logarithms.gather(label.expandDims(1), 1).mean().neg();
    NDArray p = logarithms.exp();
    NDArray overlap = p.mul(target).sum(PIXELS);
    NDArray all = p.sum(PIXELS).add(target.sum(PIXELS)).add(SMOOTH);
    return overlap.add(overlap).add(SMOOTH).div(all).mean().neg().add(1).add(crossEntropy);
  }
}
