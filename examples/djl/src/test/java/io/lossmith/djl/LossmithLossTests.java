package io.lossmith.djl;

import static io.lossmith.djl.Training.array;
import static io.lossmith.djl.Training.labels;
import static io.lossmith.djl.Training.numbers;
import static io.lossmith.djl.Training.step;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.training.GradientCollector;
import io.lossmith.core.Shape;
import io.lossmith.djl.Training.Step;
import io.lossmith.losses.BinaryCrossEntropyWithLogits;
import io.lossmith.losses.Boundary;
import io.lossmith.losses.Compiled;
import io.lossmith.losses.CrossEntropy;
import io.lossmith.losses.Dice;
import io.lossmith.losses.InputShapes;
import io.lossmith.losses.Loss;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What DJL gets is what the loss computes. */
class LossmithLossTests {
  private static final Loss OF_CLASSES = Dice.softmax().plus(CrossEntropy.create());
  private static final Loss OF_MASKS = Dice.sigmoid().plus(BinaryCrossEntropyWithLogits.create());
  private static final Offset<Float> ROUNDING = within(1e-6f);
  private static final int PIXELS = 5 * 6;

  private final NDManager manager = NDManager.newBaseManager();
  private final float[] x = numbers(2 * 3 * PIXELS, 1);
  private final float[] classes = labels(2 * PIXELS, 3, 2);
  private final float[] masks = labels(2 * 3 * PIXELS, 2, 3);

  @AfterEach
  void close() {
    manager.close();
  }

  static Stream<Loss> lossesOfMasks() {
    return Stream.of(
        OF_MASKS,
        Boundary.sigmoid(),
        (p, t) -> p.times(t).sum().times(2).div(p.plus(t).square().sum()).rsub(1));
  }

  @ParameterizedTest
  @MethodSource("lossesOfMasks")
  void valueAndGradientAreThoseOfTheLossToTheBit(Loss loss) {
    Step expected = computed(loss, masks, Shape.of(2, 3, 5, 6));
    Step step =
        step(of(loss, LabelKind.LIKE_PREDICTION), new NDList(of(masks, 2, 3, 5, 6)), leaf());
    assertThat(step.value()).isEqualTo(expected.value());
    assertThat(step.gradient()).isEqualTo(expected.gradient());
  }

  @Test
  void classIndicesGiveTheSameBitsToo() {
    Step expected = computed(OF_CLASSES, classes, Shape.of(2, 5, 6));
    Step step =
        step(of(OF_CLASSES, LabelKind.CLASS_INDICES), new NDList(of(classes, 2, 5, 6)), leaf());
    assertThat(step.value()).isEqualTo(expected.value());
    assertThat(step.gradient()).isEqualTo(expected.gradient());
  }

  @Test
  void theEngineDifferentiatesOnThroughTheNetwork() {
    float[] doubled = new float[x.length];
    for (int i = 0; i < x.length; i++) {
      doubled[i] = 2 * x[i];
    }
    Step expected = computed(OF_CLASSES, doubled, classes, Shape.of(2, 5, 6));
    Step step =
        step(
            of(OF_CLASSES, LabelKind.CLASS_INDICES),
            new NDList(of(classes, 2, 5, 6)),
            leaf(),
            leaf -> leaf.add(leaf));
    assertThat(step.value()).isEqualTo(expected.value());
    for (int i = 0; i < x.length; i++) {
      assertThat(step.gradient()[i]).isEqualTo(2 * expected.gradient()[i]);
    }
  }

