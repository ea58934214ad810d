package io.lossmith.benchmarks;

import io.lossmith.autodiff.Tensor;
import io.lossmith.core.Shape;
import io.lossmith.core.engine.Engine;
import io.lossmith.core.engine.Engines;
import io.lossmith.losses.Compiled;
import io.lossmith.losses.Dice;
import io.lossmith.losses.InputShapes;
import io.lossmith.losses.Loss;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.UnaryOperator;

/**
 * Whether an OpenCL device is used for long without harm: many runs of one program, then many
 * programs, each of which is compiled, run and closed. Prints what a run takes and how much memory
 * the process has, which must both come to rest.
 *
 * <pre>
 * java --add-modules jdk.incubator.vector -cp examples/benchmarks/target/benchmarks.jar \
 *   io.lossmith.benchmarks.OpenClLongLife [RUNS [PROGRAMS [ENGINE]]]
 * </pre>
 */
public final class OpenClLongLife {
  private static final int LINES = 10;
  private static final int SIDE = 128;
  private static final int KINDS = 4;

  private OpenClLongLife() {}

  private static void runs(Engine engine, int runs) {
    Shape shape = Shape.of(1, 1, SIDE, SIDE);
    float[] target = new float[shape.count()];
    try (Compiled dice = Dice.sigmoid().compile(InputShapes.of(shape, shape), engine)) {
      dice.evaluate(new float[shape.count()], target, null, new float[shape.count()]);
      for (int line = 0; line < LINES; line++) {
        long start = System.nanoTime();
        for (int run = 0; run < runs / LINES; run++) {
          // New arrays, as from a program that makes a tensor for each batch.
          float[] prediction = new float[shape.count()];
          float[] gradient = new float[shape.count()];
          dice.evaluate(prediction, target, null, gradient);
        }
        print("runs", (line + 1) * (runs / LINES), start, runs / LINES);
      }
    }
  }

  private static void programs(Engine engine, int programs) {
    Shape shape = Shape.of(1, 1, 4, 4);
    float[] prediction = new float[shape.count()];
    float[] gradient = new float[shape.count()];
    long start = System.nanoTime();
    for (int i = 1; i <= programs; i++) {
      try (Compiled compiled = different(i).compile(InputShapes.of(shape, shape), engine)) {
        compiled.evaluate(prediction, prediction.clone(), null, gradient);
      }
      if (i % Math.max(1, programs / LINES) == 0) {
        print("programs", i, start, Math.max(1, programs / LINES));
        start = System.nanoTime();
      }
    }
  }

  /** Returns a loss that no other number gives: its operations are the number's digits. */
  private static Loss different(int number) {
    return (prediction, target) -> {
      Tensor value = prediction.minus(target);
      for (int rest = number; rest > 0; rest /= KINDS) {
        value = digit(rest % KINDS).apply(value);
      }
      return value.mean();
    };
  }

  private static UnaryOperator<Tensor> digit(int digit) {
    return switch (digit) {
      case 0 -> Tensor::sigmoid;
      case 1 -> Tensor::exp;
      case 2 -> Tensor::tanh;
      default -> Tensor::square;
    };
  }

  private static void print(String what, int done, long start, int times) {
    System.gc();
    System.out.printf(
        Locale.ROOT,
        "%6d %s, %.3g ms each, %d MB resident, %d MB of it heap%n",
        done,
        what,
        (System.nanoTime() - start) / 1e6 / times,
        resident() >> 20,
        Runtime.getRuntime().totalMemory() >> 20);
  }

  /** Returns how many bytes of memory the process has, where the system tells. */
  private static long resident() {
    Path status = Path.of("/proc/self/statm");
    try {
      long pages =
          Files.exists(status) ? Long.parseLong(Files.readString(status).split(" ")[1]) : 0;
      return pages << 12;
    } catch (IOException e) {
      throw new IllegalStateException(status + " cannot be read", e);
    }
  }

  /**
   * Prints how it went along the way.
   *
   * @param args how many runs, how many programs, and an engine in place of {@code opencl}
   */
  public static void main(String[] args) {
    int runs = args.length > 0 ? Integer.parseInt(args[0]) : 10_000;
    int programs = args.length > 1 ? Integer.parseInt(args[1]) : 200;
    Engine engine = Engines.byName(args.length > 2 ? args[2] : "opencl");
    System.out.println(engine.description());
    runs(engine, runs);
    programs(engine, programs);
  }
}
