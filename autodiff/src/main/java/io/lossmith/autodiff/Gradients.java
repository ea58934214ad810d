package io.lossmith.autodiff;

import io.lossmith.core.Elements;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * Gradients of what is computed with tensors. They are tensors themselves, so gradients of
 * gradients work. Where a function has more than one number, its gradient is that of their sum.
 *
 * <pre>{@code
 * var slope = Gradients.gradient(x -> x.square().sum());   // a function: x -> 2x
 * var r = Gradients.valueAndGradient(x -> x.exp().sum()).apply(x);
 * Tensor value = r.value(), gradient = r.gradient();
 * }</pre>
 *
 * <p>A function given here is traced once for each list of argument shapes, see {@link Tracing}: it
 * runs as one fused program, and what it captures is as it was then, except {@link Parameter}s.
 */
public final class Gradients {
  private Gradients() {}

  /**
   * Returns the gradient of the sum of the output with respect to each input, each in its input's
   * shape; zeros where the output does not depend on an input. Nothing is computed yet; the first
   * of them that is read computes all of them in one program, so take second derivatives before.
   *
   * <p>Slopes are as {@link Tensor} states them for each operation. A gradient of exactly 0 stops
   * where a slope is infinite, and an infinite one where a slope is 0, so that a norm at 0 has the
   * gradient 0; what {@link Tensor#where} does not choose gets 0.
   *
   * @throws IllegalStateException if the output depends on an input through a tensor that has been
   *     read, and so has released what it was computed from
   */
  public static List<Tensor> of(Tensor output, List<? extends Tensor> inputs) {
    Objects.requireNonNull(output, "output");
    return new Backward(Elements.copyOf(inputs, "inputs")).from(output);
  }

  /** Returns {@link #of(Tensor, List)} for one input. */
  public static Tensor of(Tensor output, Tensor input) {
    Objects.requireNonNull(output, "output");
    Objects.requireNonNull(input, "input");
    return of(output, List.of(input)).get(0);
  }

  /** Returns the function that gives the gradient of a function of one tensor. */
  public static UnaryOperator<Tensor> gradient(Function<Tensor, Tensor> f) {
    Objects.requireNonNull(f, "f");
    return x ->
        Tracing.call(f, "gradient", List.of(x), args -> of(f.apply(args.get(0)), args)).get(0);
  }

  /** Returns the function that gives the gradient with respect to each of any number of tensors. */
  public static Function<List<Tensor>, List<Tensor>> gradients(Function<List<Tensor>, Tensor> f) {
    Objects.requireNonNull(f, "f");
    return all -> Tracing.call(f, "gradients", all, args -> of(f.apply(args), args));
  }

  /** Returns the function that gives value and gradient of a function of one tensor. */
  public static Function<Tensor, ValueAndGradients> valueAndGradient(Function<Tensor, Tensor> f) {
    Objects.requireNonNull(f, "f");
    return x ->
        ValueAndGradients.of(
            Tracing.call(
                f,
                "value and gradient",
                List.of(x),
                args -> withValue(f.apply(args.get(0)), args)));
  }

  /** Returns the function that gives value and gradients of a function of any number of tensors. */
  public static Function<List<Tensor>, ValueAndGradients> valueAndGradients(
      Function<List<Tensor>, Tensor> f) {
    Objects.requireNonNull(f, "f");
    return all ->
        ValueAndGradients.of(
            Tracing.call(f, "value and gradients", all, args -> withValue(f.apply(args), args)));
  }

  private static List<Tensor> withValue(Tensor value, List<Tensor> inputs) {
    List<Tensor> all = new ArrayList<>(List.of(value));
    all.addAll(of(value, inputs));
    return all;
  }
}
