package io.lossmith.app.loss;

import io.lossmith.app.data.NpyArray;
import io.lossmith.autodiff.Gradients;
import io.lossmith.autodiff.Tensor;
import io.lossmith.autodiff.Tracing;
import io.lossmith.core.Shape;
import io.lossmith.core.engine.Engine;
import io.lossmith.core.engine.Program;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * What a loss gave for some arrays.
 *
 * @param value the loss; one number, or what reduction {@code none} gives
 * @param gradients of the sum of the value, one for each prediction
 */
public record LossRun(NpyArray value, List<float[]> gradients) {
  /** A loss of one prediction or of several. */
  @FunctionalInterface
  public interface Formula {
    /** Returns the loss; a mask of null is none. */
    Tensor apply(List<Tensor> predictions, Tensor target, @Nullable Tensor mask);
  }

  /** Computes value and gradients by one program. */
  public static LossRun of(
      Engine engine,
      List<NpyArray> predictions,
      NpyArray target,
      @Nullable NpyArray mask,
      Formula loss) {
    int levels = predictions.size();
    List<NpyArray> inputs = new ArrayList<>(predictions);
    inputs.add(target);
    if (mask != null) {
      inputs.add(mask);
    }
    AtomicReference<Shape> shape = new AtomicReference<>();
    List<Shape> shapes = inputs.stream().map(NpyArray::shape).toList();
    try (Program program =
        Tracing.compile(
            engine,
            shapes,
            in -> {
              List<Tensor> traced = in.subList(0, levels);
              Tensor value =
                  loss.apply(traced, in.get(levels), mask == null ? null : in.get(levels + 1));
              shape.set(value.shape());
              List<Tensor> results = new ArrayList<>(List.of(value));
              results.addAll(Gradients.of(value, traced));
              return results;
            })) {
      NpyArray value = new NpyArray(shape.get(), new float[shape.get().count()]);
      List<float[]> gradients =
          predictions.stream().map(p -> new float[p.shape().count()]).toList();
      List<float[]> outputs = new ArrayList<>(List.of(value.values()));
      outputs.addAll(gradients);
      program.run(
          inputs.stream().map(NpyArray::values).toArray(float[][]::new),
          outputs.toArray(float[][]::new));
      return new LossRun(value, gradients);
    }
  }

  /** Returns the value as JSON holds it: a number, or {@code {shape, values}}. */
  public Object jsonValue() {
    return value.shape().rank() == 0
        ? value.values()[0]
        : Map.of("shape", value.shape().toArray(), "values", value.values());
  }
}
