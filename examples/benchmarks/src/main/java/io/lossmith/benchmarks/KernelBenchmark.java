package io.lossmith.benchmarks;

import io.lossmith.core.engine.cpu.kernel.Kernels;
import io.lossmith.core.op.Binary;
import io.lossmith.core.op.Fold;
import io.lossmith.core.op.Unary;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Nanoseconds per element of what the tile interpreter is made of, in tiles of 1024 elements. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Fork(value = 1, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
public class KernelBenchmark {
  private static final int N = 1024;
  private static final int ROWS = 8;

  /** Which kernels. */
  @Param({"simd.SimdKernels", "plain.PlainKernels"})
  public String kind = "";

  private Kernels kernels;
  private final float[] any = new float[ROWS * N];
  private final float[] positive = new float[ROWS * N];
  private final float[] out = new float[ROWS * N];
  private final float[] greatest = new float[N];
  private final float[] total = new float[N];

  /** Fills the operands. */
  @Setup
  public void fill() throws ReflectiveOperationException {
    Class<?> named = Class.forName("io.lossmith.core.engine.cpu." + kind);
    kernels = (Kernels) named.getDeclaredConstructor().newInstance();
    Random random = new Random(1);
    for (int i = 0; i < any.length; i++) {
      any[i] = (float) random.nextGaussian() * 3;
      positive[i] = random.nextFloat() + 0.01f;
    }
    kernels.folds().foldRows(Fold.MAX, new float[][] {any}, 0, N, ROWS, greatest, 0, N);
  }

  /** Elementwise operations on one operand. */
  @State(Scope.Thread)
  public static class OfOne {
    /** Which. */
    @Param({
      "NEGATE",
      "ABS",
      "SIGN",
      "RELU",
      "SQUARE",
      "SQRT",
      "RECIPROCAL",
      "EXP",
      "LOG",
      "LOG1P",
      "SIGMOID",
      "SOFTPLUS",
      "TANH",
      "ATAN",
      "FLOOR",
      "RINT"
    })
    public Unary op = Unary.NEGATE;
  }

  /** Elementwise operations on two operands. */
  @State(Scope.Thread)
  public static class OfTwo {
    /** Which. */
    @Param({
      "ADD",
      "SUBTRACT",
      "MULTIPLY",
      "DIVIDE",
      "MAXIMUM",
      "MINIMUM",
      "POWER",
      "EQUAL",
      "LESS"
    })
    public Binary op = Binary.ADD;
  }

  /** Folds. */
  @State(Scope.Thread)
  public static class OfMany {
    /** Which. */
    @Param({"SUM", "MAX", "MIN"})
    public Fold fold = Fold.SUM;
  }

  @Benchmark
  @OperationsPerInvocation(N)
  public void unary(OfOne of) {
    boolean demanding = of.op == Unary.LOG || of.op == Unary.LOG1P || of.op == Unary.SQRT;
    kernels.unary(of.op, demanding ? positive : any, 0, out, 0, N);
  }

  @Benchmark
  @OperationsPerInvocation(N)
  public void binary(OfTwo of) {
    kernels.binary(of.op, positive, 0, any, 0, out, 0, N);
  }

  @Benchmark
  @OperationsPerInvocation(N)
  public void binaryWithNumber(OfTwo of) {
    kernels.binary(of.op, positive, 0, 1.5f, out, 0, N);
  }

  @Benchmark
  @OperationsPerInvocation(N)
  public void multiplyAdd() {
    kernels.multiplyAdd(any, 0, positive, 0, greatest, 0, out, 0, N);
  }

  @Benchmark
  @OperationsPerInvocation(N)
  public void where() {
    kernels.where(any, 0, positive, 0, greatest, 0, out, 0, N);
  }

  @Benchmark
  @OperationsPerInvocation(N)
  public float fold(OfMany of) {
    return kernels.folds().fold(of.fold, any, 0, N);
  }

  @Benchmark
  @OperationsPerInvocation(N)
  public float dot() {
    return kernels.folds().dot(any, 0, positive, 0, N);
  }

  @Benchmark
  @OperationsPerInvocation(N)
  public float distance() {
    return kernels.folds().distance(any, 0, positive, 0, N);
  }

  @Benchmark
  @OperationsPerInvocation(ROWS * N)
  public void foldRows(OfMany of) {
    kernels.folds().foldRows(of.fold, new float[][] {any}, 0, N, ROWS, total, 0, N);
  }

  @Benchmark
  @OperationsPerInvocation(ROWS * N)
  public void dotRows() {
    kernels
        .folds()
        .dotRows(new float[][] {any}, 0, N, new float[][] {positive}, 0, N, ROWS, total, 0, N);
  }

  @Benchmark
  @OperationsPerInvocation(ROWS * N)
  public void expRows() {
    kernels
        .folds()
        .expRows(
            new float[][] {any},
            0,
            N,
            greatest,
            0,
            true,
            new float[][] {out},
            0,
            N,
            total,
            0,
            ROWS,
            N);
  }

  @Benchmark
  @OperationsPerInvocation(N)
  public void scaledExp() {
    kernels.folds().scaledExp(any, 0, greatest, 0, true, total, 0, out, 0, N);
  }
}
