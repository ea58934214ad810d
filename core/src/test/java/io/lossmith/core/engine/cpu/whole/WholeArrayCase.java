package io.lossmith.core.engine.cpu.whole;

import io.lossmith.core.Shape;
import io.lossmith.core.collective.LocalCollective;
import io.lossmith.core.engine.cpu.kernel.Kernels;
import io.lossmith.core.engine.cpu.kernel.ParallelFor;
import io.lossmith.core.engine.cpu.plain.PlainKernels;
import io.lossmith.core.engine.cpu.simd.SimdKernels;
import io.lossmith.core.op.AllReduce;
import io.lossmith.core.op.ArgSort;
import io.lossmith.core.op.AveragePool;
import io.lossmith.core.op.AveragePoolTransposed;
import io.lossmith.core.op.Convolution;
import io.lossmith.core.op.ConvolutionInputGradient;
import io.lossmith.core.op.ConvolutionWeightGradient;
import io.lossmith.core.op.CumulativeSum;
import io.lossmith.core.op.DistanceTransform;
import io.lossmith.core.op.Exchange;
import io.lossmith.core.op.Fold;
import io.lossmith.core.op.Gather;
import io.lossmith.core.op.IsAmongGreatest;
import io.lossmith.core.op.MatrixMultiply;
import io.lossmith.core.op.MaxPoolPick;
import io.lossmith.core.op.MaxPoolScatter;
import io.lossmith.core.op.RankedSum;
import io.lossmith.core.op.Resize;
import io.lossmith.core.op.ResizeTransposed;
import io.lossmith.core.op.ScatterAdd;
import io.lossmith.core.op.WholeArrayOp;
import io.lossmith.core.op.Window;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** One operation on operands of given shapes. */
record WholeArrayCase(WholeArrayOp op, List<Shape> shapes) {
  private static final Exchange ALONE = LocalCollective.of(1, Duration.ZERO).get(0);
  private static final Kernels PLAIN = new PlainKernels();
  private static final Kernels SIMD = new SimdKernels();

  @Override
  public String toString() {
    return op.label() + " of " + shapes;
  }

  static List<WholeArrayCase> all() {
    List<WholeArrayCase> cases = new ArrayList<>();
    convolutions(cases);
    pools(cases);
    resizes(cases);
    matrices(cases);
    distances(cases);
    orders(cases);
    cases.add(
        new WholeArrayCase(
            new AllReduce(Fold.SUM, ALONE),
            List.of(Shape.of(3, 700), Shape.of(1, 5), Shape.of(4))));
    return cases;
  }

