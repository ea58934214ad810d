package io.lossmith.benchmarks;

import io.lossmith.core.Shape;
import io.lossmith.losses.BinaryCrossEntropyWithLogits;
import io.lossmith.losses.Compiled;
import io.lossmith.losses.CrossEntropy;
import io.lossmith.losses.Dice;
import io.lossmith.losses.InputShapes;
import io.lossmith.losses.Loss;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Value and gradient of what lies in arrays, in direct buffers, and in direct buffers that are
 * copied to arrays and back, in short turns. Ratios are those within a turn, the median of all.
 *
 * <pre>
 * java --add-modules jdk.incubator.vector -cp examples/benchmarks/target/benchmarks.jar \
 *   io.lossmith.benchmarks.BufferComparison [TURNS [SECONDS]]
 * </pre>
 */
public final class BufferComparison {
  private final int turns;
  private final double seconds;

  private BufferComparison(int turns, double seconds) {
    this.turns = turns;
    this.seconds = seconds;
  }

  private static FloatBuffer direct(float[] numbers) {
    return ByteBuffer.allocateDirect(Float.BYTES * numbers.length)
        .order(ByteOrder.nativeOrder())
        .asFloatBuffer()
        .put(0, numbers);
  }

  private void run(String name, Loss loss, Shape shape) {
    Shape labels = shape.with(1, 1);
    SplittableRandom random = new SplittableRandom(1);
    float[] prediction = new float[shape.count()];
    float[] target = new float[labels.count()];
    float[] gradient = new float[prediction.length];
    for (int i = 0; i < prediction.length; i++) {
      prediction[i] = (float) random.nextDouble(-4, 4);
    }
    for (int i = 0; i < target.length; i++) {
      target[i] = random.nextInt(Math.max(2, shape.get(1)));
    }
    FloatBuffer logits = direct(prediction);
    FloatBuffer truth = direct(target);
    FloatBuffer slopes = direct(gradient);
    try (Compiled compiled = loss.compile(InputShapes.of(shape, labels))) {
      double[][] medians =
          Turns.medians(
              turns,
              seconds,
              () -> compiled.evaluate(prediction, target, null, gradient),
              () -> compiled.evaluate(logits, truth, null, slopes),
              () -> {
                logits.get(0, prediction);
                truth.get(0, target);
                compiled.evaluate(prediction, target, null, gradient);
                slopes.put(0, gradient);
              });
      System.out.printf(
          Locale.ROOT,
          "| %s | %s | %.3g | %.3g | %.3g | %.3f | %.3f |%n",
          name,
          shape,
          Turns.median(medians[0]),
          Turns.median(medians[1]),
          Turns.median(medians[2]),
          ratio(medians[1], medians[0]),
          ratio(medians[2], medians[0]));
    }
  }

  private static double ratio(double[] times, double[] others) {
    return Turns.median(
        IntStream.range(0, times.length).mapToDouble(turn -> times[turn] / others[turn]).toArray());
  }

  /**
   * Prints a table.
   *
   * @param args how many turns, and how many seconds each
   */
  public static void main(String[] args) {
    int turns = args.length > 0 ? Integer.parseInt(args[0]) : 15;
    double seconds = args.length > 1 ? Double.parseDouble(args[1]) : 0.3;
    BufferComparison comparison = new BufferComparison(turns, seconds);
    Loss binary = BinaryCrossEntropyWithLogits.create().plus(Dice.sigmoid());
    Loss classes = CrossEntropy.create().plus(Dice.softmax());
    System.out.println("Java " + System.getProperty("java.version"));
    System.out.println(
        "| value and gradient | shape | arrays, ms | direct, ms | copied, ms | direct / arrays |"
            + " copied / arrays |");
    System.out.println("|---|---|---|---|---|---|---|");
    for (Shape shape : List.of(Shape.of(8, 1, 512, 512), Shape.of(1, 1, 64, 64))) {
      comparison.run("bce-with-logits + dice", binary, shape);
    }
    for (Shape shape : List.of(Shape.of(4, 8, 256, 256), Shape.of(2, 21, 512, 512))) {
      comparison.run("cross-entropy + dice", classes, shape);
    }
  }
}
