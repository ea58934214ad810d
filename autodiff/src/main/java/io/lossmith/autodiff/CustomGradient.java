package io.lossmith.autodiff;

import io.lossmith.core.Elements;
import io.lossmith.core.ShapeException;
import io.lossmith.core.op.Alias;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

/**
 * A gradient of one's own, where mathematics leaves a choice or a shorter form is known. Say in a
 * comment where it comes from.
 *
 * <pre>{@code
 * // Straight through: a hard decision forward, the identity backward (Bengio et al. 2013).
 * Tensor hard = CustomGradient.of(p.greaterThan(0.5), List.of(p), g -> List.of(g));
 * }</pre>
 */
public final class CustomGradient {
  private CustomGradient() {}

  /**
   * Returns the value, from which gradients flow to the inputs by the rule alone.
   *
   * @param value what is computed; nothing flows back into it otherwise
   * @param inputs what the gradient flows to
   * @param rule takes the gradient of the value, in the value's shape, and returns one gradient for
   *     each input, in its shape or one that broadcasts to it. It is called when gradients are
   *     built, perhaps several times, and with tensor operations it can be differentiated again
   */
  public static Tensor of(Tensor value, List<Tensor> inputs, Function<Tensor, List<Tensor>> rule) {
    Objects.requireNonNull(value, "value");
    Elements.requireNone(inputs, "inputs");
    Objects.requireNonNull(rule, "rule");
    Tensor[] operands = new Tensor[inputs.size() + 1];
    operands[0] = value;
    for (int i = 0; i < inputs.size(); i++) {
      operands[i + 1] = inputs.get(i);
    }
    return Tensor.make(new Alias(checked(inputs, rule)), operands);
  }

  private static GradientRule checked(List<Tensor> inputs, Function<Tensor, List<Tensor>> rule) {
    var shapes = inputs.stream().map(Tensor::shape).toList();
    return (g, result) -> {
      List<Tensor> all = rule.apply(Moves.broadcastTo(g, result.shape()));
      if (all.size() != shapes.size()) {
        throw new IllegalArgumentException(
            "CustomGradient: the rule returned "
                + all.size()
                + " gradients, must return one for each of the "
                + shapes.size()
                + " inputs");
      }
      for (int i = 0; i < all.size(); i++) {
        requireFits(i, all.get(i), shapes.get(i));
      }
      return all;
    };
  }

  private static void requireFits(int i, Tensor gradient, io.lossmith.core.Shape input) {
    try {
      Moves.broadcastTo(gradient, input);
    } catch (ShapeException e) {
      throw new ShapeException(
          "CustomGradient: gradient "
              + i
              + " is "
              + gradient.shape()
              + ", must have the shape of input "
              + i
              + ", "
              + input);
    }
  }
}