  @Test
  void theSameLossInTheEnginesOwnOperationsAgrees() {
    NDArray t = of(masks, 2, 3, 5, 6);
    NDArray leaf = leaf();
    leaf.setRequiresGradient(true);
    float own;
    try (GradientCollector collector = manager.getEngine().newGradientCollector()) {
      NDArray p = ai.djl.nn.Activation.sigmoid(leaf);
      int[] pixels = {2, 3};
      NDArray overlap = p.mul(t).sum(pixels);
      NDArray dice = overlap.add(overlap).div(p.add(t).sum(pixels));
      NDArray loss = dice.mean().neg().add(1);
      collector.backward(loss);
      own = loss.getFloat();
    }
    Step step = step(of(Dice.sigmoid(), LabelKind.LIKE_PREDICTION), new NDList(t), leaf());
    assertThat(step.value()).isCloseTo(own, ROUNDING);
    assertThat(step.gradient()).containsExactly(leaf.getGradient().toFloatArray(), within(1e-7f));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, -1, -2})
  void classesMayBeAtAnyAxis(int axis) {
    int from = Math.floorMod(axis, 4);
    int[] there =
        from == 1
            ? new int[] {0, 1, 2, 3}
            : from == 2 ? new int[] {0, 2, 1, 3} : new int[] {0, 2, 3, 1};
    int[] back = from == 3 ? new int[] {0, 3, 1, 2} : there;
    Step expected = computed(OF_MASKS, masks, Shape.of(2, 3, 5, 6));
    LossmithLoss loss = new LossmithLoss(OF_MASKS, LabelKind.LIKE_PREDICTION, axis);
    NDArray leaf = leaf().transpose(there).duplicate();
    Step step = step(loss, new NDList(of(masks, 2, 3, 5, 6).transpose(there)), leaf);
    assertThat(step.value()).isEqualTo(expected.value());
    assertThat(step.array().transpose(back).flatten().toFloatArray())
        .isEqualTo(expected.gradient());

    Step ofClasses = computed(OF_CLASSES, classes, Shape.of(2, 5, 6));
    LossmithLoss second = new LossmithLoss(OF_CLASSES, LabelKind.CLASS_INDICES, axis);
    Step indices =
        step(second, new NDList(of(classes, 2, 5, 6)), leaf().transpose(there).duplicate());
    assertThat(indices.value()).isEqualTo(ofClasses.value());
    assertThat(indices.array().transpose(back).flatten().toFloatArray())
        .isEqualTo(ofClasses.gradient());
  }

  @Test
  void labelsMayHaveOneAtTheClassAxis() {
    Step expected = computed(OF_CLASSES, classes, Shape.of(2, 5, 6));
    LossmithLoss loss = of(OF_CLASSES, LabelKind.CLASS_INDICES);
    assertThat(step(loss, new NDList(of(classes, 2, 1, 5, 6)), leaf()).gradient())
        .isEqualTo(expected.gradient());
  }

  @Test
  void stridesMayBeAny() {
    Step expected = computed(OF_MASKS, masks, Shape.of(2, 3, 5, 6));
    LossmithLoss loss = of(OF_MASKS, LabelKind.LIKE_PREDICTION);
    NDArray turned = leaf().transpose(0, 1, 3, 2).duplicate();
    NDArray labels = of(masks, 2, 3, 5, 6).transpose(0, 1, 3, 2).duplicate().transpose(0, 1, 3, 2);
    Step step = step(loss, new NDList(labels), turned, leaf -> leaf.transpose(0, 1, 3, 2));
    assertThat(step.value()).isEqualTo(expected.value());
    assertThat(step.array().transpose(0, 1, 3, 2).flatten().toFloatArray())
        .isEqualTo(expected.gradient());

    NDArray wide = of(numbers(2 * 3 * 5 * 12, 7), 2, 3, 5, 12);
    float[] everySecond = wide.get(":, :, :, ::2").flatten().toFloatArray();
    Step ofPart = computed(OF_MASKS, everySecond, masks, Shape.of(2, 3, 5, 6));
    Step part = step(loss, new NDList(labels), wide, leaf -> leaf.get(":, :, :, ::2"));
    assertThat(part.value()).isEqualTo(ofPart.value());
    assertThat(part.array().get(":, :, :, ::2").flatten().toFloatArray())
        .isEqualTo(ofPart.gradient());
  }

  @ParameterizedTest
  @EnumSource(names = {"FLOAT16", "FLOAT64"})
  void predictionsMayBeOfEachDecimalType(DataType type) {
    NDArray leaf = leaf().toType(type, true);
    float[] rounded = leaf.toType(DataType.FLOAT32, true).toFloatArray();
    Step expected = computed(OF_CLASSES, rounded, classes, Shape.of(2, 5, 6));
    Step step =
        step(of(OF_CLASSES, LabelKind.CLASS_INDICES), new NDList(of(classes, 2, 5, 6)), leaf);
    assertThat(step.value()).isEqualTo(expected.value());
    assertThat(step.array().getDataType()).isEqualTo(type);
    float[] gradient =
        of(expected.gradient(), x.length)
            .toType(type, true)
            .toType(DataType.FLOAT32, true)
            .toFloatArray();
    assertThat(step.gradient()).isEqualTo(gradient);
  }

  @ParameterizedTest
  @EnumSource(names = {"INT64", "INT32", "INT8", "UINT8", "FLOAT16", "FLOAT64", "BOOLEAN"})
  void labelsMayBeOfEachTypeOfNumbers(DataType type) {
    Step expected = computed(OF_MASKS, masks, Shape.of(2, 3, 5, 6));
    NDArray labels = of(masks, 2, 3, 5, 6).toType(type, true);
    Step step = step(of(OF_MASKS, LabelKind.LIKE_PREDICTION), new NDList(labels), leaf());
    assertThat(step.gradient()).isEqualTo(expected.gradient());
  }

  @Test
  void aSecondLabelIsAWeightForEachPixel() {
    float[] weights = labels(2 * PIXELS, 3, 9);
    float[] gradient = new float[x.length];
    InputShapes shapes = InputShapes.of(Shape.of(2, 3, 5, 6), Shape.of(2, 5, 6)).withMask(2, 5, 6);
    float value = OF_CLASSES.compile(shapes).evaluate(x, classes, weights, gradient);
    NDList labels = new NDList(of(classes, 2, 5, 6), of(weights, 2, 5, 6));
    Step step = step(of(OF_CLASSES, LabelKind.CLASS_INDICES), labels, leaf());
    assertThat(step.value()).isEqualTo(value);
    assertThat(step.gradient()).isEqualTo(gradient);
    labels = new NDList(of(classes, 2, 5, 6), of(weights, 2, 1, 5, 6));
    step = step(of(OF_CLASSES, LabelKind.CLASS_INDICES), labels, leaf());
    assertThat(step.gradient()).isEqualTo(gradient);
  }

  @Test
  void aBatchOfAnotherSizeIsAnotherProgram() {
    LossmithLoss loss = of(OF_CLASSES, LabelKind.CLASS_INDICES);
    for (int round = 0; round < 2; round++) {
      for (int n = 1; n <= 12; n++) { // more than stay compiled
        float[] p = numbers(n * 3, n);
        float[] t = labels(n, 3, n);
        float[] gradient = new float[p.length];
        OF_CLASSES
            .compile(InputShapes.of(Shape.of(n, 3, 1), Shape.of(n, 1)))
            .evaluate(p, t, null, gradient);
        assertThat(step(loss, new NDList(of(t, n, 1)), of(p, n, 3, 1)).gradient())
            .isEqualTo(gradient);
      }
    }
  }

  private static LossmithLoss of(Loss loss, LabelKind labels) {
    return new LossmithLoss(loss, labels, 1);
  }

  private NDArray of(float[] numbers, long... shape) {
    return array(manager, numbers, shape);
  }

  private NDArray leaf() {
    return of(x, 2, 3, 5, 6);
  }

  private Step computed(Loss loss, float[] target, Shape shape) {
    return computed(loss, x, target, shape);
  }

  private Step computed(Loss loss, float[] prediction, float[] target, Shape shape) {
    float[] gradient = new float[prediction.length];
    try (Compiled compiled = loss.compile(InputShapes.of(Shape.of(2, 3, 5, 6), shape))) {
      float value = compiled.evaluate(prediction, target, null, gradient);
      return new Step(value, gradient, of(gradient, 2, 3, 5, 6));
    }
  }
}
