package io.lossmith.losses;

import io.lossmith.autodiff.Tensor;
import io.lossmith.autodiff.Tracing;
import io.lossmith.core.Shape;
import io.lossmith.core.engine.Arguments;
import io.lossmith.core.engine.Arguments.Named;
import io.lossmith.core.engine.Call;
import io.lossmith.core.engine.Engine;
import io.lossmith.core.engine.Program;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A loss made ready for arrays of certain shapes, some of which may be kept: its programs (value
 * and gradient, and the value only, compiled when asked for), and what arrays must be. {@link
 * Compiled} and {@link KeptTarget} only say which arrays a caller hands in.
 */
abstract class CompiledLoss implements AutoCloseable {
  static final int PREDICTION = 0;
  static final int TARGET = 1;
  static final int MASK = 2;
  static final int VALUE = 0;
  private static final int GRADIENT = 1;
  private static final String WHO = "compiled";

  final Loss loss;
  final InputShapes inputs;
  final Engine engine;
  final Arguments arguments;
  private final Map<Integer, float[]> kept;
  private final Program withGradient;
  private final Shape valueShape;
  private volatile @Nullable Program valueOnly;

  /**
   * Compiles value and gradient.
   *
   * @param kept for the numbers of inputs the arrays that they always are, of the last ones
   */
  CompiledLoss(Loss loss, InputShapes inputs, Engine engine, Map<Integer, float[]> kept) {
    this.loss = loss;
    this.inputs = inputs;
    this.engine = engine;
    this.kept = kept;
    List<Shape> traced = new ArrayList<>(1);
    this.withGradient =
        compile(
            all -> {
              Tensor value = Traced.value(loss, all);
              traced.add(value.shape());
              return Traced.withGradient(value, all);
            });
    this.valueShape = traced.get(0);
    List<Named> names = inputs.named();
    this.arguments =
        Arguments.exactly(
            WHO,
            names.subList(0, names.size() - kept.size()),
            List.of(
                new Named("valuesOut", valueShape), new Named("gradientOut", inputs.prediction())));
  }

  private Program compile(Function<List<Tensor>, List<Tensor>> f) {
    return Tracing.compile(engine, inputs.named().stream().map(Named::shape).toList(), kept, f);
  }

  /** Returns the shapes that this was compiled for. */
  public InputShapes inputs() {
    return inputs;
  }

  /** Returns the shape of the value: {@code []}, or what reduction {@code none} gives. */
  public Shape valueShape() {
    return valueShape;
  }

  /**
   * Returns a call to be filled: {@link #arguments} check what goes into it.
   *
   * @param gradient overwritten with the gradient; null computes the value only
   */
  final Call call(float @Nullable [] gradient) {
    Call call = program(gradient != null).call();
    if (gradient != null) {
      call.output(GRADIENT, gradient);
    }
    return call;
  }

  /** Returns such a call for a gradient in a buffer. */
  final Call call(@Nullable FloatBuffer gradient) {
    Call call = program(gradient != null).call();
    if (gradient != null) {
      call.output(GRADIENT, gradient);
    }
    return call;
  }

  /** Returns such a call whose value is its {@link Call#number}. */
  final Call callForOneNumber(float @Nullable [] gradient) {
    requireOneNumber();
    Call call = call(gradient);
    call.output(VALUE, call.number());
    return call;
  }

  /** Returns such a call for a gradient in a buffer. */
  final Call callForOneNumber(@Nullable FloatBuffer gradient) {
    requireOneNumber();
    Call call = call(gradient);
    call.output(VALUE, call.number());
    return call;
  }

  private void requireOneNumber() {
    if (valueShape.rank() != 0) {
      throw new IllegalArgumentException(
          WHO
              + ": the loss gives values "
              + valueShape
              + ", evaluate needs one number; call evaluateEach");
    }
  }

  final void requireMask(float @Nullable [] mask) {
    if ((mask == null) != (inputs.mask() == null)) {
      throw wrongMask(mask == null ? "an array" : "an array of " + mask.length);
    }
  }

  final void requireMask(@Nullable FloatBuffer mask) {
    if ((mask == null) != (inputs.mask() == null)) {
      throw wrongMask(mask == null ? "a buffer" : "a buffer of " + mask.remaining());
    }
  }

  private IllegalArgumentException wrongMask(String what) {
    Shape shape = inputs.mask();
    return new IllegalArgumentException(
        WHO
            + (shape != null
                ? ": mask is null, must be "
                    + what
                    + " for "
                    + shape
                    + "; or compile without a mask"
                : ": mask is "
                    + what
                    + ", must be null: compiled without a mask; compile with"
                    + " InputShapes.withMask"));
  }

  private Program program(boolean gradient) {
    if (gradient) {
      return withGradient;
    }
    Program program = valueOnly;
    return program != null ? program : compileValueOnly();
  }

  private synchronized Program compileValueOnly() {
    Program program = valueOnly;
    if (program == null) {
      withGradient.call().close(); // nothing is compiled once that is closed
      program = compile(all -> List.of(Traced.value(loss, all)));
      valueOnly = program;
    }
    return program;
  }

  /** Returns in words what a run does for value and gradient: passes, operations, bytes moved. */
  public String explain() {
    return withGradient.explain();
  }

  /** Frees the programs; closing again does nothing. */
  @Override
  public synchronized void close() {
    withGradient.close();
    Program program = valueOnly;
    if (program != null) {
      program.close();
    }
  }
}
