package io.lossmith.dl4j;

import static io.lossmith.dl4j.Pictures.HEIGHT;
import static io.lossmith.dl4j.Pictures.WIDTH;
import static io.lossmith.dl4j.Pictures.rows;
import static io.lossmith.dl4j.Pictures.tensor;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.lossmith.autodiff.Tensor;
import io.lossmith.losses.BinaryCrossEntropyWithLogits;
import io.lossmith.losses.CrossEntropy;
import io.lossmith.losses.Dice;
import io.lossmith.losses.Loss;
import io.lossmith.losses.ValueAndGradient;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.learning.config.NoOp;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.impl.LossBinaryXENT;

/** What DL4J hands in as rows gives what Lossmith gives for the pictures. */
class LossmithLossFunctionTests {
  private static final IActivation IDENTITY = Activation.IDENTITY.getActivationFunction();
  private static final Loss LOSS = Dice.softmax().plus(CrossEntropy.create());

  private final Pictures pictures = new Pictures(DataType.FLOAT);
  private final INDArray logits = pictures.numbers(3, 2, HEIGHT, WIDTH);
  private final INDArray labels = pictures.labels(3, 2);
  private final INDArray mask = pictures.mask(3);
  private final LossmithLossFunction function = LossmithLossFunction.of(LOSS, 2, HEIGHT, WIDTH);

  @Test
  void theScoreOfANetworkIsTheLossOfItsBatch() {
    MultiLayerNetwork network = pictures.network(function, Activation.IDENTITY, 2, new NoOp());
    Tensor output = tensor(network.output(logits));
    assertThat(network.score(new DataSet(logits, labels)))
        .isCloseTo(LOSS.apply(output, tensor(labels)).item(), within(1e-6));
    DataSet masked = new DataSet(logits, labels, null, mask);
    assertThat(network.score(masked))
        .isCloseTo(LOSS.apply(output, tensor(labels), tensor(mask)).item(), within(1e-6));
  }

  @Test
  void aStepIsThatOfDl4jsOwnLossTimesThePixels() {
    Loss bce = BinaryCrossEntropyWithLogits.create();
    MultiLayerNetwork ours =
        pictures.network(
            LossmithLossFunction.of(bce, 1, HEIGHT, WIDTH), Activation.IDENTITY, 1, new Sgd(0.5));
    MultiLayerNetwork theirs =
        pictures.network(
            new LossBinaryXENT(), Activation.SIGMOID, 1, new Sgd(0.5 / (HEIGHT * WIDTH)));
    INDArray before = ours.params().dup();
    DataSet data = new DataSet(logits, pictures.labels(3, 1));
    DataSet rest = new DataSet(logits.get(NDArrayIndex.interval(0, 2)), pictures.labels(2, 1));
    for (int step = 0; step < 5; step++) {
      ours.fit(data);
      theirs.fit(data);
      ours.fit(rest);
      theirs.fit(rest);
    }
    assertThat(ours.params().distance2(before)).isGreaterThan(0.1);
    assertThat(ours.params().distance2(theirs.params())).isLessThan(1e-5);
  }

  @Test
  void anInterruptedThreadTrainsOnAndStaysInterrupted() {
    DataSet data = new DataSet(logits, labels);
    MultiLayerNetwork calm = pictures.network(function, Activation.IDENTITY, 2, new Sgd(0.5));
    calm.fit(data);
    MultiLayerNetwork interrupted =
        pictures.network(function, Activation.IDENTITY, 2, new Sgd(0.5));
    Thread.currentThread().interrupt();
    interrupted.fit(data);
    assertThat(Thread.interrupted()).isTrue();
    assertThat(interrupted.params()).isEqualTo(calm.params());
  }

