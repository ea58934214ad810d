package io.lossmith.benchmarks;

import io.lossmith.core.Shape;
import io.lossmith.core.engine.Engine;
import io.lossmith.core.engine.Engines;
import io.lossmith.losses.BinaryCrossEntropyWithLogits;
import io.lossmith.losses.Compiled;
import io.lossmith.losses.CrossEntropy;
import io.lossmith.losses.Dice;
import io.lossmith.losses.InputShapes;
import io.lossmith.losses.Loss;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.DoubleSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Value and gradient of volumes and of very large batches, on more and more threads, beside the
 * same losses of two million elements: how long a byte takes that is moved, and what memory is
 * taken beside the caller's arrays, as {@code explain()} says it and as the JVM's heap grows.
 *
 * <pre>
 * java --add-modules jdk.incubator.vector -Xmx8g -cp examples/benchmarks/target/benchmarks.jar \
 *   io.lossmith.benchmarks.ScaleRuns [SECONDS [THREADS... [CHART.png]]]
 * </pre>
 */
public final class ScaleRuns {
  private static final Pattern SAID =
      Pattern.compile(
          "(\\d+) (B|kB|MB) moved in a run, (\\d+) (B|kB|MB) of temporary arrays,"
              + " (\\d+) (B|kB|MB) for tiles");
  private static final Map<String, Long> UNITS = Map.of("B", 1L, "kB", 1000L, "MB", 1_000_000L);

  private static final Loss BINARY = BinaryCrossEntropyWithLogits.create().plus(Dice.sigmoid());
  private static final Loss CLASSES = CrossEntropy.create().plus(Dice.softmax());

  private final double seconds;
  private final int threads;
  private final Engine engine;
  private final ScaleChart chart;

  private ScaleRuns(double seconds, int threads, ScaleChart chart) {
    this.seconds = seconds;
    this.threads = threads;
    this.engine = Engines.defaultEngine().withThreads(threads);
    this.chart = chart;
  }

  /**
   * How a loss went.
   *
   * @param ms the median of a run
   * @param moved bytes that a run moves, as the plan counts them
   */
  private record Went(double ms, long moved) {
    double picosecondsPerByte() {
      return ms * 1e9 / moved;
    }
  }

  private void run() {
    Went binary = run("bce-with-logits + dice", BINARY, Shape.of(8, 1, 512, 512), null, null);
    run("bce-with-logits + dice", BINARY, Shape.of(8, 1, 4096, 4096), binary, binary);
    Went classes = run("cross-entropy + dice", CLASSES, Shape.of(8, 4, 256, 256), null, binary);
    run("cross-entropy + dice", CLASSES, Shape.of(1, 4, 256, 256, 256), classes, binary);
  }

  /** Measures a loss and prints its row, with ratios to itself at a small shape and to another. */
  private Went run(
      String name, Loss loss, Shape shape, @Nullable Went small, @Nullable Went first) {
    Shape labels = shape.with(1, 1);
    SplittableRandom random = new SplittableRandom(1);
    float[] prediction = filled(shape, () -> random.nextDouble(-4, 4));
    float[] target = filled(labels, () -> random.nextInt(Math.max(2, shape.get(1))));
    float[] gradient = new float[prediction.length];
    long before = heap();
    try (Compiled compiled = loss.compile(InputShapes.of(shape, labels), engine)) {
      Runnable run = () -> compiled.evaluate(prediction, target, null, gradient);
      run.run();
      long grown = Math.max(0, heap() - before);
      Matcher said = SAID.matcher(compiled.explain());
      if (!said.find()) {
        throw new IllegalStateException("explain() does not say what is moved");
      }
      long moved = bytes(said, 1);
      Went went = new Went(Turns.median(Turns.medians(1, seconds, run)[0]), moved);
      System.out.printf(
          Locale.ROOT,
          "| %s | %s | %d | %.4g | %.3f | %.3g | %.3g | %s | %s | %.3g | %.3g |%n",
          name,
          shape,
          threads,
          went.ms(),
          went.ms() * 1e6 / shape.count(),
          moved / 1e6,
          moved / went.ms() / 1e6,
          ratio(went, small),
          ratio(went, first),
          (bytes(said, 3) + bytes(said, 5)) / 1e6,
          grown / 1e6);
      chart.add(name + " " + shape, threads, went.picosecondsPerByte());
      return went;
    }
  }

  private static float[] filled(Shape shape, DoubleSupplier next) {
    float[] filled = new float[shape.count()];
    for (int i = 0; i < filled.length; i++) {
      filled[i] = (float) next.getAsDouble();
    }
    return filled;
  }

  private static long bytes(Matcher said, int group) {
    return Long.parseLong(said.group(group)) * UNITS.get(said.group(group + 1));
  }

  private static String ratio(Went went, @Nullable Went other) {
    return other == null
        ? "–"
        : String.format(
            Locale.ROOT, "%.2f", went.picosecondsPerByte() / other.picosecondsPerByte());
  }

  private static long heap() {
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  /**
   * Prints a table.
   *
   * @param args how many seconds each measurement takes, the numbers of threads, and a file for a
   *     chart
   */
  public static void main(String[] args) {
    List<String> given = new ArrayList<>(List.of(args));
    boolean isDrawn = !given.isEmpty() && given.get(given.size() - 1).endsWith(".png");
    String file = isDrawn ? given.remove(given.size() - 1) : null;
    double seconds = given.isEmpty() ? 5 : Double.parseDouble(given.remove(0));
    List<String> threads = given.isEmpty() ? List.of("1", "2", "4") : given;
    ScaleChart chart = new ScaleChart();
    System.out.println(
        "Java "
            + System.getProperty("java.version")
            + ", "
            + Runtime.getRuntime().availableProcessors()
            + " processors; "
            + Engines.defaultEngine().description());
    System.out.println(
        "| value and gradient | shape | threads | ms | ns an element | MB moved | GB/s |"
            + " time a byte, to 2 M elements | to the first row | temporary MB, said |"
            + " heap grown, MB |");
    System.out.println("|---|---|---|---|---|---|---|---|---|---|---|");
    for (String count : threads) {
      new ScaleRuns(seconds, Integer.parseInt(count), chart).run();
    }
    if (file != null) {
      chart.write(Path.of(file));
    }
  }
}
