package io.lossmith.app.verify;

import io.lossmith.app.data.NpyArray;
import io.lossmith.core.Shape;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A loss, its arrays, and what must come out.
 *
 * @param id what the case is called
 * @param loss the loss's id
 * @param options what it is made with
 * @param predictions one, or one for each level of deep supervision
 * @param target what is right
 * @param mask weights of pixels, or null
 * @param expected what must come out
 * @param tolerance of the value, relative to max(1, |value|)
 */
record Case(
    String id,
    String loss,
    Map<String, Object> options,
    List<NpyArray> predictions,
    NpyArray target,
    @Nullable NpyArray mask,
    Expected expected,
    double tolerance) {

  /**
   * What must come out: values and maybe a gradient, or an error.
   *
   * @param values the loss; one number, or what reduction {@code none} gives
   * @param shape of the values, or null where it is not said
   * @param gradient of their sum, flat, all predictions one after another; null is not looked at
   * @param error simple name of the class of the error, or null
   */
  record Expected(
      double[] values,
      @Nullable Shape shape,
      double @Nullable [] gradient,
      @Nullable String error) {}
}
