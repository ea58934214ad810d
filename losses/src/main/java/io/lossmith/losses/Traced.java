package io.lossmith.losses;

import io.lossmith.autodiff.Gradients;
import io.lossmith.autodiff.Tensor;
import io.lossmith.autodiff.Tracing;
import java.util.List;
import java.util.function.Function;

/** Value and gradient of a loss, traced once for each loss and list of shapes. */
final class Traced {
  private Traced() {}

  static ValueAndGradient valueAndGradient(
      Loss loss, List<Tensor> arguments, Function<List<Tensor>, Tensor> value) {
    List<Tensor> results =
        Tracing.call(
            loss, "value and gradient", arguments, all -> withGradient(value.apply(all), all));
    return new ValueAndGradient(results.get(0), results.get(1));
  }

  /** Returns the value and the gradient of its sum with respect to the first argument. */
  static List<Tensor> withGradient(Tensor value, List<Tensor> arguments) {
    return List.of(value, Gradients.of(value, arguments.get(0)));
  }
}
