package io.lossmith.dl4j;

import static org.nd4j.shade.jackson.annotation.JsonAutoDetect.Visibility.NONE;

import io.lossmith.core.Shape;
import io.lossmith.core.ShapeException;
import io.lossmith.losses.CatalogueLoss;
import io.lossmith.losses.Loss;
import io.lossmith.losses.Losses;
import io.lossmith.losses.PredictionKind;
import java.io.Serial;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationSigmoid;
import org.nd4j.linalg.activations.impl.ActivationSoftmax;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.nd4j.shade.jackson.annotation.JsonAutoDetect;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * A loss in DL4J's output layers: any of the catalogue, a sum of them, or a lambda.
 *
 * <p>A network's score is the loss of the whole batch as Lossmith defines it, and a step follows
 * its gradient: nothing is summed over pixels, so learning rates are those that the loss has
 * everywhere else, h·w times what DL4J's own losses need in a {@code CnnLossLayer}. The layer's
 * activation is applied first, whichever it is, and a mask stands inside the loss's own sums.
 *
 * <p>The layer hands out rows of pixels and does not say whose they are, so this is made for
 * samples of one shape, channels first ({@code CNN2DFormat.NCHW}); batches may have any size.
 * Networks in float and half run on the default engine, networks in double by the reference
 * formulas, which is slow and what gradient checks need.
 *
 * <p>Configurations write a loss of the catalogue as JSON, by its name and options, and read it
 * again. Thread-safe; closed, it frees its programs and cannot be used any more.
 */
@JsonAutoDetect(fieldVisibility = NONE, getterVisibility = NONE, isGetterVisibility = NONE)
public final class LossmithLossFunction implements ILossFunction, AutoCloseable {
  static final String WHO = "LossmithLossFunction";

  @Serial private static final long serialVersionUID = 1L;

  private final Loss loss;
  private final int[] sizes;
  private final transient Shape sample;
  private final transient BatchLosses ready;

  private LossmithLossFunction(Loss loss, int[] sizes) {
    this.loss = loss;
    this.sizes = sizes;
    this.sample = Shape.of(sizes);
    this.ready = new BatchLosses(loss, sample);
  }

  /**
   * Returns a loss for samples of a shape.
   *
   * @param loss gives one number for {@code [N, channels, spatial...]}
   * @param channels of the layer's output
   * @param spatial the sizes of a picture, height before width; none for an {@code OutputLayer}
   * @throws ShapeException if a size is below 1
   */
  public static LossmithLossFunction of(Loss loss, int channels, int... spatial) {
    int[] sizes = new int[spatial.length + 1];
    sizes[0] = channels;
    System.arraycopy(spatial, 0, sizes, 1, spatial.length);
    if (Arrays.stream(sizes).min().orElse(0) < 1) {
      throw new ShapeException(
          WHO
              + ": a sample is "
              + Arrays.toString(sizes)
              + ", must be [channels, spatial...], each 1 at least");
    }
    return new LossmithLossFunction(loss, sizes);
  }

  @Override
  public double computeScore(
      INDArray labels,
      INDArray preOutput,
      IActivation activation,
      @Nullable INDArray mask,
      boolean average) {
    Batch batch = batch(labels, preOutput, activation, mask);
    return score(ready.of(batch).value(batch), batch, average);
  }

  /** Returns for each row its part of what its sample costs by itself: {@code [rows, 1]}. */
  @Override
  public INDArray computeScoreArray(
      INDArray labels, INDArray preOutput, IActivation activation, @Nullable INDArray mask) {
    Batch batch = batch(labels, preOutput, activation, mask);
    int pixels = RowsLoss.pixels(sample);
    double[] scores = new double[batch.samples() * pixels];
    for (int number = 0; number < batch.samples(); number++) {
      Batch alone = batch.sample(number);
      double value = ready.of(alone).value(alone);
      Arrays.fill(scores, number * pixels, (number + 1) * pixels, value / pixels);
    }
    return Nd4j.createFromArray(scores).reshape(scores.length, 1).castTo(preOutput.dataType());
  }

  @Override
  public INDArray computeGradient(
      INDArray labels, INDArray preOutput, IActivation activation, @Nullable INDArray mask) {
    return computeGradientAndScore(labels, preOutput, activation, mask, false).getSecond();
  }

  @Override
  public Pair<Double, INDArray> computeGradientAndScore(
      INDArray labels,
      INDArray preOutput,
      IActivation activation,
      @Nullable INDArray mask,
      boolean average) {
    Batch batch = batch(labels, preOutput, activation, mask);
    Pair<Double, INDArray> result = ready.of(batch).valueAndGradient(batch);
    INDArray slopes = result.getSecond().castTo(preOutput.dataType());
    return Pair.of(
        score(result.getFirst(), batch, average),
        activation.backprop(preOutput, slopes).getFirst());
  }

  private static double score(double value, Batch batch, boolean average) {
    return average ? value / batch.samples() : value;
  }

  private Batch batch(
      INDArray labels, INDArray preOutput, IActivation activation, @Nullable INDArray mask) {
    Batch batch = Batch.of(sample, preOutput, labels, mask);
    requireOneActivation(activation);
    return batch.with(activation.getActivation(preOutput.dup(), true)); // it works in place
  }

  /** A loss of logits makes probabilities itself; of probabilities it would make others. */
  private void requireOneActivation(IActivation activation) {
    boolean makesProbabilities =
        activation instanceof ActivationSigmoid || activation instanceof ActivationSoftmax;
    if (makesProbabilities && loss.predictionKind() == PredictionKind.LOGITS) {
      throw new IllegalArgumentException(
          WHO
              + ": the loss "
              + spelled(loss)
              + " takes logits, the layer's activation is "
              + activation
              + ", must be identity; or take a loss of probabilities");
    }
  }

  @Override
  public String name() {
    return toString();
  }

  @JsonCreator
  private static LossmithLossFunction read(
      @JsonProperty("loss") String id,
      @JsonProperty("options") Map<String, Object> options,
      @JsonProperty("sample") int[] sizes) {
    return new LossmithLossFunction(Losses.byName(id, options), sizes);
  }

  @JsonProperty("loss")
  private String id() {
    return named().id();
  }

  @JsonProperty("options")
  private Map<String, Object> options() {
    return named().options();
  }

  @JsonProperty("sample")
  private int[] sizes() {
    return sizes;
  }

  private CatalogueLoss<?> named() {
    if (loss instanceof CatalogueLoss<?> named) {
      return named;
    }
    throw new IllegalArgumentException(
        WHO
            + ": the loss "
            + spelled(loss)
            + " has no name in the catalogue, must have one to be written as JSON; build it of"
            + " losses of the catalogue, or keep the network's parameters only");
  }

  /** Returns how messages show a loss: with its options, or the class that a lambda is of. */
  static String spelled(Loss loss) {
    return loss instanceof CatalogueLoss<?> ? loss.toString() : loss.getClass().getName();
  }

  @Override
  public void close() {
    ready.close();
  }

  @Serial
  private Object readResolve() {
    return new LossmithLossFunction(loss, sizes);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof LossmithLossFunction that
        && loss.equals(that.loss)
        && sample.equals(that.sample);
  }

  @Override
  public int hashCode() {
    return 31 * loss.hashCode() + sample.hashCode();
  }

  @Override
  public String toString() {
    return WHO + "(" + spelled(loss) + ", " + sample + ")";
  }
}