  private static void convolutions(List<WholeArrayCase> cases) {
    Window three = window(2, 3, 1, 1, 1);
    convolution(cases, three, 8, 1, 1, 13, 20);
    convolution(cases, three, 1, 8, 3, 7, 9);
    convolution(cases, three, 24, 2, 1, 65, 67);
    convolution(cases, three, 17, 5, 3, 5, 6);
    convolution(cases, three, 3, 17, 1, 13, 20);
    convolution(cases, three, 64, 2, 1, 5, 6);
    convolution(cases, three, 8, 4, 1, 150, 140);
    convolution(cases, three, 5, 2, 9, 3, 3);
    convolution(cases, three, 128, 128, 17, 2, 3);
    convolution(cases, three, 24, 8, 2, 7, 32);
    convolution(cases, three, 4, 1, 3, 9, 16);
    convolution(cases, three, 13, 12, 1, 5, 48);
    convolution(cases, three, 8, 16, 1, 150, 64);
    convolution(cases, three, 8, 4, 1, 2, 16);
    convolution(cases, window(2, 1, 1, 0, 1), 1, 8, 3, 13, 20);
    convolution(cases, window(2, 1, 1, 0, 1), 24, 17, 1, 7, 9);
    convolution(cases, window(2, 5, 1, 2, 1), 8, 3, 1, 5, 6);
    convolution(cases, window(2, 2, 1, 0, 1), 5, 3, 3, 7, 9);
    convolution(cases, window(2, 4, 1, 2, 1), 2, 5, 1, 13, 20);
    convolution(cases, window(2, 3, 1, 0, 1), 9, 2, 1, 7, 9);
    convolution(cases, window(2, 3, 1, 7, 1), 8, 2, 3, 5, 6);
    convolution(cases, window(2, 1, 1, 3, 1), 3, 2, 1, 5, 6);
    convolution(cases, window(2, 3, 2, 1, 1), 8, 3, 3, 13, 20);
    convolution(cases, window(2, 2, 2, 0, 1), 8, 5, 1, 65, 67);
    convolution(cases, window(2, 3, 2, 1, 1), 8, 8, 1, 13, 32);
    convolution(cases, window(2, 3, 3, 4, 2), 4, 3, 3, 7, 9);
    convolution(cases, window(2, 3, 1, 2, 2), 8, 3, 1, 13, 20);
    convolution(cases, window(2, 3, 1, 3, 2), 1, 1, 3, 5, 6);
    convolution(cases, window(2, 1, 2, 0, 1), 3, 4, 1, 7, 9);
    convolution(cases, window(2, 2, 4, 1, 3), 3, 4, 1, 13, 20);
    convolution(
        cases,
        new Window(List.of(1, 4), List.of(2, 1), List.of(0, 3), List.of(1, 2)),
        2,
        3,
        3,
        7,
        9);
    convolution(
        cases,
        new Window(List.of(5, 2), List.of(1, 3), List.of(1, 0), List.of(2, 1)),
        9,
        3,
        1,
        13,
        20);
    convolution(cases, window(1, 3, 1, 1, 1), 8, 3, 3, 20);
    convolution(cases, window(1, 3, 1, 1, 1), 8, 2, 1, 4096);
    convolution(cases, window(1, 4, 2, 3, 2), 3, 5, 1, 9000);
    convolution(cases, window(3, 3, 1, 1, 1), 8, 3, 1, 5, 6, 7);
    convolution(cases, window(3, 3, 1, 1, 1), 8, 8, 1, 4, 5, 16);
    convolution(cases, window(3, 2, 2, 1, 2), 3, 2, 3, 5, 6, 7);
  }

  /** Adds a convolution and its two gradients. */
  private static void convolution(
      List<WholeArrayCase> cases,
      Window window,
      int outputs,
      int channels,
      int images,
      int... spatial) {
    Shape x = shape(images, channels, spatial);
    Shape w =
        shape(outputs, channels, window.size().stream().mapToInt(Integer::intValue).toArray());
    Convolution convolution = new Convolution(window);
    Shape y = convolution.shape(List.of(x, w));
    cases.add(new WholeArrayCase(convolution, List.of(x, w)));
    cases.add(new WholeArrayCase(new ConvolutionInputGradient(window, x), List.of(y, w)));
    for (boolean withRests : new boolean[] {false, true}) {
      cases.add(
          new WholeArrayCase(new ConvolutionWeightGradient(window, withRests), List.of(x, y)));
    }
  }

