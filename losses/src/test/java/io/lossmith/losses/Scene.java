package io.lossmith.losses;

import io.lossmith.autodiff.Tensor;
import io.lossmith.core.Shape;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Random arguments of a loss; arrays may be changed before they are used. */
final class Scene {
  final Subject subject;
  final Shape shape;
  final float[] prediction;
  final float[] target;
  final Shape targetShape;
  final float[] mask;
  final Shape maskShape;

  private Scene(Subject subject, Shape shape, boolean labels, Random random) {
    this.subject = subject;
    this.shape = shape;
    this.prediction = new float[shape.count()];
    boolean boxes = subject.predictions() == Subject.Predictions.BOXES;
    this.maskShape = boxes ? shape.without(1) : shape.with(1, 1);
    this.targetShape = labels ? shape.without(1) : shape;
    this.target = new float[targetShape.count()];
    this.mask = new float[maskShape.count()];
    fill(labels, random);
  }

  /** Returns arguments with class indices, or with a dense target that is partly soft. */
  static Scene of(Subject subject, Shape shape, boolean labels, long seed) {
    return new Scene(subject, shape, labels, new Random(seed));
  }

  /** Returns whether a loss takes class indices for this shape. */
  static boolean labels(Subject subject, Shape shape) {
    return subject.is(Subject.Trait.LABELS) && shape.get(1) > 1;
  }

  private void fill(boolean labels, Random random) {
    for (int i = 0; i < mask.length; i++) {
      mask[i] = 0.25f + random.nextFloat();
    }
    if (subject.predictions() == Subject.Predictions.BOXES) {
      fillBoxes(prediction, random);
      fillBoxes(target, random);
      return;
    }
    for (int i = 0; i < prediction.length; i++) {
      prediction[i] =
          switch (subject.predictions()) {
            case LOGITS, NUMBERS -> 2 * (float) random.nextGaussian();
            case LOG_PROBABILITIES -> -0.1f - 3 * random.nextFloat();
            default -> 0.02f + 0.96f * random.nextFloat();
          };
    }
    for (int i = 0; i < target.length; i++) {
      float soft = random.nextFloat();
      target[i] = labels ? random.nextInt(shape.get(1)) : soft < 0.3 ? 0 : soft > 0.7 ? 1 : soft;
    }
  }

  private static void fillBoxes(float[] boxes, Random random) {
    for (int i = 0; i < boxes.length; i += 4) {
      boxes[i] = 3 * random.nextFloat();
      boxes[i + 1] = 3 * random.nextFloat();
      boxes[i + 2] = boxes[i] + 0.5f + 3 * random.nextFloat();
      boxes[i + 3] = boxes[i + 1] + 0.5f + 3 * random.nextFloat();
    }
  }

  Tensor prediction() {
    return Tensor.of(prediction, shape.toArray());
  }

  Tensor target() {
    return Tensor.of(target, targetShape.toArray());
  }

  Tensor mask() {
    return Tensor.of(mask, maskShape.toArray());
  }

  /** Returns value and gradient without the mask. */
  ValueAndGradient plain() {
    return subject.loss().valueAndGradient(prediction(), target());
  }

  /** Returns value and gradient with the mask. */
  ValueAndGradient masked() {
    return subject.loss().valueAndGradient(prediction(), target(), mask());
  }

  /** Returns value and gradient with an option added. */
  ValueAndGradient with(String option, Object value, @Nullable Tensor mask) {
    return subject.with(option, value).loss().valueAndGradient(prediction(), target(), mask);
  }

  /** Returns how many pixels there are in all samples, or boxes. */
  int pixels() {
    return mask.length;
  }

  /** Calls for the position of each channel of a pixel in an array of the prediction's shape. */
  int[] channelsOf(int pixel) {
    int channels = shape.get(1);
    int plane = mask.length / shape.get(0);
    int sample = pixel / plane;
    int[] at = new int[channels];
    for (int c = 0; c < channels; c++) {
      at[c] = (sample * channels + c) * plane + pixel % plane;
    }
    return at;
  }

  /** Returns the positions of a pixel in the target. */
  int[] targetsOf(int pixel) {
    return targetShape.equals(shape) ? channelsOf(pixel) : new int[] {pixel};
  }
}
