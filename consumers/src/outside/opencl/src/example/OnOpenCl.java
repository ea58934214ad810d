package example;

import io.lossmith.core.Shape;
import io.lossmith.core.engine.Engine;
import io.lossmith.core.engine.EngineException;
import io.lossmith.core.engine.Engines;
import io.lossmith.losses.Dice;
import io.lossmith.losses.InputShapes;

/** The engine of the other jar is found; it computes the same, or says why it cannot here. */
public final class OnOpenCl {
  private OnOpenCl() {}

  /** Ends with an exception if something is not as it must be. */
  public static void main(String[] args) {
    float here = dice(Engines.defaultEngine());
    try {
      float there = dice(Engines.byName("opencl"));
      if (Math.abs(here - there) > 1e-5) {
        throw new IllegalStateException("Dice is " + there + " on OpenCL, must be " + here);
      }
      System.out.println("opencl: Dice is " + there);
    } catch (EngineException e) {
      System.out.println("opencl: " + e.getMessage());
    }
  }

  private static float dice(Engine engine) {
    Shape shape = Shape.of(1, 1, 64, 64);
    float[] prediction = new float[64 * 64];
    float[] target = new float[64 * 64];
    for (int i = 0; i < target.length; i++) {
      prediction[i] = i % 10 / 10f;
      target[i] = i % 3 == 0 ? 1 : 0;
    }
    return Dice.ofProbabilities()
        .compile(InputShapes.of(shape, shape), engine)
        .evaluate(prediction, target, null, new float[64 * 64]);
  }
}
