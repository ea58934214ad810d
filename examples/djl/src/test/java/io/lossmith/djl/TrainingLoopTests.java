package io.lossmith.djl;

import static io.lossmith.djl.Training.labels;
import static io.lossmith.djl.Training.numbers;
import static io.lossmith.djl.Training.step;
import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import ai.djl.Model;
import ai.djl.engine.Engine;
import ai.djl.metric.Metrics;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.EasyTrain;
import ai.djl.training.GradientCollector;
import ai.djl.training.Trainer;
import ai.djl.training.dataset.ArrayDataset;
import ai.djl.training.listener.EvaluatorTrainingListener;
import ai.djl.training.loss.IndexLoss;
import ai.djl.training.loss.SimpleCompositeLoss;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.Tracker;
import io.lossmith.losses.BinaryCrossEntropyWithLogits;
import io.lossmith.losses.Dice;
import io.lossmith.losses.Loss;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** In DJL's own loops. */
class TrainingLoopTests {
  private static final Loss LOSS = Dice.sigmoid().plus(BinaryCrossEntropyWithLogits.create());

  private final NDManager manager = NDManager.newBaseManager();
  private final LossmithLoss loss = new LossmithLoss(LOSS, LabelKind.LIKE_PREDICTION, 1);

  @AfterEach
  void close() {
    loss.close();
    manager.close();
  }

  @Test
  void easyTrainLearnsWithIt() throws Exception {
    NDArray x = create(numbers(12 * 64, 1), 12, 1, 8, 8);
    ArrayDataset data = dataset(x);
    try (Model model = network()) {
      List<Float> losses = fit(model, data, 12);
      assertThat(losses).hasSize(12 * 3).allMatch(value -> value > 0 && value < 3);
      assertThat(losses.get(35)).isLessThan(0.5f * losses.get(0));
    }
  }

  /** A trainer that is closed ends no loss: the next one goes on with it. */
  @Test
  void aSecondTrainerMayHaveTheSameLoss() throws Exception {
    ArrayDataset data = dataset(create(numbers(12 * 64, 1), 12, 1, 8, 8));
    for (int round = 0; round < 2; round++) {
      try (Model model = network()) {
        assertThat(fit(model, data, 1)).hasSize(3).noneMatch(value -> value.isNaN());
      }
    }
  }

  private List<Float> fit(Model model, ArrayDataset data, int epochs) throws Exception {
    DefaultTrainingConfig config =
        new DefaultTrainingConfig(loss)
            .addTrainingListeners(new EvaluatorTrainingListener())
            .optOptimizer(Optimizer.adam().optLearningRateTracker(Tracker.fixed(0.03f)).build())
            .optDevices(new Device[] {Device.cpu()});
    Metrics metrics = new Metrics();
    try (Trainer trainer = model.newTrainer(config)) {
      trainer.setMetrics(metrics);
      trainer.initialize(new Shape(4, 1, 8, 8));
      EasyTrain.fit(trainer, epochs, data, data);
    }
    assertThat(metrics.getMetric("validate_epoch_Loss")).hasSize(epochs);
    return metrics.getMetric("train_all_Loss").stream()
        .map(metric -> metric.getValue().floatValue())
        .toList();
  }

  @Test
  void accumulatorsHaveTheMeanOverBatches() {
    NDList labels = new NDList(create(labels(64, 2, 1), 1, 1, 8, 8));
    NDArray first = create(numbers(64, 2), 1, 1, 8, 8);
    NDArray second = create(numbers(64, 3), 1, 1, 8, 8);
    loss.addAccumulator("all");
    loss.updateAccumulator("all", labels, new NDList(first)); // as validation, without a gradient
    float one = step(loss, labels, second).value();
    loss.updateAccumulator("all", labels, new NDList(second));
    float other = loss.value(labels, new NDList(first));
    assertThat(loss.getAccumulator("all")).isEqualTo((one + other) / 2);
    loss.resetAccumulator("all");
    assertThat(loss.getAccumulator("all")).isNaN();
  }

