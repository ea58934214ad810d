package io.lossmith.benchmarks;

import io.lossmith.autodiff.optimizer.Adam;
import io.lossmith.autodiff.optimizer.Optimizer;
import io.lossmith.autodiff.optimizer.Sgd;
import io.lossmith.autodiff.optimizer.UpdateRule;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Steps of optimizers beside loops that one would write for the same arrays, in short turns; those
 * look at no gradient and take no norm. The arrays are those of the example's U-Net, and one of as
 * many numbers. Ratios are those within a turn, the median of all.
 *
 * <pre>
 * java --add-modules jdk.incubator.vector -cp examples/benchmarks/target/benchmarks.jar \
 *   io.lossmith.benchmarks.OptimizerComparison [TURNS [SECONDS]]
 * </pre>
 */
public final class OptimizerComparison {
  /** The JVM's compiler needs some seconds before a step is as fast as it gets. */
  private static final double WARM_UP = 3;

  private static final int[] UNET = {
    72, 8, 576, 8, 1152, 16, 2304, 16, 4608, 32, 9216, 32, 6912, 16, 2304, 16, 1728, 8, 576, 8, 8, 1
  };

  private final int turns;
  private final double seconds;

  private OptimizerComparison(int turns, double seconds) {
    this.turns = turns;
    this.seconds = seconds;
  }

  /** A loop for arrays one after the other. */
  private interface Plain {
    void step(int step, float[][] parameters, float[][] gradients);
  }

  /** Adam as papers write it, in place. */
  private static final class PlainAdam implements Plain {
    private final float[][] means;
    private final float[][] squares;

    PlainAdam(int[] sizes) {
      means = arrays(sizes, 0);
      squares = arrays(sizes, 0);
    }

    @Override
    public void step(int step, float[][] parameters, float[][] gradients) {
      float pace = (float) (1e-3 / (1 - Math.pow(0.9, step)));
      float scale = (float) (1 / Math.sqrt(1 - Math.pow(0.999, step)));
      for (int k = 0; k < parameters.length; k++) {
        move(parameters[k], gradients[k], means[k], squares[k], pace, scale);
      }
    }

    private static void move(
        float[] x, float[] gradients, float[] means, float[] squares, float pace, float scale) {
      for (int i = 0; i < x.length; i++) {
        float g = gradients[i];
        float mean = means[i] * 0.9f + g * (float) (1 - 0.9);
        float square = squares[i] * 0.999f + g * (float) (1 - 0.999) * g;
        means[i] = mean;
        squares[i] = square;
        x[i] -= mean * pace / ((float) Math.sqrt(square) * scale + 1e-8f);
      }
    }
  }

  /** Momentum, in place. */
  private static final class PlainSgd implements Plain {
    private final float[][] speeds;

    PlainSgd(int[] sizes) {
      speeds = arrays(sizes, 0);
    }

    @Override
    public void step(int step, float[][] parameters, float[][] gradients) {
      for (int k = 0; k < parameters.length; k++) {
        move(parameters[k], gradients[k], speeds[k]);
      }
    }

    private static void move(float[] x, float[] gradients, float[] speeds) {
      for (int i = 0; i < x.length; i++) {
        speeds[i] = speeds[i] * 0.9f + gradients[i];
        x[i] -= speeds[i] * 1e-3f;
      }
    }
  }

  private static float[][] arrays(int[] sizes, double bound) {
    SplittableRandom random = new SplittableRandom(1);
    float[][] arrays = new float[sizes.length][];
    for (int k = 0; k < sizes.length; k++) {
      arrays[k] = new float[sizes[k]];
      for (int i = 0; i < sizes[k] && bound > 0; i++) {
        arrays[k][i] = (float) random.nextDouble(-bound, bound);
      }
    }
    return arrays;
  }

  private void run(String name, UpdateRule rule, Plain plain, int... sizes) {
    float[][] gradients = arrays(sizes, 1e-3);
    float[][] ours = arrays(sizes, 0.1);
    float[][] theirs = arrays(sizes, 0.1);
    int[] step = new int[1];
    try (Optimizer optimizer = rule.over(ours)) {
      Runnable stepped = () -> optimizer.step(gradients);
      Runnable looped = () -> plain.step(++step[0], theirs, gradients);
      Turns.medians(1, WARM_UP, stepped, looped);
      double[][] medians = Turns.medians(turns, seconds, stepped, looped);
      double ratio =
          Turns.median(
              IntStream.range(0, turns)
                  .mapToDouble(turn -> medians[0][turn] / medians[1][turn])
                  .toArray());
      System.out.printf(
          Locale.ROOT,
          "| %s | %d | %.3g | %.3g | %.2f |%n",
          name,
          sizes.length,
          1e3 * Turns.median(medians[0]),
          1e3 * Turns.median(medians[1]),
          ratio);
    }
  }

  /**
   * Prints a table.
   *
   * @param args how many turns, and how many seconds each
   */
  public static void main(String[] args) {
    int turns = args.length > 0 ? Integer.parseInt(args[0]) : 15;
    double seconds = args.length > 1 ? Double.parseDouble(args[1]) : 0.1;
    OptimizerComparison comparison = new OptimizerComparison(turns, seconds);
    System.out.println("Java " + System.getProperty("java.version"));
    System.out.println("| step | arrays | ours, µs | plain loops, µs | ours / plain |");
    System.out.println("|---|---|---|---|---|");
    for (int[] sizes : new int[][] {UNET, {IntStream.of(UNET).sum()}}) {
      comparison.run("Adam", Adam.of(1e-3), new PlainAdam(sizes), sizes);
      comparison.run("Adam, clipped", Adam.of(1e-3).withMaxNorm(1), new PlainAdam(sizes), sizes);
      comparison.run("Sgd", Sgd.of(1e-3).withMomentum(0.9), new PlainSgd(sizes), sizes);
    }
  }
}
