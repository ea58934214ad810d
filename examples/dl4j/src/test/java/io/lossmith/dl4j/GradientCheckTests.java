package io.lossmith.dl4j;

import static io.lossmith.dl4j.Pictures.HEIGHT;
import static io.lossmith.dl4j.Pictures.WIDTH;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.lossmith.losses.Boundary;
import io.lossmith.losses.CrossEntropy;
import io.lossmith.losses.Dice;
import io.lossmith.losses.Focal;
import io.lossmith.losses.Loss;
import io.lossmith.losses.MeanSquaredError;
import io.lossmith.losses.Tversky;
import java.util.stream.Stream;
import org.deeplearning4j.gradientcheck.GradientCheckUtil;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.NoOp;

/** DL4J compares the steps of whole networks with how their scores change, in double. */
class GradientCheckTests {
  private static final int SAMPLES = 3;

  private final Pictures pictures = new Pictures(DataType.DOUBLE);

  @BeforeAll
  static void inDouble() {
    Nd4j.setDefaultDataTypes(DataType.DOUBLE, DataType.DOUBLE);
  }

  @AfterAll
  static void inFloat() {
    Nd4j.setDefaultDataTypes(DataType.FLOAT, DataType.FLOAT);
  }

  static Stream<Arguments> losses() {
    Loss ownFormula = (p, t) -> p.minus(t).square().sum(2, 3).sqrt().mean();
    return Stream.of(
        arguments(Dice.ofProbabilities(), Activation.SOFTMAX, 3),
        arguments(Tversky.ofProbabilities().withAlpha(0.3).withBeta(0.7), Activation.SIGMOID, 2),
        arguments(Dice.sigmoid().plus(Focal.sigmoid()), Activation.IDENTITY, 1),
        arguments(CrossEntropy.create().withClassWeights(1, 2, 3), Activation.IDENTITY, 3),
        arguments(Boundary.sigmoid(), Activation.IDENTITY, 2),
        arguments(MeanSquaredError.create(), Activation.TANH, 2),
        arguments(ownFormula, Activation.SWISH, 2));
  }

  @ParameterizedTest
  @MethodSource("losses")
  void stepsFollowTheScore(Loss loss, Activation activation, int channels) {
    assertThat(check(loss, activation, channels, null)).isTrue();
  }

  @ParameterizedTest
  @MethodSource("losses")
  void andWithAMask(Loss loss, Activation activation, int channels) {
    Loss masked =
        activation == Activation.SWISH // the lambda knows no masks
            ? Loss.withMask(
                (p, t, m) -> p.minus(t).square().times(m.reshape(SAMPLES, 1, HEIGHT, WIDTH)).sum())
            : loss;
    assertThat(check(masked, activation, channels, pictures.mask(SAMPLES))).isTrue();
  }

  private boolean check(Loss loss, Activation activation, int channels, INDArray mask) {
    LossmithLossFunction function = LossmithLossFunction.of(loss, channels, HEIGHT, WIDTH);
    return GradientCheckUtil.checkGradients(
        config(pictures.network(function, activation, channels, new NoOp()))
            .input(pictures.numbers(SAMPLES, 2, HEIGHT, WIDTH))
            .labels(pictures.labels(SAMPLES, channels))
            .labelMask(mask));
  }

  @Test
  void layersWithoutPicturesTakeOneToo() {
    LossmithLossFunction function = LossmithLossFunction.of(CrossEntropy.create(), 3);
    MultiLayerNetwork network =
        new MultiLayerNetwork(
            new NeuralNetConfiguration.Builder()
                .seed(5)
                .dataType(DataType.DOUBLE)
                .updater(new NoOp())
                .list()
                .layer(new DenseLayer.Builder().nIn(4).nOut(5).activation(Activation.TANH).build())
                .layer(
                    new OutputLayer.Builder(function)
                        .nOut(3)
                        .nIn(5)
                        .activation(Activation.IDENTITY)
                        .build())
                .build());
    network.init();
    INDArray labels = Nd4j.eye(3).castTo(DataType.DOUBLE);
    assertThat(
            GradientCheckUtil.checkGradients(
                config(network).input(pictures.numbers(3, 4)).labels(labels)))
        .isTrue();
  }

  @Test
  void aWrongGradientIsFound() {
    Loss wrong = (p, t) -> p.minus(t).square().mean().plus(p.stopGradient().sum());
    assertThat(check(wrong, Activation.IDENTITY, 1, null)).isFalse();
  }

  private static GradientCheckUtil.MLNConfig config(MultiLayerNetwork network) {
    return new GradientCheckUtil.MLNConfig()
        .net(network)
        .epsilon(1e-6)
        .maxRelError(1e-5)
        .minAbsoluteError(1e-9)
        .subset(true)
        .maxPerParam(12);
  }
}
