package io.lossmith.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.DataType;
import io.lossmith.core.engine.Engine;
import io.lossmith.core.engine.Engines;
import io.lossmith.losses.Loss;
import java.lang.ref.WeakReference;
import org.jspecify.annotations.Nullable;

/**
 * A loss of Lossmith as a loss of DJL: of the catalogue, a sum of such, or a lambda.
 *
 * <pre>{@code
 * Loss loss = Dice.softmax().plus(CrossEntropy.create());
 * TrainingConfig config = new DefaultTrainingConfig(new LossmithLoss(loss, LabelKind.CLASS_INDICES, 1));
 * }</pre>
 *
 * <p>Value and gradient are those of {@link io.lossmith.losses.Compiled}, to the bit: DJL's
 * autograd is handed <i>(p − stop(p))·g + value</i>, whose value is the loss and whose slope along
 * the prediction p is its gradient g. Where DJL asks for the loss of a batch again to report it,
 * the number is remembered.
 *
 * <p>Predictions are FLOAT32, FLOAT16 or FLOAT64, of any strides; the loss is computed in FLOAT32
 * on the processor. Labels are numbers or booleans; a second array of labels is a weight for each
 * pixel, {@code (N, H, W)} or with a class axis of 1, which the loss takes as its mask.
 *
 * <p>Batches are evaluated one at a time, each on all threads of the engine. It is open until
 * {@link #close}, whatever becomes of the trainer.
 */
public final class LossmithLoss extends ai.djl.training.loss.Loss implements AutoCloseable {
  static final String WHO = "LossmithLoss";

  private final ArrayLayout layout;
  private final ReadyLosses losses;
  private final HostMemory memory = new HostMemory();
  private @Nullable Measured last;
  private boolean accumulating;

  /** The value of a batch, which DJL asks for again; its arrays are not kept alive for that. */
  private record Measured(
      WeakReference<NDArray> prediction, WeakReference<NDArray> label, float value) {
    static Measured of(DjlBatch batch, float value) {
      return new Measured(
          new WeakReference<>(batch.prediction()), new WeakReference<>(batch.label()), value);
    }

    boolean isOf(DjlBatch batch) {
      return prediction.refersTo(batch.prediction()) && label.refersTo(batch.label());
    }
  }

  /**
   * Makes it, with the name {@code Loss} in DJL's reports, on the default engine.
   *
   * @param labels what the labels of a batch hold
   * @param classAxis of predictions: 1 for {@code (N, C, H, W)}, −1 for {@code (N, H, W, C)}
   * @throws IllegalArgumentException if {@code classAxis} is 0
   */
  public LossmithLoss(Loss loss, LabelKind labels, int classAxis) {
    this("Loss", loss, labels, classAxis, Engines.defaultEngine());
  }

  /**
   * Makes it.
   *
   * @param name what DJL calls it where it reports it
   * @param labels what the labels of a batch hold
   * @param classAxis of predictions: 1 for {@code (N, C, H, W)}, −1 for {@code (N, H, W, C)}
   * @param engine that computes the loss, whatever DJL's is
   * @throws IllegalArgumentException if {@code classAxis} is 0
   */
  public LossmithLoss(String name, Loss loss, LabelKind labels, int classAxis, Engine engine) {
    super(name);
    this.layout = new ArrayLayout(labels, classAxis);
    this.losses = new ReadyLosses(loss, engine);
  }

  /**
   * Returns the loss of a batch with its gradient behind it.
   *
   * @param labels one array, or two with weights of pixels behind it
   * @param predictions one array
   * @return a number {@code ()}, FLOAT64 if the prediction is and else FLOAT32, for {@link
   *     ai.djl.training.GradientCollector#backward}
   * @throws IllegalArgumentException if shapes or types do not fit, the prediction has no gradient
   *     while one is collected, or labels are not what the loss takes
   * @throws ArithmeticException if a gradient is infinite or not a number; the message says where
   * @throws IllegalStateException if this is closed
   */
  @Override
  public synchronized NDArray evaluate(NDList labels, NDList predictions) {
    DjlBatch batch = DjlBatch.of(labels, predictions);
    if (accumulating) {
      return batch.prediction().getManager().create(remembered(batch));
    }
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      LossArrays arrays = LossArrays.of(batch, layout, memory);
      if (!Autograd.reaches(arrays.prediction())) {
        return measured(batch, arrays);
      }
      NDArray gradient = arrays.newGradient();
      float value = arrays.evaluate(losses, gradient);
      NDArray slope = arrays.slope(gradient);
      if (!isFinite(slope)) {
        throw NotFinite.of(batch, layout, arrays, gradient, value);
      }
      last = Measured.of(batch, value);
      return kept(slope.add(value));
    }
  }

  /**
   * Returns the loss of a batch, computed without its gradient.
   *
   * @param labels one array, or two with weights of pixels behind it
   * @param predictions one array, with or without a gradient
   * @throws IllegalArgumentException if shapes or types do not fit, or labels are not what the loss
   *     takes
   * @throws IllegalStateException if this is closed
   */
  public synchronized float value(NDList labels, NDList predictions) {
    return value(DjlBatch.of(labels, predictions));
  }

  @Override
  public synchronized void updateAccumulators(String[] keys, NDList labels, NDList predictions) {
    accumulating = true;
    try {
      super.updateAccumulators(keys, labels, predictions);
    } finally {
      accumulating = false;
    }
  }

  /** Frees what was compiled; closing again does nothing. */
  @Override
  public synchronized void close() {
    losses.close();
    last = null;
  }

  /** The value alone, of a prediction that DJL takes no gradient of. */
  private NDArray measured(DjlBatch batch, LossArrays arrays) {
    NDManager manager = batch.prediction().getManager();
    if (Autograd.isCollecting(manager)) {
      throw batch.withoutGradient();
    }
    return kept(manager.create(arrays.evaluate(losses, null)));
  }

  private static boolean isFinite(NDArray number) {
    return Float.isFinite(number.toType(DataType.FLOAT32, false).getFloat());
  }

  /** Lets an array outlive the scope in which it was made. */
  private static NDArray kept(NDArray array) {
    NDScope.unregister(array);
    return array;
  }

  private float remembered(DjlBatch batch) {
    Measured measured = last;
    return measured != null && measured.isOf(batch) ? measured.value() : value(batch);
  }

  private float value(DjlBatch batch) {
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      return LossArrays.of(batch, layout, memory).evaluate(losses, null);
    }
  }
}
