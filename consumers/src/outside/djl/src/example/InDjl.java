package example;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import io.lossmith.djl.LabelKind;
import io.lossmith.djl.LossmithLoss;
import io.lossmith.losses.Dice;

/** A Dice within a gradient collector of DJL's; DJL has no modules, so on the class path. */
public final class InDjl {
  private InDjl() {}

  /** Ends with an exception if something is not as it must be. */
  public static void main(String[] args) {
    Dice dice = Dice.ofProbabilities().withSmooth(1);
    try (NDManager manager = NDManager.newBaseManager();
        LossmithLoss loss = new LossmithLoss(dice, LabelKind.LIKE_PREDICTION, 1)) {
      Shape shape = new Shape(1, 1, 2, 2);
      NDArray prediction = manager.create(new float[] {.9f, .8f, .3f, .1f}, shape);
      NDList labels = new NDList(manager.create(new float[] {1, 1, 0, 0}, shape));
      prediction.setRequiresGradient(true);
      float value;
      try (GradientCollector collector = manager.getEngine().newGradientCollector()) {
        NDArray result = loss.evaluate(labels, new NDList(prediction));
        collector.backward(result);
        value = result.getFloat();
      }
      float[] gradient = prediction.getGradient().toFloatArray();

      // 1 − (2·1.7 + 1)/(2.1 + 2 + 1), and its slopes −(2t·5.1 − 4.4)/5.1²
      requireNear("Dice", value, 0.137255);
      requireNear("a slope in the foreground", gradient[1], -0.222991);
      requireNear("a slope in the background", gradient[3], 0.169166);
      System.out.println("DJL: Dice is " + value + " in " + manager.getEngine().getEngineName());
    }
  }

  private static void requireNear(String what, double is, double must) {
    if (!(Math.abs(is - must) < 1e-5)) {
      throw new IllegalStateException(what + " is " + is + ", must be " + must);
    }
  }
}
