package io.lossmith.benchmarks;

import io.lossmith.core.Shape;
import io.lossmith.core.engine.cpu.KernelProvider;
import io.lossmith.core.engine.cpu.WorkerThreads;
import io.lossmith.core.engine.cpu.kernel.Kernels;
import io.lossmith.core.engine.cpu.plain.PlainKernels;
import io.lossmith.core.engine.cpu.whole.WholeArrayKernel;
import io.lossmith.core.engine.cpu.whole.WholeArrayKernels;
import io.lossmith.core.op.Convolution;
import io.lossmith.core.op.ConvolutionInputGradient;
import io.lossmith.core.op.ConvolutionWeightGradient;
import io.lossmith.core.op.WholeArrayOp;
import io.lossmith.core.op.Window;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Convolutions with windows of 3 × 3 and their two gradients, layer by layer: the layers of a small
 * U-Net. {@code multiplyAdds} counts products in billions a second; a product and its sum are two
 * floating-point operations. All processors work unless {@code -Dlossmith.threads} says otherwise.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
public class ConvolutionBenchmark {
  private static final Window WINDOW =
      new Window(List.of(3, 3), List.of(1, 1), List.of(1, 1), List.of(1, 1));

  /** Images, channels, side of the image, channels of the result. */
  @Param({
    "8x1x128x8",
    "8x8x128x8",
    "8x16x64x16",
    "8x32x32x32",
    "8x48x64x16",
    "8x24x128x8",
    "1x16x64x16"
  })
  String layer = "";

  /** Whether the Vector API is used. */
  @Param({"true", "false"})
  boolean simd;

  private long products;
  private Job forward;
  private Job inputGradient;
  private Job weightGradient;

  /** A kernel with its data. */
  private record Job(WholeArrayKernel kernel, float[][] operands, float[] result) {
    static Job of(WholeArrayOp op, Kernels kernels, Shape... shapes) {
      List<Shape> operands = Arrays.asList(shapes);
      Shape result = op.shape(operands);
      float[][] data = operands.stream().map(Job::random).toArray(float[][]::new);
      return new Job(
          WholeArrayKernels.of(op, operands, result, kernels), data, new float[result.count()]);
    }

    private static float[] random(Shape shape) {
      Random random = new Random(1);
      float[] values = new float[shape.count()];
      for (int i = 0; i < values.length; i++) {
        values[i] = random.nextFloat() - 0.5f;
      }
      return values;
    }

    float[] run() {
      kernel.run(operands, result, WorkerThreads.ofMachine());
      return result;
    }
  }

  /** The second result column. */
  @State(Scope.Thread)
  @AuxCounters(AuxCounters.Type.OPERATIONS)
  public static class Count {
    /** Products, in billions. */
    public double multiplyAdds;

    /** Begins anew. */
    @Setup(Level.Iteration)
    public void clear() {
      multiplyAdds = 0;
    }
  }

  /** Makes the three kernels. */
  @Setup
  public void make() {
    int[] sizes = Arrays.stream(layer.split("x")).mapToInt(Integer::parseInt).toArray();
    Shape x = Shape.of(sizes[0], sizes[1], sizes[2], sizes[2]);
    Shape w = Shape.of(sizes[3], sizes[1], 3, 3);
    Shape y = Shape.of(sizes[0], sizes[3], sizes[2], sizes[2]);
    products = (long) x.count() * 9 * sizes[3];
    Kernels kernels = simd ? KernelProvider.kernels() : new PlainKernels();
    forward = Job.of(new Convolution(WINDOW), kernels, x, w);
    inputGradient = Job.of(new ConvolutionInputGradient(WINDOW, x), kernels, y, w);
    weightGradient = Job.of(new ConvolutionWeightGradient(WINDOW), kernels, x, y);
  }

  /** The convolution. */
  @Benchmark
  public float[] forward(Count count) {
    return run(forward, count);
  }

  /** Its gradient in the input. */
  @Benchmark
  public float[] inputGradient(Count count) {
    return run(inputGradient, count);
  }

  /** Its gradient in the weights. */
  @Benchmark
  public float[] weightGradient(Count count) {
    return run(weightGradient, count);
  }

  private float[] run(Job job, Count count) {
    count.multiplyAdds += products * 1e-9;
    return job.run();
  }
}
