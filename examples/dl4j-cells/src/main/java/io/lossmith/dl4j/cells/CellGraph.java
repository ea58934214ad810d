package io.lossmith.dl4j.cells;

import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.CnnLossLayer;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.conf.layers.Upsampling2D;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.ILossFunction;

/** A small U-Net: two levels, 8 and 16 channels, one logit for each pixel. */
final class CellGraph {
  private static final double LEARNING_RATE = 1e-2;

  private CellGraph() {}

  /**
   * Returns the network.
   *
   * @param side of the pieces that it learns from, an even number of pixels
   */
  static ComputationGraphConfiguration of(ILossFunction loss, int side, long seed) {
    GraphBuilder graph =
        new NeuralNetConfiguration.Builder()
            .seed(seed)
            .dataType(DataType.FLOAT)
            .updater(new Adam(LEARNING_RATE))
            .weightInit(WeightInit.RELU)
            .convolutionMode(ConvolutionMode.Same)
            .graphBuilder()
            .addInputs("picture")
            .setInputTypes(InputType.convolutional(side, side, 1));
    graph.addLayer("fine1", convolution(3, 8), "picture");
    graph.addLayer("fine2", convolution(3, 8), "fine1");
    graph.addLayer(
        "half", new SubsamplingLayer.Builder().kernelSize(2, 2).stride(2, 2).build(), "fine2");
    graph.addLayer("coarse1", convolution(3, 16), "half");
    graph.addLayer("coarse2", convolution(3, 16), "coarse1");
    graph.addLayer("double", new Upsampling2D.Builder(2).build(), "coarse2");
    graph.addVertex("both", new MergeVertex(), "double", "fine2");
    graph.addLayer("mix", convolution(3, 8), "both");
    graph.addLayer("logits", linear(1), "mix");
    CnnLossLayer output = new CnnLossLayer.Builder(loss).activation(Activation.IDENTITY).build();
    return graph.addLayer("output", output, "logits").setOutputs("output").build();
  }

  private static ConvolutionLayer convolution(int size, int channels) {
    return new ConvolutionLayer.Builder(size, size)
        .nOut(channels)
        .activation(Activation.RELU)
        .build();
  }

  private static ConvolutionLayer linear(int channels) {
    return new ConvolutionLayer.Builder(1, 1)
        .nOut(channels)
        .activation(Activation.IDENTITY)
        .build();
  }
}
