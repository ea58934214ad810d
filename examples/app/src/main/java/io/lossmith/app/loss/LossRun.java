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
import java.util.function.Function;

/**
 * What a loss gave for some arrays.
 *
 * @param value the loss; one number, or what reduction {@code none} gives
 * @param gradients of the sum of the value, one for each prediction
 */
public record LossRun(NpyArray value, List<float[]> gradients) {
  /**
   * Computes value and gradients by one program.
   *
   * @param inputs the arrays that the loss takes, predictions first
   * @param predictions how many of them are predictions
   * @param loss the loss as a function of the arrays
   */
  public static LossRun of(
      Engine engine, List<NpyArray> inputs, int predictions, Function<List<Tensor>, Tensor> loss) {
    AtomicReference<Shape> shape = new AtomicReference<>();
    List<Shape> shapes = inputs.stream().map(NpyArray::shape).toList();
    try (Program program =
        Tracing.compile(
            engine,
            shapes,
            in -> {
              Tensor value = loss.apply(in);
              shape.set(value.shape());
              List<Tensor> results = new ArrayList<>(List.of(value));
              results.addAll(Gradients.of(value, in.subList(0, predictions)));
              return results;
            })) {
      NpyArray value = new NpyArray(shape.get(), new float[shape.get().count()]);
      List<float[]> gradients =
          shapes.subList(0, predictions).stream().map(s -> new float[s.count()]).toList();
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
