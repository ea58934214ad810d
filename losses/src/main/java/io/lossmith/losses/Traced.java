package io.lossmith.losses;

import io.lossmith.autodiff.Gradients;
import io.lossmith.autodiff.Tensor;
import io.lossmith.autodiff.Tracing;
import java.util.List;

/** Value and gradient of a loss, traced once for each loss and list of shapes. */
final class Traced {
  private Traced() {}

  static ValueAndGradient valueAndGradient(Loss loss, List<Tensor> arguments) {
    List<Tensor> results =
        Tracing.call(
            loss, "value and gradient", arguments, all -> withGradient(value(loss, all), all));
    return new ValueAndGradient(results.get(0), results.get(1));
  }

  /** Returns the loss of prediction, target and perhaps a mask. */
  static Tensor value(Loss loss, List<Tensor> arguments) {
    Tensor mask = arguments.size() == 2 ? null : arguments.get(2);
    return loss.apply(arguments.get(0), arguments.get(1), mask);
  }

  /** Returns the value and the gradient of its sum with respect to the first argument. */
  static List<Tensor> withGradient(Tensor value, List<Tensor> arguments) {
    return List.of(value, Gradients.of(value, arguments.get(0)));
  }
}
