package io.lossmith.benchmarks;

import io.lossmith.autodiff.Tensor;
import io.lossmith.core.Shape;
import io.lossmith.core.engine.Engine;
import io.lossmith.core.engine.Engines;
import io.lossmith.losses.BinaryCrossEntropyWithLogits;
import io.lossmith.losses.Compiled;
import io.lossmith.losses.CrossEntropy;
import io.lossmith.losses.Dice;
import io.lossmith.losses.InputShapes;
import io.lossmith.losses.KeptTarget;
import io.lossmith.losses.Loss;
import io.lossmith.losses.MeanSquaredError;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * Value and gradient on an OpenCL device and on the CPU engine, in turns, so that whatever else the
 * machine does meets both. Each figure is the median of a turn, of two turns the lower.
 *
 * <pre>
 * java --add-modules jdk.incubator.vector -cp examples/benchmarks/target/benchmarks.jar \
 *   io.lossmith.benchmarks.OpenClComparison [SECONDS [ENGINE]]
 * </pre>
 */
public final class OpenClComparison {
  private static final int TURNS = 2;
  private static final int CHAIN = 10;

  private final double seconds;
  private final Engine cpu = Engines.byName("cpu");
  private final Engine device;

  private OpenClComparison(double seconds, Engine device) {
    this.seconds = seconds;
    this.device = device;
  }

  private record Work(String name, Loss loss, Shape shape, Shape target) {
    int labels() {
      return Math.max(2, shape.get(1));
    }
  }

  private static List<Work> all() {
    Shape large = Shape.of(8, 1, 512, 512);
    Shape classes = Shape.of(4, 8, 256, 256);
    Shape small = Shape.of(1, 1, 16, 16);
    Loss binary = BinaryCrossEntropyWithLogits.create();
    return List.of(
        new Work("mse", MeanSquaredError.create(), large, large),
        new Work("bce-with-logits", binary, large, large),
        new Work("chain of 20 operations", OpenClComparison::chain, large, large),
        new Work("bce-with-logits + dice", binary.plus(Dice.sigmoid()), large, large),
        new Work(
            "cross-entropy + dice",
            CrossEntropy.create().plus(Dice.softmax()),
            classes,
            classes.with(1, 1)),
        new Work("dice", Dice.sigmoid(), small, small));
  }

  private static Tensor chain(Tensor prediction, Tensor target) {
    Tensor value = prediction;
    for (int i = 0; i < CHAIN; i++) {
      value = value.times(0.5).plus(target);
    }
    return value.times(value).mean();
  }

  private void run(Work work) {
    SplittableRandom random = new SplittableRandom(1);
    float[] prediction = new float[work.shape().count()];
    float[] target = new float[work.target().count()];
    float[] gradient = new float[prediction.length];
    for (int i = 0; i < prediction.length; i++) {
      prediction[i] = (float) random.nextDouble(-4, 4);
    }
    for (int i = 0; i < target.length; i++) {
      target[i] = random.nextInt(work.labels());
    }
    InputShapes inputs = InputShapes.of(work.shape(), work.target());
    try (Compiled here = work.loss().compile(inputs, cpu);
        Compiled there = work.loss().compile(inputs, device);
        KeptTarget kept = there.keep(target, null)) {
      double[] least =
          Arrays.stream(
                  Turns.medians(
                      TURNS,
                      seconds,
                      () -> here.evaluate(prediction, target, null, gradient),
                      () -> there.evaluate(prediction, target, null, gradient),
                      () -> kept.evaluate(prediction, gradient)))
              .mapToDouble(turns -> Arrays.stream(turns).min().orElseThrow())
              .toArray();
      System.out.printf(
          Locale.ROOT,
          "| %s | %s | %.3g | %.3g | %.3g | %.2f |%n",
          work.name(),
          work.shape(),
          least[0],
          least[1],
          least[2],
          least[1] / least[0]);
    }
  }

  /**
   * Prints a table.
   *
   * @param args how many seconds to measure each, and an engine in place of {@code opencl}
   */
  public static void main(String[] args) {
    double seconds = args.length > 0 ? Double.parseDouble(args[0]) : 2;
    Engine device = Engines.byName(args.length > 1 ? args[1] : "opencl");
    System.out.println(device.description());
    System.out.println(
        "| value and gradient | shape | cpu, ms | opencl, ms | target kept, ms | ratio |");
    System.out.println("|---|---|---|---|---|---|");
    OpenClComparison comparison = new OpenClComparison(seconds, device);
    all().forEach(comparison::run);
  }
}
