package io.lossmith.djl;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;

/** What tests do with DJL. */
final class Training {
  private Training() {}

  /**
   * A loss and its gradient, which DJL came to.
   *
   * @param value of the loss
   * @param gradient of the leaf, as numbers and as DJL's array
   */
  record Step(float value, float[] gradient, NDArray array) {}

  /** Makes numbers within −3..3. */
  static float[] numbers(int count, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] numbers = new float[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = (float) random.nextDouble(-3, 3);
    }
    return numbers;
  }

  /** Makes whole numbers from 0 on. */
  static float[] labels(int count, int classes, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] labels = new float[count];
    for (int i = 0; i < count; i++) {
      labels[i] = random.nextInt(classes);
    }
    return labels;
  }

  static NDArray array(NDManager manager, float[] numbers, long... shape) {
    return manager.create(numbers, new Shape(shape));
  }

  /** Takes the gradient of a loss with respect to {@code leaf}, which is the prediction. */
  static Step step(LossmithLoss loss, NDList labels, NDArray leaf) {
    return step(loss, labels, leaf, x -> x);
  }

  /** Takes the gradient of a loss with respect to {@code leaf}, of which a network predicts. */
  static Step step(LossmithLoss loss, NDList labels, NDArray leaf, UnaryOperator<NDArray> network) {
    leaf.setRequiresGradient(true);
    try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
      NDArray value = loss.evaluate(labels, new NDList(network.apply(leaf)));
      collector.backward(value);
      NDArray gradient = leaf.getGradient();
      return new Step(
          value.toType(DataType.FLOAT32, false).getFloat(),
          gradient.toType(DataType.FLOAT32, false).toFloatArray(),
          gradient);
    }
  }
}
