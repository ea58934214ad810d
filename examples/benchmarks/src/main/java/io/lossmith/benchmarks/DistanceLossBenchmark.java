package io.lossmith.benchmarks;

import io.lossmith.core.Shape;
import io.lossmith.losses.Compiled;
import io.lossmith.losses.InputShapes;
import io.lossmith.losses.KeptTarget;
import io.lossmith.losses.Losses;
import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Value and gradient of the losses that measure distances, with a target of discs: of any target,
 * and of one that is kept.
 *
 * <pre>
 * java --add-modules jdk.incubator.vector -jar examples/benchmarks/target/benchmarks.jar Distance
 * </pre>
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 3)
@Measurement(iterations = 5, time = 2)
@Fork(
    value = 1,
    jvmArgsAppend = {"--add-modules", "jdk.incubator.vector"})
public class DistanceLossBenchmark {
  private static final int DISCS = 6;

  /** The loss by its id. */
  @Param({"boundary", "hausdorff-dt"})
  public String loss;

  /** Samples, channels and side of the square pictures. */
  @Param({"4x1x256", "4x2x256", "1x1x1024"})
  public String shape;

  private Compiled compiled;
  private KeptTarget kept;
  private float[] prediction;
  private float[] target;
  private float[] gradient;

  /** Compiles the loss and draws the discs; the prediction has them a little aside, and noise. */
  @Setup
  public void compile() {
    int[] sizes = Arrays.stream(shape.split("x")).mapToInt(Integer::parseInt).toArray();
    int side = sizes[2];
    Shape all = Shape.of(sizes[0], sizes[1], side, side);
    prediction = new float[all.count()];
    target = new float[all.count()];
    gradient = new float[all.count()];
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < prediction.length; i++) {
      prediction[i] = (float) random.nextDouble(-2, -1);
    }
    for (int plane = 0; plane < sizes[0] * sizes[1]; plane++) {
      for (int disc = 0; disc < DISCS; disc++) {
        double row = random.nextDouble(side);
        double column = random.nextDouble(side);
        double radius = side * random.nextDouble(0.04, 0.16);
        draw(target, 1, plane, side, row, column, radius);
        draw(prediction, 1.5f, plane, side, row, column + 0.3 * radius, radius);
      }
    }
    compiled =
        Losses.byName(loss, Map.of("activation", "sigmoid")).compile(InputShapes.of(all, all));
    kept = compiled.keep(target, null);
  }

  private static void draw(
      float[] to, float value, int plane, int side, double row, double column, double radius) {
    for (int i = 0; i < side * side; i++) {
      if (Math.hypot(i / side - row, i % side - column) < radius) {
        to[plane * side * side + i] = value;
      }
    }
  }

  /** A target that is new in each step. */
  @Benchmark
  public float anyTarget() {
    return compiled.evaluate(prediction, target, null, gradient);
  }

  /** A target that stays the same. */
  @Benchmark
  public float keptTarget() {
    return kept.evaluate(prediction, gradient);
  }
}
