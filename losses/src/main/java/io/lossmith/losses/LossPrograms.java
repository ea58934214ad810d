package io.lossmith.losses;

import io.lossmith.autodiff.Tensor;
import io.lossmith.core.Shape;
import io.lossmith.core.engine.Program;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The programs of a loss: value and gradient, and the value only, compiled when asked for. */
final class LossPrograms implements AutoCloseable {
  /** Makes a program of a function of prediction, target and perhaps mask. */
  interface Compiler {
    Program compile(Function<List<Tensor>, List<Tensor>> f);
  }

  private static final int PREDICTION = 0;
  private static final int TARGET = 1;
  private static final int MASK = 2;

  private final Loss loss;
  private final Compiler compiler;
  private final Program withGradient;
  private final ArrayHolders holders;
  private final Shape valueShape;
  private volatile @Nullable Program valueOnly;
  private volatile boolean closed;

  /** Compiles value and gradient; {@code inputs} is how many arrays a run takes. */
  LossPrograms(Loss loss, int inputs, Compiler compiler) {
    this.loss = loss;
    this.compiler = compiler;
    List<Shape> traced = new ArrayList<>(1);
    this.withGradient =
        compiler.compile(
            all -> {
              Tensor value = value(all);
              traced.add(value.shape());
              return Traced.withGradient(value, all);
            });
    this.valueShape = traced.get(0);
    this.holders = new ArrayHolders(inputs, valueShape.count());
  }

  private Tensor value(List<Tensor> all) {
    return loss.apply(
        all.get(PREDICTION), all.get(TARGET), all.size() == MASK ? null : all.get(MASK));
  }

  Shape valueShape() {
    return valueShape;
  }

  /** Returns what a run needs, to be filled with the inputs and given back. */
  ArrayHolders.Holder take() {
    return holders.take();
  }

  void giveBack(ArrayHolders.Holder holder) {
    holders.giveBack(holder);
  }

  /**
   * Computes the loss.
   *
   * @param values overwritten; the holder's own where that is one number
   * @param gradient overwritten; null computes the value only
   */
  void run(ArrayHolders.Holder holder, float[] values, float @Nullable [] gradient) {
    if (gradient == null) {
      holder.valueOnly[0] = values;
      valueOnly().run(holder.inputs, holder.valueOnly);
    } else {
      holder.withGradient[0] = values;
      holder.withGradient[1] = gradient;
      withGradient.run(holder.inputs, holder.withGradient);
    }
  }

  private Program valueOnly() {
    Program program = valueOnly;
    return program != null ? program : compileValueOnly();
  }

  private synchronized Program compileValueOnly() {
    if (closed) {
      throw new IllegalStateException("compiled: closed, must be open; compile the loss again");
    }
    Program program = valueOnly;
    if (program == null) {
      program = compiler.compile(all -> List.of(value(all)));
      valueOnly = program;
    }
    return program;
  }

  String explain() {
    return withGradient.explain();
  }

  @Override
  public synchronized void close() {
    closed = true;
    withGradient.close();
    Program program = valueOnly;
    if (program != null) {
      program.close();
    }
  }
}
