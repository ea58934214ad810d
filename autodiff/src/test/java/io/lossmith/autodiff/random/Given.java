package io.lossmith.autodiff.random;

import io.lossmith.autodiff.Tensor;
import java.util.List;

/**
 * A formula's inputs.
 *
 * @param p ordinary numbers, of either sign
 * @param t numbers between 0 and 1
 * @param label whole numbers from 0 to 3, of the same shape
 * @param w numbers between 0 and 1, of a shape that broadcasts to the others'
 */
record Given(Tensor p, Tensor t, Tensor label, Tensor w) {
  static Given of(List<Tensor> inputs) {
    return new Given(inputs.get(0), inputs.get(1), inputs.get(2), inputs.get(3));
  }

  List<Tensor> all() {
    return List.of(p, t, w);
  }
}
