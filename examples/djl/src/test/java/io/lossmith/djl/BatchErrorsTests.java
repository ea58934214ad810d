package io.lossmith.djl;

import static io.lossmith.djl.Training.labels;
import static io.lossmith.djl.Training.numbers;
import static io.lossmith.djl.Training.step;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import io.lossmith.losses.CrossEntropy;
import io.lossmith.losses.Dice;
import io.lossmith.losses.Loss;
import io.lossmith.losses.Reduction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What cannot be right is said at once, with where and what to do. */
class BatchErrorsTests {
  private final NDManager manager = NDManager.newBaseManager();
  private final LossmithLoss ofClasses =
      new LossmithLoss(CrossEntropy.create(), LabelKind.CLASS_INDICES, 1);
  private final LossmithLoss ofMasks =
      new LossmithLoss(Dice.sigmoid(), LabelKind.LIKE_PREDICTION, 1);
  private final NDList classes = new NDList(create(labels(2 * 30, 3, 1), 2, 5, 6));

  @AfterEach
  void close() {
    manager.close();
  }

  @Test
  void aPredictionWithoutAGradient() {
    NDArray leaf = prediction();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> step(ofClasses, classes, leaf, NDArray::stopGradient))
        .withMessage(
            "LossmithLoss: the prediction (2, 3, 5, 6) has no gradient, must come from the network"
                + " within the GradientCollector; toType, toDevice, argMax, comparisons and"
                + " stopGradient end it; to measure only, call value");
    assertThat(ofClasses.value(classes, new NDList(leaf.stopGradient()))).isPositive();
  }

  @Test
  void labelsAndPredictionsTheWrongWayRound() {
    NDArray leaf = prediction();
    leaf.setRequiresGradient(true);
    NDList masks = new NDList(create(labels(180, 2, 1), 2, 3, 5, 6));
    try (GradientCollector collector = manager.getEngine().newGradientCollector()) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> collector.backward(ofMasks.evaluate(new NDList(leaf), masks)))
          .withMessageContaining("evaluate(labels, predictions) they come first");
    }
  }

  @Test
  void layoutsTheWrongWay() {
    NDArray nhwc = create(numbers(180, 1), 2, 5, 6, 3);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> step(ofClasses, classes, nhwc))
        .withMessage(
            "LossmithLoss: labels are (2, 5, 6), must be (2, 6, 3) or (2, 1, 6, 3) for predictions"
                + " (2, 5, 6, 3) with classes at axis 1 and CLASS_INDICES; they look like"
                + " CLASS_INDICES with classes at axis 3");
    NDList ofNhwc = new NDList(create(labels(180, 2, 1), 2, 5, 6, 3));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> step(ofMasks, ofNhwc, prediction()))
        .withMessageContaining("labels are (2, 5, 6, 3), must be (2, 3, 5, 6)")
        .withMessageEndingWith("their classes look to be at axis 3: transpose them");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> step(ofMasks, classes, prediction()))
        .withMessageEndingWith("they look like CLASS_INDICES with classes at axis 1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> step(ofClasses, new NDList(create(labels(7, 2, 1), 7)), prediction()))
        .withMessageEndingWith("with classes at axis 1 and CLASS_INDICES");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> step(ofClasses, classes, create(numbers(7, 1), 7)))
        .withMessageContaining("must have an axis 1 for the classes");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new LossmithLoss(Dice.softmax(), LabelKind.CLASS_INDICES, 0))
        .withMessageContaining("classAxis is 0, must be another");
  }

  @Test
  void arraysOfAnotherType() {
    NDArray leaf = prediction();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> step(ofClasses, classes, leaf, x -> x.toType(DataType.INT64, true)))
        .withMessage(
            "LossmithLoss: predictions (2, 3, 5, 6) are int64, must be FLOAT32, FLOAT16 or"
                + " FLOAT64");
    NDList words = new NDList(manager.create(new String[] {"cell"}, new Shape(1)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> step(ofClasses, words, leaf))
        .withMessage("LossmithLoss: labels (1) are string, must be numbers or booleans");
  }

  @Test
  void moreArraysThanALossTakes() {
    NDArray leaf = prediction();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ofClasses.evaluate(classes, new NDList(leaf, leaf)))
        .withMessageContaining("there are 2 predictions, must be 1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ofClasses.evaluate(new NDList(), new NDList(leaf)))
        .withMessageContaining("there are 0 labels, must be 1");
  }

  @Test
  void labelsThatAreNoClass() {
    NDList four = new NDList(create(new float[] {0, 1, 4}, 3));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> step(ofClasses, four, create(numbers(9, 1), 3, 3)))
        .withMessageContaining("4");
  }

  @Test
  void gradientsThatAreNoNumbers() {
    float[] zeros = numbers(180, 1);
    for (int i = 0; i < zeros.length; i++) {
      zeros[i] = Math.abs(zeros[i]) + 0.1f;
    }
    zeros[3 * 30 + 30 + 2 * 6 + 4] = 0;
    LossmithLoss logarithm = new LossmithLoss((p, t) -> p.log().sum(), LabelKind.CLASS_INDICES, 1);
    assertThatThrownBy(() -> step(logarithm, classes, create(zeros, 2, 3, 5, 6)))
        .isInstanceOf(ArithmeticException.class)
        .hasMessageStartingWith("LossmithLoss: the gradient at (1, 1, 2, 4) is Infinity")
        .hasMessageContaining("the prediction there is 0.0");
  }

  @Test
  void predictionsThatAreNoNumbers() {
    float[] numbers = numbers(180, 1);
    numbers[30 + 2 * 6 + 4] = Float.NaN;
    NDArray nhwc = create(numbers, 2, 3, 5, 6).transpose(0, 2, 3, 1).duplicate();
    LossmithLoss last = new LossmithLoss(CrossEntropy.create(), LabelKind.CLASS_INDICES, -1);
    assertThatThrownBy(() -> step(last, classes, nhwc))
        .isInstanceOf(ArithmeticException.class)
        .hasMessageStartingWith("LossmithLoss: the prediction at (0, 2, 4, 1) is NaN, must be");
  }

  @Test
  void aLossWithReductionNone() {
    Loss none = CrossEntropy.create().withReduction(Reduction.NONE);
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> step(new LossmithLoss(none, LabelKind.CLASS_INDICES, 1), classes, prediction()))
        .withMessage(
            "LossmithLoss: the loss gives values [2, 5, 6], must give one number; choose another"
                + " reduction than none");
  }

  @Test
  void oneThatWasClosed() {
    ofClasses.close();
    ofClasses.close();
    assertThatIllegalStateException()
        .isThrownBy(() -> step(ofClasses, classes, prediction()))
        .withMessage("LossmithLoss: is closed, must be open; make a new one for another training");
  }

  @Test
  void twoCollectors() {
    NDArray leaf = prediction();
    leaf.setRequiresGradient(true);
    try (GradientCollector first = manager.getEngine().newGradientCollector()) {
      NDArray loss = ofClasses.evaluate(classes, new NDList(leaf));
      assertThatIllegalStateException()
          .isThrownBy(() -> manager.getEngine().newGradientCollector())
          .withMessageContaining("already collecting");
      first.backward(loss); // nothing is lost by the attempt
    }
    assertThat(leaf.getGradient().toFloatArray())
        .isEqualTo(step(ofClasses, classes, prediction()).gradient());
  }

  private NDArray prediction() {
    return create(numbers(180, 1), 2, 3, 5, 6);
  }

  private NDArray create(float[] numbers, long... shape) {
    return Training.array(manager, numbers, shape);
  }
}