  private static void pools(List<WholeArrayCase> cases) {
    pool(cases, window(2, 2, 2, 0, 1), shape(3, 2, 12, 20));
    pool(cases, window(2, 2, 2, 0, 1), shape(1, 5, 13, 7));
    pool(cases, window(2, 9, 9, 0, 1), shape(1, 2, 20, 37));
    pool(cases, window(3, 3, 3, 0, 1), shape(1, 2, 7, 6, 10));
    pool(cases, window(2, 2, 2, 1, 1), shape(1, 5, 13, 7));
    pool(cases, window(2, 3, 1, 1, 1), shape(1, 2, 65, 67));
    pool(cases, window(2, 31, 1, 15, 1), shape(2, 1, 35, 37));
    pool(cases, window(2, 31, 1, 15, 1), shape(1, 1, 5, 200));
    pool(cases, window(2, 4, 1, 0, 2), shape(1, 2, 13, 20));
    pool(cases, window(2, 3, 2, 5, 3), shape(3, 1, 7, 9));
    pool(cases, window(2, 1, 1, 0, 1), shape(1, 1, 5, 6));
    pool(cases, window(2, 1, 3, 0, 1), shape(1, 2, 7, 9));
    pool(cases, window(1, 6, 1, 3, 1), shape(2, 3, 20));
    pool(cases, window(3, 2, 2, 0, 1), shape(1, 3, 4, 6, 7));
    pool(cases, window(3, 3, 1, 1, 1), shape(2, 1, 4, 6, 7));
    pool(cases, window(3, 3, 1, 1, 1), shape(1, 1, 40, 30, 37));
    pool(cases, window(3, 4, 1, 2, 1), shape(1, 2, 1, 3, 2));
    pool(cases, window(2, 3, 1, 1, 1), shape(2, 1, 1, 1));
    pool(cases, window(2, 3, 1, 2, 1), shape(1, 1, 1, 20));
    pool(cases, window(2, 5, 1, 1, 1), shape(1, 1, 300, 260));
    pool(cases, window(2, 3, 1, 2, 2), shape(1, 1, 2, 20));
    pool(cases, window(2, 3, 1, 0, 2), shape(1, 1, 20, 30));
    pool(cases, window(1, 3, 1, 1, 1), shape(2, 3, 1));
    pool(cases, window(1, 3, 1, 1, 1), shape(1, 1, 9000));
    pool(cases, along(3, 1), shape(1, 2, 65, 67));
    pool(cases, along(1, 3), shape(1, 2, 65, 67));
    List<Window> cross = List.of(along(3, 1), along(1, 3));
    maxPool(cases, cross, shape(1, 2, 65, 67));
    maxPool(cases, cross, shape(2, 3, 1, 2));
    maxPool(cases, List.of(along(1, 1), along(5, 3), along(3, 7)), shape(1, 1, 30, 20));
    maxPool(cases, List.of(window(2, 3, 2, 1, 1), window(2, 1, 2, 0, 1)), shape(1, 2, 9, 7));
    maxPool(cases, List.of(along(3, 1, 1), along(1, 3, 1), along(1, 1, 3)), shape(1, 2, 5, 6, 7));
    maxPool(cases, List.of(along(3, 1, 1), along(1, 1, 3)), shape(1, 1, 40, 30, 37));
  }

  /** Returns a window that leaves the sizes as they are. */
  private static Window along(Integer... sizes) {
    List<Integer> ones = same(sizes.length, 1);
    return new Window(List.of(sizes), ones, Arrays.stream(sizes).map(s -> s / 2).toList(), ones);
  }

  private static void pool(List<WholeArrayCase> cases, Window window, Shape x) {
    AveragePool average = new AveragePool(window);
    Shape y = average.shape(List.of(x));
    cases.add(new WholeArrayCase(average, List.of(x)));
    cases.add(new WholeArrayCase(new AveragePoolTransposed(window, x), List.of(y)));
    maxPool(cases, List.of(window), x);
  }

  private static void maxPool(List<WholeArrayCase> cases, List<Window> windows, Shape x) {
    MaxPoolPick pick = new MaxPoolPick(windows);
    Shape y = pick.shape(List.of(x, x));
    cases.add(new WholeArrayCase(pick, List.of(x, x)));
    cases.add(new WholeArrayCase(new MaxPoolScatter(windows), List.of(x, y)));
  }

  private static void resizes(List<WholeArrayCase> cases) {
    for (Resize.Mode mode : Resize.Mode.values()) {
      resize(cases, mode, shape(3, 2, 5, 6), 10, 12);
      resize(cases, mode, shape(1, 5, 13, 20), 7, 40);
      resize(cases, mode, shape(1, 2, 7, 9), 65, 4);
      resize(cases, mode, shape(1, 1, 7, 9), 7, 9);
      resize(cases, mode, shape(2, 3, 7), 17);
      resize(cases, mode, shape(1, 2, 3, 4, 5), 6, 3, 10);
    }
  }

