package io.lossmith.losses;

import io.lossmith.autodiff.Parameter;
import io.lossmith.autodiff.Tensor;
import io.lossmith.core.Elements;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serial;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A sum of losses whose weights are learned: each says how uncertain its task is.
 *
 * <pre>Σ_i  e^(−s_i)·loss_i + s_i</pre>
 *
 * <p>The s_i, the logarithms of variances, are {@link Parameter}s that start at 0, where all losses
 * weigh 1. They are read at each run, and whoever trains changes them: their gradient is taken as
 * that of any tensor, and 1 − e^(−s_i)·loss_i by mathematics. The parts see the same prediction,
 * target and mask; shapes and errors are theirs. All parts must give one shape.
 *
 * <pre>{@code
 * UncertaintyWeighted loss = UncertaintyWeighted.of(Dice.softmax(), CrossEntropy.create());
 * List<Parameter> s = loss.logVariances();
 * List<Tensor> g = Gradients.of(loss.apply(logits, labels), List.of(logits, s.get(0), s.get(1)));
 * }</pre>
 *
 * <p>The value is below 0 where a part is small and certain: compare it with itself only. Use it
 * where parts of different scale would need weights tuned by hand.
 *
 * <p>Source: Kendall et al. 2018, arXiv:1705.07115, without its factor ½, which only moves s.
 */
public final class UncertaintyWeighted implements Loss {
  @Serial private static final long serialVersionUID = 1L;

  private final List<Loss> losses;

  /** What is written for the parameters, which are no values of their own. */
  private final float[] kept;

  private transient List<Parameter> logVariances;

  private UncertaintyWeighted(List<Loss> losses) {
    this.losses = losses;
    this.kept = new float[losses.size()];
    this.logVariances = parameters(kept);
  }

  /**
   * Returns the sum of losses with weights to be learned.
   *
   * @throws IllegalArgumentException if there are none
   */
  public static UncertaintyWeighted of(Loss... losses) {
    return of(List.of(Elements.require(losses, "losses")));
  }

  /**
   * Returns the sum of losses with weights to be learned.
   *
   * @throws IllegalArgumentException if there are none
   */
  public static UncertaintyWeighted of(List<? extends Loss> losses) {
    List<Loss> copy = Elements.copyOf(losses, "losses");
    if (copy.isEmpty()) {
      throw new IllegalArgumentException(
          "uncertainty-weighted: losses is an empty list, must hold one at least");
    }
    return new UncertaintyWeighted(copy);
  }

  /** Returns the parameter s of each loss; who sets one changes this loss. */
  public List<Parameter> logVariances() {
    return logVariances;
  }

  @Override
  public Tensor apply(Tensor prediction, Tensor target) {
    return apply(prediction, target, null);
  }

  @Override
  public Tensor apply(Tensor prediction, Tensor target, @Nullable Tensor mask) {
    Tensor sum = Tensor.scalar(0);
    for (int i = 0; i < losses.size(); i++) {
      Tensor value = losses.get(i).apply(prediction, target, mask);
      Tensor s = logVariances.get(i);
      sum =
          WeightedSum.sum(
              "uncertainty-weighted",
              i == 0 ? null : sum,
              value.times(s.unaryMinus().exp()).plus(s),
              1);
    }
    return sum;
  }

  @Override
  public @Nullable PredictionKind predictionKind() {
    return PredictionKind.common(losses.stream());
  }

  private static List<Parameter> parameters(float[] values) {
    Parameter[] parameters = new Parameter[values.length];
    for (int i = 0; i < values.length; i++) {
      parameters[i] = Parameter.of(values[i]);
    }
    return List.of(parameters);
  }

  @Serial
  private void writeObject(ObjectOutputStream out) throws IOException {
    for (int i = 0; i < kept.length; i++) {
      kept[i] = logVariances.get(i).array()[0];
    }
    out.defaultWriteObject();
  }

  @Serial
  private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
    in.defaultReadObject();
    logVariances = parameters(kept);
  }
}