  @Test
  void aMaskedPixelIsInNoSum() {
    INDArray otherLogits = logits.dup();
    INDArray otherLabels = labels.dup();
    int hidden = 0;
    for (int sample = 0; sample < 3; sample++) {
      for (int y = 0; y < HEIGHT; y++) {
        for (int x = 0; x < WIDTH; x++) {
          if (mask.getInt(sample, 0, y, x) == 0) {
            hidden++;
            otherLogits.putScalar(new int[] {sample, 1, y, x}, 50);
            otherLabels.putScalar(new int[] {sample, 0, y, x}, 0.5);
          }
        }
      }
    }
    assertThat(hidden).isPositive();
    INDArray gradient = function.computeGradient(rows(labels), rows(logits), IDENTITY, rows(mask));
    INDArray other =
        function.computeGradient(rows(otherLabels), rows(otherLogits), IDENTITY, rows(mask));
    assertThat(other).isEqualTo(gradient);
    ValueAndGradient want =
        LOSS.valueAndGradient(
            tensor(logits), tensor(labels), tensor(mask).reshape(3, 1, HEIGHT, WIDTH));
    requireRows(gradient, want.gradient());
  }

  @Test
  void eachSampleHasAScoreOfItsOwn() {
    MultiLayerNetwork network = pictures.network(function, Activation.IDENTITY, 2, new NoOp());
    Tensor output = tensor(network.output(logits));
    INDArray scores = network.scoreExamples(new DataSet(logits, labels), false);
    for (int sample = 0; sample < 3; sample++) {
      Tensor one = output.slice(0, sample, sample + 1);
      Tensor truth = tensor(labels).slice(0, sample, sample + 1);
      assertThat(scores.getDouble(sample)).isCloseTo(LOSS.apply(one, truth).item(), within(1e-5));
    }
  }

  @Test
  void valueAndGradientComeTogether() {
    ValueAndGradient want = LOSS.valueAndGradient(tensor(logits), tensor(labels));
    var got = function.computeGradientAndScore(rows(labels), rows(logits), IDENTITY, null, true);
    assertThat(got.getFirst()).isCloseTo(want.value().item(), within(1e-6));
    requireRows(got.getSecond(), want.gradient());
    assertThat(function.computeScore(rows(labels), rows(logits), IDENTITY, null, false))
        .isCloseTo(3 * want.value().item(), within(1e-5));
  }

  @Test
  void arraysMayLieInAnyOrder() {
    INDArray wide = Nd4j.create(DataType.FLOAT, 3 * HEIGHT * WIDTH, 5);
    wide.get(NDArrayIndex.all(), NDArrayIndex.interval(2, 4)).assign(rows(logits));
    INDArray part = wide.get(NDArrayIndex.all(), NDArrayIndex.interval(2, 4));
    INDArray columns = rows(labels).dup('f');
    assertThat(function.computeGradient(columns, part, IDENTITY, null))
        .isEqualTo(function.computeGradient(rows(labels), rows(logits), IDENTITY, null));
  }

  @ParameterizedTest
  @EnumSource(names = {"HALF", "BFLOAT16", "DOUBLE"})
  void otherNumbersStayWhatTheyAre(DataType type) {
    INDArray output = rows(logits).castTo(type);
    INDArray gradient = function.computeGradient(rows(labels), output, IDENTITY, null);
    assertThat(gradient.dataType()).isEqualTo(type);
    INDArray exact = function.computeGradient(rows(labels), rows(logits), IDENTITY, null);
    assertThat(gradient.castTo(DataType.FLOAT).distance2(exact)).isLessThan(0.02);
  }

  /** The gradient of as many times the loss as there are samples. */
  private static void requireRows(INDArray rows, Tensor gradient) {
    int[] sizes = gradient.shape().toArray();
    float[] want = gradient.times(sizes[0]).toArray();
    INDArray pictures = rows.reshape(sizes[0], sizes[2], sizes[3], sizes[1]).permute(0, 3, 1, 2);
    assertThat(pictures.dup('c').data().asFloat()).containsExactly(want, within(1e-5f));
  }
}
