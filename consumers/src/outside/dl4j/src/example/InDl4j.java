package example;

import io.lossmith.dl4j.LossmithLossFunction;
import io.lossmith.losses.BinaryCrossEntropyWithLogits;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.CnnLossLayer;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;

/** A step of a network of DL4J's; DL4J has no modules, so on the class path. */
public final class InDl4j {
  private InDl4j() {}

  /** Ends with an exception if something is not as it must be. */
  public static void main(String[] args) {
    MultiLayerConfiguration configuration =
        new NeuralNetConfiguration.Builder()
            .weightInit(WeightInit.ZERO)
            .updater(new Sgd(1))
            .list()
            .layer(
                new ConvolutionLayer.Builder(1, 1).nOut(1).activation(Activation.IDENTITY).build())
            .layer(
                new CnnLossLayer.Builder(
                        LossmithLossFunction.of(BinaryCrossEntropyWithLogits.create(), 1, 2, 2))
                    .activation(Activation.IDENTITY)
                    .build())
            .setInputType(InputType.convolutional(2, 2, 1))
            .build();
    MultiLayerNetwork network =
        new MultiLayerNetwork(MultiLayerConfiguration.fromJson(configuration.toJson()));
    network.init();
    float[] pixels = {1, 2, 3, 4};
    float[] masks = {1, 1, 0, 0};
    network.fit(
        new DataSet(
            Nd4j.create(pixels, new int[] {1, 1, 2, 2}, 'c'),
            Nd4j.create(masks, new int[] {1, 1, 2, 2}, 'c')));

    // All logits are 0: the loss is ln 2, the slope of the weight is mean x(½ − t) = ½
    requireNear("cross entropy", network.score(), 0.693147);
    requireNear("the weight after a step", network.getParam("0_W").getDouble(0), -0.5);
    requireNear("the bias after a step", network.getParam("0_b").getDouble(0), 0);
    System.out.println("DL4J: cross entropy is " + network.score());
  }

  private static void requireNear(String what, double is, double must) {
    if (!(Math.abs(is - must) < 1e-5)) {
      throw new IllegalStateException(what + " is " + is + ", must be " + must);
    }
  }
}