  /** Numbers that change behind its back show whether it looks at them again. */
  @Test
  void aBatchIsEvaluatedOnceThoughDjlAsksTwice() {
    NDArray x = create(numbers(64, 2), 1, 1, 8, 8);
    NDArray label = create(labels(64, 2, 1), 1, 1, 8, 8);
    NDList labels = new NDList(label);
    float value = step(loss, labels, x).value();
    label.subi(1).muli(-1);
    loss.addAccumulator("all");
    loss.updateAccumulator("all", labels, new NDList(x));
    assertThat(loss.getAccumulator("all")).isEqualTo(value);
    assertThat(loss.value(labels, new NDList(x))).isNotEqualTo(value);
    loss.resetAccumulator("all");
    loss.updateAccumulator("all", labels, new NDList(x.duplicate()));
    assertThat(loss.getAccumulator("all")).isNotEqualTo(value);
  }

  @Test
  void itMayBeOneOfSeveralLosses() {
    NDArray x = create(numbers(64, 2), 1, 1, 8, 8);
    NDArray label = create(labels(64, 2, 1), 1, 1, 8, 8);
    float[] alone = step(loss, new NDList(label), x.duplicate()).gradient();
    SimpleCompositeLoss both =
        new SimpleCompositeLoss().addLoss(new IndexLoss(loss, 0)).addLoss(new IndexLoss(loss, 1));
    x.setRequiresGradient(true);
    try (GradientCollector collector = manager.getEngine().newGradientCollector()) {
      collector.backward(both.evaluate(new NDList(label, label), new NDList(x, x)));
    }
    float[] twice = x.getGradient().toFloatArray();
    for (int i = 0; i < twice.length; i++) {
      assertThat(twice[i]).isEqualTo(2 * alone[i]);
    }
  }

  @Test
  void onlyTheLossItselfIsLeftWithThePrediction() {
    NDArray label = create(labels(64, 2, 1), 1, 8, 8, 1);
    try (NDManager batch = manager.newSubManager();
        GradientCollector collector = manager.getEngine().newGradientCollector()) {
      NDArray x = batch.create(numbers(64, 2), new Shape(1, 8, 8, 1));
      x.setRequiresGradient(true);
      LossmithLoss last = new LossmithLoss(LOSS, LabelKind.LIKE_PREDICTION, -1);
      int before = batch.getManagedArrays().size();
      NDArray value = last.evaluate(new NDList(label), new NDList(x));
      assertThat(batch.getManagedArrays()).hasSize(before + 1);
      collector.backward(value); // nothing that it needs was freed
      assertThat(x.getGradient().flatten().toFloatArray()).doesNotContain(Float.NaN);
    }
  }

  @Test
  void anInterruptedThreadComputesOnAndStaysInterrupted() {
    NDList labels = new NDList(create(labels(64, 2, 1), 1, 1, 8, 8));
    float[] calm = step(loss, labels, create(numbers(64, 2), 1, 1, 8, 8)).gradient();
    Thread.currentThread().interrupt();
    float[] interrupted = step(loss, labels, create(numbers(64, 2), 1, 1, 8, 8)).gradient();
    assertThat(Thread.interrupted()).isTrue();
    assertThat(interrupted).isEqualTo(calm);
  }

  private ArrayDataset dataset(NDArray x) {
    return new ArrayDataset.Builder()
        .setData(x)
        .optLabels(x.gt(0.5).toType(DataType.UINT8, true))
        .setSampling(4, false)
        .build();
  }

  /** With the same first weights each time: some begin with a loss of more than 3. */
  private static Model network() {
    Engine.getInstance().setRandomSeed(1);
    Model model = Model.newInstance("threshold");
    model.setBlock(
        new SequentialBlock().add(convolution(8)).add(Activation.reluBlock()).add(convolution(1)));
    return model;
  }

  private static Conv2d convolution(int filters) {
    return Conv2d.builder().setKernelShape(new Shape(1, 1)).setFilters(filters).build();
  }

  private NDArray create(float[] numbers, long... shape) {
    return Training.array(manager, numbers, shape);
  }
}