  private static void resize(
      List<WholeArrayCase> cases, Resize.Mode mode, Shape x, Integer... sizes) {
    Resize resize = new Resize(mode, List.of(sizes));
    List<Integer> back = Arrays.stream(x.toArray()).skip(2).boxed().toList();
    cases.add(new WholeArrayCase(resize, List.of(x)));
    cases.add(
        new WholeArrayCase(new ResizeTransposed(mode, back), List.of(resize.shape(List.of(x)))));
  }

  private static void matrices(List<WholeArrayCase> cases) {
    int[][] sizes = {{1, 1, 1}, {8, 17, 65}, {13, 5, 1}, {3, 64, 700}, {24, 3, 20}};
    for (int[] s : sizes) {
      cases.add(
          new WholeArrayCase(
              new MatrixMultiply(), List.of(Shape.of(s[0], s[1]), Shape.of(s[1], s[2]))));
      cases.add(
          new WholeArrayCase(
              new MatrixMultiply(),
              List.of(Shape.of(2, 3, s[0], s[1]), Shape.of(2, 3, s[1], s[2]))));
    }
  }

  private static void distances(List<WholeArrayCase> cases) {
    distance(cases, shape(2, 3, 20), 0.7);
    distance(cases, shape(1, 1, 5000), 1.0);
    distance(cases, shape(3, 2, 13, 20), 1.0, 1.0);
    distance(cases, shape(1, 1, 70, 150), 0.3, 2.5);
    distance(cases, shape(1, 1, 13, 14), 1e30, 1e-30);
    distance(cases, shape(1, 2, 1, 9), 1.0, 3.0);
    distance(cases, shape(1, 2, 9, 1), 1.0, 3.0);
    distance(cases, shape(2, 1, 5, 6, 7), 1.0, 1.0, 1.0);
    distance(cases, shape(1, 2, 1, 6, 7), 9.0, 1.5, 1.0);
    distance(cases, shape(1, 1, 12, 13, 14), 5.0, 0.7, 0.7);
  }

  private static void distance(List<WholeArrayCase> cases, Shape x, Double... spacing) {
    cases.add(new WholeArrayCase(new DistanceTransform(List.of(spacing)), List.of(x)));
  }

  private static void orders(List<WholeArrayCase> cases) {
    for (int length : new int[] {1, 2, 48, 49, 700, 9000, 40_000}) {
      orders(cases, 0, Shape.of(length));
      orders(cases, 1, Shape.of(3, length));
    }
    orders(cases, 1, Shape.of(2, 5, 7));
    orders(cases, 0, Shape.of(60, 3));
    orders(cases, 1, Shape.of(1, 4, 600));
    orders(cases, 1, Shape.of(3000, 9));
    orders(cases, 0, Shape.of(40_000, 2));
    orders(cases, 1, Shape.of(2, 100, 700));
    cases.add(
        new WholeArrayCase(new ScatterAdd(1, 4), List.of(Shape.of(2, 0, 3), Shape.of(2, 0, 3))));
    Shape line = Shape.of(300_000);
    cases.add(new WholeArrayCase(new ScatterAdd(0, 2), List.of(line, line)));
    cases.add(new WholeArrayCase(new ScatterAdd(0, 70_000), List.of(line, line)));
    Shape lines = Shape.of(5, 2);
    cases.add(new WholeArrayCase(new ScatterAdd(0, 300_001), List.of(lines, lines)));
  }

