package io.lossmith.autodiff;

import io.lossmith.core.Elements;
import io.lossmith.core.Shape;
import io.lossmith.core.engine.Engine;
import io.lossmith.core.engine.Engines;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Compares a gradient with central finite differences, both computed in double by the formulas of
 * the reference engine, along a random direction: cheap at any size, and blind to no element. Then
 * runs the engine in use and compares each element of what it computes, value and gradients, with
 * the reference. A message says which of the two differs, where and by how much.
 *
 * <pre>{@code
 * GradientCheck.of(in -> in.get(0).minus(in.get(1)).square().mean()).first(prediction, target);
 * }</pre>
 *
 * <p>Stay away from places where the function has a corner: there the two rightly differ.
 */
public final class GradientCheck {
  private static final int SEARCHED = 10_000;

  /** Another order of operations may round this much worse. */
  private static final double ROUNDINGS = 20;

  /** What is less came of terms that cancel, in double. */
  private static final double CANCELLED = 1e-12;

  private static final double CANCELLED_IN_FLOAT = 1e-5;
  private static final String GRADIENT = "gradient";

  private final Function<List<Tensor>, Tensor> f;
  private final @Nullable Engine engine;
  private final double step;
  private final double tolerance;
  private final double engineTolerance;
  private final boolean everyElement;
  private final long seed;

  private GradientCheck(
      Function<List<Tensor>, Tensor> f,
      @Nullable Engine engine,
      double step,
      double tolerance,
      double engineTolerance,
      boolean everyElement,
      long seed) {
    this.f = f;
    this.engine = engine;
    this.step = step;
    this.tolerance = tolerance;
    this.engineTolerance = engineTolerance;
    this.everyElement = everyElement;
    this.seed = seed;
  }

  /**
   * Returns a check of a function of any number of tensors, and of the default engine: step 1e-5,
   * tolerance 1e-5, of the engine 1e-3.
   */
  public static GradientCheck of(Function<List<Tensor>, Tensor> f) {
    Objects.requireNonNull(f, "f");
    return new GradientCheck(f, null, 1e-5, 1e-5, 1e-3, false, 1);
  }

  /** Returns a check of a function, and of an engine, as {@link #of(Function)}. */
  public static GradientCheck of(Function<List<Tensor>, Tensor> f, Engine engine) {
    Objects.requireNonNull(f, "f");
    Objects.requireNonNull(engine, "engine");
    return new GradientCheck(f, engine, 1e-5, 1e-5, 1e-3, false, 1);
  }

  /** Returns this with another distance to the two points that are compared. */
  public GradientCheck withStep(double changed) {
    requirePositive("step", changed);
    return new GradientCheck(f, engine, changed, tolerance, engineTolerance, everyElement, seed);
  }

  /**
   * Returns this with another difference > 0 allowed, relative to the slope or to 1 if that is
   * more.
   */
  public GradientCheck withTolerance(double changed) {
    requirePositive("tolerance", changed);
    return new GradientCheck(f, engine, step, changed, engineTolerance, everyElement, seed);
  }

  /**
   * Returns this with another difference allowed between the engine and the reference, relative to
   * the largest element of the value or of that gradient, or to a thousandth of the largest of all.
   * What rounding each operation's result to float does to an output is allowed besides, and 1e-5
   * where all of it is 0.
   */
  public GradientCheck withEngineTolerance(double changed) {
    requirePositive("engineTolerance", changed);
    return new GradientCheck(f, engine, step, tolerance, changed, everyElement, seed);
  }

  private static void requirePositive(String option, double given) {
    if (!(given > 0 && given <= Double.MAX_VALUE)) {
      throw new IllegalArgumentException(
          "GradientCheck: " + option + " is " + given + ", must be a finite number > 0");
    }
  }

  /** Returns this, checking each element of each input besides the direction: expensive. */
  public GradientCheck withEveryElement() {
    return new GradientCheck(f, engine, step, tolerance, engineTolerance, true, seed);
  }

