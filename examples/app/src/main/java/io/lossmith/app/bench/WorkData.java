package io.lossmith.app.bench;

import io.lossmith.core.Shape;
import java.util.SplittableRandom;

/** Arrays to measure a {@link Work} on: noisy predictions, targets of discs and blocks. */
final class WorkData {
  private static final int BLOCK = 16;

  private WorkData() {}

  static float[] prediction(Work work) {
    Shape shape = work.shape();
    return switch (work.prediction()) {
      case "logits" -> noise(shape.count(), -4, 4);
      case "blob-logits" -> blobs(shape);
      case "probabilities" -> noise(shape.count(), 0.02, 0.98);
      case "log-probabilities" -> logSoftmax(noise(shape.count(), -4, 4), shape);
      case "boxes" -> boxes(shape.get(0), 0);
      default -> throw new IllegalArgumentException("bench: prediction is " + work.prediction());
    };
  }

  static float[] target(Work work) {
    return switch (work.target()) {
      case "mask" -> discs(work.shape());
      case "classes" -> classes(work.targetShape(), work.shape().get(1));
      case "boxes" -> boxes(work.shape().get(0), 3);
      default -> throw new IllegalArgumentException("bench: target is " + work.target());
    };
  }

  private static float[] noise(int count, double least, double most) {
    SplittableRandom random = new SplittableRandom(1);
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) random.nextDouble(least, most);
    }
    return values;
  }

  /** Discs of several sizes, as masks of objects are. */
  private static float[] discs(Shape shape) {
    int width = shape.get(shape.rank() - 1);
    int height = shape.get(shape.rank() - 2);
    float[] values = new float[shape.count()];
    for (int i = 0; i < values.length; i++) {
      int plane = i / (width * height);
      int y = i / width % height % 97 - 48;
      int x = i % width % (61 + 9 * (plane % 8)) - 30;
      values[i] = y * y + x * x < 700 ? 1 : 0;
    }
    return values;
  }

  /** Logits of discs that lie a little beside the target's. */
  private static float[] blobs(Shape shape) {
    float[] noise = noise(shape.count(), -1, 1);
    float[] discs = discs(shape);
    for (int i = 0; i < noise.length; i++) {
      noise[i] += 6 * discs[Math.max(0, i - 5)] - 3;
    }
    return noise;
  }

  private static float[] classes(Shape shape, int classes) {
    SplittableRandom random = new SplittableRandom(2);
    int width = shape.get(shape.rank() - 1);
    int across = (width + BLOCK - 1) / BLOCK;
    float[] row = new float[across];
    float[] values = new float[shape.count()];
    for (int i = 0; i < values.length; i++) {
      if (i % (width * BLOCK) == 0) {
        for (int k = 0; k < across; k++) {
          row[k] = random.nextInt(classes);
        }
      }
      values[i] = row[i % width / BLOCK];
    }
    return values;
  }

  private static float[] logSoftmax(float[] x, Shape shape) {
    int classes = shape.get(1);
    int pixels = shape.count() / shape.get(0) / classes;
    for (int n = 0; n < shape.get(0); n++) {
      for (int i = 0; i < pixels; i++) {
        int at = n * classes * pixels + i;
        double sum = 0;
        for (int c = 0; c < classes; c++) {
          sum += Math.exp(x[at + c * pixels]);
        }
        for (int c = 0; c < classes; c++) {
          x[at + c * pixels] -= (float) Math.log(sum);
        }
      }
    }
    return x;
  }

  private static float[] boxes(int count, int shift) {
    float[] noise = noise(4 * count, 0, 32);
    for (int i = 0; i < count; i++) {
      noise[4 * i + 2] += noise[4 * i] + 1;
      noise[4 * i + 3] += noise[4 * i + 1] + 1;
      for (int k = 0; k < 4; k++) {
        noise[4 * i + k] += shift;
      }
    }
    return noise;
  }
}
