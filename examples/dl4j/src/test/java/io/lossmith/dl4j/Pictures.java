package io.lossmith.dl4j;

import io.lossmith.autodiff.Tensor;
import io.lossmith.core.Shape;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.CnnLossLayer;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.lossfunctions.ILossFunction;

/** Small random pictures, what is true of them, and a network that looks at them. */
final class Pictures {
  static final int HEIGHT = 4;
  static final int WIDTH = 6;

  private final SplittableRandom random = new SplittableRandom(7);
  private final DataType type;

  Pictures(DataType type) {
    this.type = type;
  }

  /** Returns numbers of −2..2. */
  INDArray numbers(int... shape) {
    double[] values = random.doubles(Shape.of(shape).count(), -2, 2).toArray();
    return array(values, shape);
  }

  /** Returns class indices as one-hot channels; of one channel 0 or 1. */
  INDArray labels(int samples, int channels) {
    int pixels = HEIGHT * WIDTH;
    double[] values = new double[samples * channels * pixels];
    for (int i = 0; i < samples * pixels; i++) {
      int label = random.nextInt(Math.max(2, channels));
      if (channels == 1) {
        values[i] = label;
      } else {
        values[(i / pixels * channels + label) * pixels + i % pixels] = 1;
      }
    }
    return array(values, samples, channels, HEIGHT, WIDTH);
  }

  /** Returns a mask in which two of three pixels count. */
  INDArray mask(int samples) {
    double[] values =
        random.ints(samples * HEIGHT * WIDTH, 0, 3).mapToDouble(i -> i == 0 ? 0 : 1).toArray();
    return array(values, samples, 1, HEIGHT, WIDTH);
  }

  private INDArray array(double[] values, int... shape) {
    long[] sizes = Shape.of(shape).count() == 0 ? new long[0] : longs(shape);
    return Nd4j.create(values, sizes, 'c').castTo(type);
  }

  private static long[] longs(int... shape) {
    return LongStream.range(0, shape.length).map(i -> shape[(int) i]).toArray();
  }

  /** Returns pictures as DL4J's CnnLossLayer hands them out: a row for each pixel. */
  static INDArray rows(INDArray pictures) {
    return pictures.permute(0, 2, 3, 1).dup('c').reshape(-1, pictures.size(1));
  }

  /** Returns the same numbers as a tensor. */
  static Tensor tensor(INDArray array) {
    int[] sizes = LongStream.of(array.shape()).mapToInt(size -> (int) size).toArray();
    return Tensor.of(array.castTo(DataType.FLOAT).dup('c').data().asFloat(), sizes);
  }

  /** Returns a network of two convolutions from 2 channels to some. */
  MultiLayerNetwork network(
      ILossFunction loss, Activation activation, int channels, IUpdater updater) {
    MultiLayerNetwork network =
        new MultiLayerNetwork(configuration(loss, activation, channels, updater));
    network.init();
    return network;
  }

  MultiLayerConfiguration configuration(
      ILossFunction loss, Activation activation, int channels, IUpdater updater) {
    return new NeuralNetConfiguration.Builder()
        .seed(5)
        .dataType(type)
        .updater(updater)
        .convolutionMode(ConvolutionMode.Same)
        .list()
        .layer(new ConvolutionLayer.Builder(3, 3).nOut(3).activation(Activation.TANH).build())
        .layer(
            new ConvolutionLayer.Builder(1, 1)
                .nOut(channels)
                .activation(Activation.IDENTITY)
                .build())
        .layer(new CnnLossLayer.Builder(loss).activation(activation).build())
        .setInputType(InputType.convolutional(HEIGHT, WIDTH, 2))
        .build();
  }
}
