package io.lossmith.dl4j;

import static io.lossmith.dl4j.Pictures.HEIGHT;
import static io.lossmith.dl4j.Pictures.WIDTH;
import static io.lossmith.dl4j.Pictures.rows;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lossmith.core.ShapeException;
import io.lossmith.losses.CrossEntropy;
import io.lossmith.losses.Dice;
import io.lossmith.losses.Loss;
import io.lossmith.losses.Reduction;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.CnnLossLayer;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

/** What cannot be computed right is refused, in one line that says why. */
class RefusalTests {
  private final Pictures pictures = new Pictures(DataType.FLOAT);
  private final INDArray output = rows(pictures.numbers(3, 2, HEIGHT, WIDTH));
  private final INDArray labels = rows(pictures.labels(3, 2));

  @Test
  void channelsLast() {
    LossmithLossFunction dice = LossmithLossFunction.of(Dice.softmax(), 2, HEIGHT, WIDTH);
    MultiLayerNetwork network =
        new MultiLayerNetwork(
            new NeuralNetConfiguration.Builder()
                .dataType(DataType.FLOAT)
                .convolutionMode(ConvolutionMode.Same)
                .list()
                .layer(
                    new ConvolutionLayer.Builder(3, 3)
                        .dataFormat(CNN2DFormat.NHWC)
                        .nOut(2)
                        .activation(Activation.IDENTITY)
                        .build())
                .layer(
                    new CnnLossLayer.Builder(dice)
                        .format(CNN2DFormat.NHWC)
                        .activation(Activation.IDENTITY)
                        .build())
                .setInputType(InputType.convolutional(HEIGHT, WIDTH, 2, CNN2DFormat.NHWC))
                .build());
    network.init();
    DataSet data =
        new DataSet(
            pictures.numbers(3, HEIGHT, WIDTH, 2), pictures.labels(3, 2).permute(0, 2, 3, 1));
    assertThatThrownBy(() -> network.score(data))
        .isInstanceOf(ShapeException.class)
        .hasMessage(
            "LossmithLossFunction: output is [36, 4], must be [samples·24, 2], the pixels of samples"
                + " [2, 4, 6] one a row; the network must be NCHW with pictures of that size (DL4J's"
                + " CnnLossLayer scores NHWC as if it were NCHW)");
  }

  @Test
  void picturesOfAnotherSize() {
    requireMessage(
        LossmithLossFunction.of(Dice.softmax(), 2, 5, 7),
        output,
        labels,
        null,
        "LossmithLossFunction: output is [72, 2], must be [samples·35, 2], ");
  }

  @Test
  void classIndices() {
    requireMessage(
        ofPictures(CrossEntropy.create()),
        output,
        Nd4j.zeros(DataType.FLOAT, 72, 1),
        null,
        "LossmithLossFunction: labels are [72, 1], output is [72, 2], must be of one shape; make"
            + " class indices one-hot");
  }

  @Test
  void labelsThatAreNone() {
    requireMessage(
        ofPictures(CrossEntropy.create()),
        output,
        labels.mul(7),
        null,
        "cross-entropy: target is 7 at [0, 0, 0, 0]; must be within 0..1");
  }

  @Test
  void aMaskByChannels() {
    requireMessage(
        ofPictures(Dice.softmax()),
        output,
        labels,
        Nd4j.ones(DataType.FLOAT, 72, 2),
        "LossmithLossFunction: mask is [72, 2], must be [72, 1], one weight for each pixel;");
  }

  @Test
  void severalNumbers() {
    requireMessage(
        ofPictures(Dice.softmax().withReduction(Reduction.NONE)),
        output,
        labels,
        null,
        "LossmithLossFunction: the loss dice(activation=softmax, reduction=none) gives values"
            + " [3, 2], must give one number; give it the reduction mean or sum");
  }

  @Test
  void twoActivations() {
    assertThatThrownBy(
            () ->
                ofPictures(Dice.softmax())
                    .computeScore(
                        labels, output, Activation.SOFTMAX.getActivationFunction(), null, false))
        .hasMessage(
            "LossmithLossFunction: the loss dice(activation=softmax) takes logits, the layer's"
                + " activation is softmax, must be identity; or take a loss of probabilities");
  }

  @Test
  void logitsForProbabilities() {
    requireMessage(
        ofPictures(Dice.ofProbabilities()), output, labels, null, "dice: prediction is -");
  }

  @ParameterizedTest
  @EnumSource(names = {"FLOAT", "DOUBLE"})
  void aGradientThatIsNoNumber(DataType type) {
    INDArray broken = output.castTo(type);
    broken.putScalar(new int[] {31, 1}, Double.NaN);
    assertThatThrownBy(
            () ->
                ofPictures((p, t) -> p.minus(t).square().mean())
                    .computeGradient(
                        labels.castTo(type),
                        broken,
                        Activation.IDENTITY.getActivationFunction(),
                        null))
        .isInstanceOf(ArithmeticException.class)
        .hasMessageContaining(
            "is NaN at sample 1, channel 1, pixel [1, 1], where the output is NaN, must be finite;");
  }

  @Test
  void useAfterClosing() {
    LossmithLossFunction closed = ofPictures(Dice.softmax());
    closed.computeScore(labels, output, Activation.IDENTITY.getActivationFunction(), null, false);
    closed.close();
    closed.close();
    assertThatThrownBy(
            () ->
                closed.computeScore(
                    labels, output, Activation.IDENTITY.getActivationFunction(), null, false))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "LossmithLossFunction: the loss dice(activation=softmax) is closed, must be open while"
                + " its network is used; make another one for it");
  }

  @Test
  void samplesWithoutPixels() {
    assertThatThrownBy(() -> LossmithLossFunction.of(Dice.softmax(), 2, 0, 4))
        .isInstanceOf(ShapeException.class)
        .hasMessage(
            "LossmithLossFunction: a sample is [2, 0, 4], must be [channels, spatial...], each 1 at"
                + " least");
  }

  private static LossmithLossFunction ofPictures(Loss loss) {
    return LossmithLossFunction.of(loss, 2, HEIGHT, WIDTH);
  }

  private static void requireMessage(
      LossmithLossFunction function,
      INDArray output,
      INDArray labels,
      INDArray mask,
      String message) {
    assertThatThrownBy(
            () ->
                function.computeScore(
                    labels, output, Activation.IDENTITY.getActivationFunction(), mask, false))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(message);
  }
}
