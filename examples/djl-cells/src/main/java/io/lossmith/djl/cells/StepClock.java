package io.lossmith.djl.cells;

import ai.djl.Device;
import ai.djl.Model;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.GradientCollector;
import ai.djl.training.Trainer;
import ai.djl.training.loss.Loss;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.Tracker;
import io.lossmith.app.data.Sample;
import java.util.Arrays;
import java.util.List;

/** Measures one loss in training steps of the example's network, always on the same batch. */
final class StepClock implements AutoCloseable {
  private final Loss loss;
  private final Model model;
  private final Trainer trainer;
  private final NDArray pictures;
  private final NDList labels;
  private final NDArray logits;
  private double[] lossTimes = new double[0];
  private double[] stepTimes = new double[0];
  private float value;

  StepClock(Engine engine, Loss loss, List<Sample> batch) {
    this.loss = loss;
    engine.setRandomSeed(1); // the same network and logits whichever loss
    model = Model.newInstance("cells", Device.cpu(), engine.getEngineName());
    model.setBlock(SmallUNet.of(DjlTraining.CLASSES, DjlTraining.FEATURES, DjlTraining.DEPTH));
    trainer =
        model.newTrainer(
            new DefaultTrainingConfig(loss)
                .optOptimizer(Optimizer.adam().optLearningRateTracker(Tracker.fixed(1e-4f)).build())
                .optDevices(new Device[] {Device.cpu()}));
    NDManager manager = trainer.getManager();
    pictures = CellArrays.pictures(manager, batch);
    labels = new NDList(CellArrays.labels(manager, batch));
    Shape shape = pictures.getShape();
    trainer.initialize(shape);
    logits =
        manager.randomNormal(
            new Shape(shape.get(0), DjlTraining.CLASSES, shape.get(2), shape.get(3)));
  }

  /** Takes the loss and its gradient, and then a whole step, and notes what each took. */
  void run() {
    lossTimes = with(lossTimes, timeOfLoss());
    stepTimes = with(stepTimes, timeOfStep());
  }

  /** Returns the value of the loss for the logits, which are the same for every clock. */
  float value() {
    return value;
  }

  double lossMilliseconds() {
    return median(lossTimes);
  }

  double stepMilliseconds() {
    return median(stepTimes);
  }

  private double timeOfLoss() {
    try (NDManager manager = trainer.getManager().newSubManager();
        GradientCollector collector = trainer.newGradientCollector()) {
      NDArray prediction = logits.duplicate();
      prediction.attach(manager);
      prediction.setRequiresGradient(true);
      long started = System.nanoTime();
      NDArray result = loss.evaluate(labels, new NDList(prediction));
      collector.backward(result);
      double time = milliseconds(started);
      value = result.getFloat();
      return time;
    }
  }

  private double timeOfStep() {
    try (NDManager manager = trainer.getManager().newSubManager()) {
      NDArray input = pictures.duplicate();
      input.attach(manager);
      long started = System.nanoTime();
      try (GradientCollector collector = trainer.newGradientCollector()) {
        collector.backward(loss.evaluate(labels, trainer.forward(new NDList(input))));
      }
      trainer.step();
      return milliseconds(started);
    }
  }

  private static double milliseconds(long started) {
    return (System.nanoTime() - started) * 1e-6;
  }

  private static double[] with(double[] times, double time) {
    double[] more = Arrays.copyOf(times, times.length + 1);
    more[times.length] = time;
    return more;
  }

  /** The median of the later half: the first ones warm up. */
  private static double median(double[] times) {
    double[] warm = Arrays.copyOfRange(times, times.length / 2, times.length);
    Arrays.sort(warm);
    return warm[warm.length / 2];
  }

  @Override
  public void close() {
    trainer.close();
    model.close();
  }
}
