package io.lossmith.autodiff.random;

import io.lossmith.core.Shape;
import java.util.List;
import java.util.Random;

/** The shapes and numbers of {@link Given}. Numbers tie exactly or are far apart. */
final class Inputs {
  private Inputs() {}

  static List<Shape> shapes(Formula formula) {
    Shape shape = formula.shape();
    return List.of(shape, shape, shape, weights(formula));
  }

  /** Some axes of size 1, or leading axes gone. */
  private static Shape weights(Formula formula) {
    Random random = Luck.of(formula.seed(), -2);
    int[] sizes = formula.shape().toArray();
    int gone = random.nextInt(sizes.length);
    for (int i = 0; i < sizes.length; i++) {
      sizes[i] = random.nextInt(3) == 0 ? 1 : sizes[i];
    }
    int[] left = new int[sizes.length - gone];
    System.arraycopy(sizes, gone, left, 0, left.length);
    return Shape.of(random.nextBoolean() ? left : sizes);
  }

  static float[][] values(Formula formula) {
    Random random = Luck.of(formula.seed(), -3);
    boolean ties = random.nextInt(6) == 0;
    List<Shape> shapes = shapes(formula);
    float[][] values = new float[shapes.size()][];
    for (int k = 0; k < values.length; k++) {
      values[k] = new float[shapes.get(k).count()];
      for (int i = 0; i < values[k].length; i++) {
        values[k][i] =
            switch (k) {
              case 0 -> ties ? random.nextInt(17) / 8f - 1 : (float) (random.nextGaussian() * .8);
              case 2 -> random.nextInt(4);
              default -> ties ? (1 + random.nextInt(15)) / 16f : .05f + .9f * random.nextFloat();
            };
      }
    }
    return values;
  }
}