  /** Adds every operation along an axis of x, taking and adding at half as many positions. */
  private static void orders(List<WholeArrayCase> cases, int axis, Shape x) {
    Shape half = x.with(axis, (x.get(axis) + 1) / 2);
    for (boolean flag : new boolean[] {false, true}) {
      cases.add(new WholeArrayCase(new ArgSort(axis, flag), List.of(x)));
      cases.add(new WholeArrayCase(new CumulativeSum(axis, false, flag), List.of(x)));
      cases.add(new WholeArrayCase(new CumulativeSum(axis, true, flag), List.of(x)));
      cases.add(new WholeArrayCase(new RankedSum(axis, flag, false), List.of(x, x)));
      cases.add(new WholeArrayCase(new RankedSum(axis, flag, true), List.of(x, x)));
    }
    cases.add(new WholeArrayCase(new IsAmongGreatest(axis), List.of(x, x.with(axis, 1))));
    cases.add(new WholeArrayCase(new Gather(axis), List.of(x, half)));
    cases.add(new WholeArrayCase(new ScatterAdd(axis, x.get(axis)), List.of(half, half)));
  }

  static Window window(int axes, int size, int stride, int padding, int dilation) {
    return new Window(
        same(axes, size), same(axes, stride), same(axes, padding), same(axes, dilation));
  }

  private static List<Integer> same(int count, int value) {
    return java.util.Collections.nCopies(count, value);
  }

  static Shape shape(int first, int second, int... more) {
    int[] sizes = new int[more.length + 2];
    sizes[0] = first;
    sizes[1] = second;
    System.arraycopy(more, 0, sizes, 2, more.length);
    return Shape.of(sizes);
  }

  Shape result() {
    return op.shape(shapes);
  }

  WholeArrayKernel kernel(boolean simd) {
    return WholeArrayKernels.of(op, shapes, result(), simd ? SIMD : PLAIN);
  }

  /** Returns how many positions there are to choose from, 0 where no operand holds positions. */
  private int positions() {
    return op instanceof Gather gather
        ? shapes.get(0).get(gather.axis())
        : op instanceof ScatterAdd scatter ? scatter.length() : 0;
  }

  /**
   * Returns operands with numbers in −1..1 and, sometimes, ties. With odd seeds a max pool picks
   * among its own keys, and most of what is ranked is 0.
   */
  float[][] operands(long seed) {
    Random random = new Random(seed);
    float[][] operands = new float[shapes.size()][];
    for (int i = 0; i < operands.length; i++) {
      operands[i] = new float[shapes.get(i).count()];
      for (int j = 0; j < operands[i].length; j++) {
        float value = random.nextFloat() * 2 - 1;
        operands[i][j] =
            i == 1 && positions() > 0
                ? random.nextInt(positions())
                : random.nextInt(4) == 0 ? Math.round(value * 2) / 2f : value;
      }
    }
    if (op instanceof MaxPoolPick && seed % 2 == 1) {
      operands[1] = operands[0];
    }
    if (op instanceof RankedSum && seed % 2 == 1) {
      for (int j = 0; j < operands[0].length; j++) {
        operands[0][j] = Math.max(0, operands[0][j]);
      }
    }
    if (op instanceof IsAmongGreatest greatest) {
      int length = shapes.get(0).get(greatest.axis());
      for (int j = 0; j < operands[1].length; j++) {
        operands[1][j] = random.nextInt(length + 2) + random.nextFloat();
      }
    }
    return operands;
  }

  double[] expected(float[][] operands) {
    double[][] wide = new double[operands.length][];
    for (int i = 0; i < wide.length; i++) {
      wide[i] = new double[operands[i].length];
      for (int j = 0; j < wide[i].length; j++) {
        wide[i][j] = operands[i][j];
      }
    }
    double[] result = new double[result().count()];
    op.evaluate(wide, shapes, result);
    return result;
  }

  float[] run(WholeArrayKernel kernel, float[][] operands, ParallelFor team) {
    float[] result = new float[result().count()];
    Arrays.fill(result, Float.NaN);
    kernel.run(operands, result, team);
    return result;
  }
}
