package io.lossmith.benchmarks;

import io.lossmith.core.Shape;
import io.lossmith.losses.BinaryCrossEntropyWithLogits;
import io.lossmith.losses.Compiled;
import io.lossmith.losses.CrossEntropy;
import io.lossmith.losses.Dice;
import io.lossmith.losses.InputShapes;
import io.lossmith.losses.Loss;
import java.util.Arrays;
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
 * Value and gradient of the losses most used, on arrays. More than one channel means class indices,
 * cross entropy and Dice over classes; one channel means binary cross entropy and Dice.
 *
 * <pre>java --add-modules jdk.incubator.vector -jar examples/benchmarks/target/benchmarks.jar Loss
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
public class LossBenchmark {
  /** Samples, channels and side of the square pictures. */
  @Param({"8x1x512", "1x1x512", "1x1x64", "4x8x256", "2x21x512"})
  public String shape;

  private Compiled compiled;
  private float[] prediction;
  private float[] target;
  private float[] gradient;

  /** Compiles the loss and fills the arrays. */
  @Setup
  public void compile() {
    int[] sizes = Arrays.stream(shape.split("x")).mapToInt(Integer::parseInt).toArray();
    Shape logits = Shape.of(sizes[0], sizes[1], sizes[2], sizes[2]);
    Shape labels = logits.with(1, 1);
    Loss loss =
        sizes[1] == 1
            ? Dice.sigmoid().plus(BinaryCrossEntropyWithLogits.create())
            : Dice.softmax().plus(CrossEntropy.create());
    compiled = loss.compile(InputShapes.of(logits, labels));
    SplittableRandom random = new SplittableRandom(1);
    prediction = new float[logits.count()];
    target = new float[labels.count()];
    gradient = new float[logits.count()];
    for (int i = 0; i < prediction.length; i++) {
      prediction[i] = (float) random.nextDouble(-4, 4);
    }
    for (int i = 0; i < target.length; i++) {
      target[i] = random.nextInt(Math.max(2, sizes[1]));
    }
  }

  /** One step of a training loop, as far as the loss goes. */
  @Benchmark
  public float valueAndGradient() {
    return compiled.evaluate(prediction, target, null, gradient);
  }
}