  /** Returns this with another random direction. */
  public GradientCheck withSeed(long changed) {
    return new GradientCheck(f, engine, step, tolerance, engineTolerance, everyElement, changed);
  }

  /**
   * Checks the gradient at these inputs.
   *
   * @throws AssertionError if it differs, or the engine does; the message says which, where and by
   *     how much
   */
  public void first(Tensor... inputs) {
    Elements.require(inputs, "inputs");
    check(f, GRADIENT, inputs);
  }

  /**
   * Checks the gradient of the gradient at these inputs, along one more random direction.
   *
   * @throws AssertionError if it differs, or the engine does; the message says which, where and by
   *     how much
   */
  public void second(Tensor... inputs) {
    Elements.require(inputs, "inputs");
    Random random = new Random(seed + 1);
    List<Tensor> along = new ArrayList<>();
    for (Tensor input : inputs) {
      float[] values = new float[input.shape().count()];
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) random.nextGaussian();
      }
      along.add(Tensor.wrap(values, input.shape().toArray()));
    }
    check(args -> slope(args, along), "second gradient", inputs);
  }

  private Tensor slope(List<Tensor> args, List<Tensor> along) {
    List<Tensor> gradients = Gradients.of(f.apply(args), args);
    Tensor sum = Tensor.scalar(0);
    for (int i = 0; i < along.size(); i++) {
      sum = sum.plus(gradients.get(i).times(along.get(i)).sum());
    }
    return sum;
  }

  private void check(Function<List<Tensor>, Tensor> g, String what, Tensor... inputs) {
    if (inputs.length == 0) {
      throw new IllegalArgumentException(
          "GradientCheck: inputs is empty, must hold the tensors to check at");
    }
    List<Shape> shapes = Arrays.stream(inputs).map(Tensor::shape).toList();
    DoubleEvaluation value = DoubleEvaluation.of(shapes, args -> List.of(g.apply(args)));
    DoubleEvaluation slopes =
        DoubleEvaluation.of(shapes, args -> Gradients.of(g.apply(args), args));
    double[][] at = wide(inputs);
    double[][] gradients = slopes.run(at);
    double[][] direction = new double[at.length][];
    Random random = new Random(seed);
    for (int i = 0; i < at.length; i++) {
      direction[i] = random.doubles(at[i].length, -1, 1).toArray();
    }
    double along = 0;
    for (int i = 0; i < at.length; i++) {
      for (int j = 0; j < at[i].length; j++) {
        along += gradients[i][j] * direction[i][j];
      }
    }
    double measured = measure(value, at, direction);
    boolean differs = differs(along, measured);
    if (differs || everyElement) {
      searchElements(what, value, at, gradients, shapes);
    }
    if (differs) {
      throw new AssertionError(message(what, "along a random direction", along, measured));
    }
    compareEngine(
        i -> what.equals(GRADIENT) ? "value" : "gradient along a direction", value, inputs);
    compareEngine(i -> what + " to input " + i, slopes, inputs);
  }

  /** Compares what the engine computes, each output in its turn, with what the reference does. */
  private void compareEngine(IntFunction<String> what, DoubleEvaluation exact, Tensor... inputs) {
    Engine used = engine == null ? Engines.defaultEngine() : engine;
    float[][] given = Arrays.stream(inputs).map(Tensor::toArray).toArray(float[][]::new);
    double[][] at = wide(inputs);
    double[][] want = exact.run(at);
    float[][] got = EagerEvaluation.run(used, exact.lifted(), given);
    double largest = Arrays.stream(want).mapToDouble(GradientCheck::largest).max().orElse(0);
    for (int i = 0; i < want.length; i++) {
      double size = Math.max(largest(want[i]), 1e-3 * largest);
      double allowed = size < CANCELLED ? CANCELLED_IN_FLOAT : engineTolerance * size;
      for (int j = 0; j < want[i].length; j++) {
        boolean same = Float.compare(got[i][j], (float) want[i][j]) == 0; // infinities, NaN
        double off = Math.abs(got[i][j] - want[i][j]);
        if (!same && !(off <= allowed) && !(off <= allowed + noise(exact, at, want, i))) {
          int[] where = index(exact.lifted().graph().outputs().get(i).shape(), j);
          throw new AssertionError(
              String.format(
                  "GradientCheck: the %s at %s is %.9g on the engine %s, %.9g on the reference;"
                      + " off by %.3g, allowed %.3g",
                  what.apply(i),
                  Arrays.toString(where),
                  got[i][j],
                  used.name(),
                  want[i][j],
                  off,
                  allowed));
        }
      }
    }
  }

  /** Returns some times what an output moves where each operation's result is rounded to float. */
  private static double noise(DoubleEvaluation f, double[][] at, double[][] exact, int output) {
    double[] rounded = RoundedEvaluation.of(f.lifted().graph(), f.withData(at)).get(output);
    double moved = 0;
    for (int i = 0; i < rounded.length; i++) {
      moved = Math.max(moved, Math.abs(rounded[i] - exact[output][i]));
    }
    return ROUNDINGS * moved;
  }

  private static double largest(double[] values) {
    return Arrays.stream(values).map(Math::abs).filter(Double::isFinite).max().orElse(0);
  }

  private void searchElements(
      String what,
      DoubleEvaluation value,
      double[][] at,
      double[][] gradients,
      List<Shape> shapes) {
    int searched = 0;
    for (int i = 0; i < at.length; i++) {
      for (int j = 0; j < at[i].length && (everyElement || searched++ < SEARCHED); j++) {
        double[][] direction = new double[at.length][];
        for (int k = 0; k < at.length; k++) {
          direction[k] = new double[at[k].length];
        }
        direction[i][j] = 1;
        double measured = measure(value, at, direction);
        if (differs(gradients[i][j], measured)) {
          String where =
              "to input "
                  + i
                  + " at "
                  + Arrays.toString(index(shapes.get(i), j))
                  + " = "
                  + at[i][j];
          throw new AssertionError(message(what, where, gradients[i][j], measured));
        }
      }
    }
  }

  private double measure(DoubleEvaluation value, double[][] at, double[][] direction) {
    return (sum(value, moved(at, direction, step)) - sum(value, moved(at, direction, -step)))
        / (2 * step);
  }

  private static double[][] moved(double[][] at, double[][] direction, double by) {
    double[][] moved = new double[at.length][];
    for (int i = 0; i < at.length; i++) {
      moved[i] = at[i].clone();
      for (int j = 0; j < at[i].length; j++) {
        moved[i][j] += by * direction[i][j];
      }
    }
    return moved;
  }

  private static double sum(DoubleEvaluation value, double[][] at) {
    return Arrays.stream(value.run(at)[0]).sum();
  }

  /** NaN on either side differs. */
  private boolean differs(double gradient, double measured) {
    return !(Math.abs(gradient - measured) <= tolerance * Math.max(1, Math.abs(measured)));
  }

  private String message(String what, String where, double gradient, double measured) {
    return String.format(
        "GradientCheck: the %s %s is %.9g, finite differences give %.9g; off by %.3g, allowed %.3g",
        what,
        where,
        gradient,
        measured,
        Math.abs(gradient - measured),
        tolerance * Math.max(1, Math.abs(measured)));
  }

  private static int[] index(Shape shape, int position) {
    int[] index = new int[shape.rank()];
    int rest = position;
    for (int axis = shape.rank() - 1; axis >= 0; axis--) {
      index[axis] = rest % shape.get(axis);
      rest /= shape.get(axis);
    }
    return index;
  }

  private static double[][] wide(Tensor... inputs) {
    return Arrays.stream(inputs)
        .map(input -> DoubleEvaluation.wide(input.toArray()))
        .toArray(double[][]::new);
  }
}
